"""JUnit's XML, which Jenkins, GitLab and others show as test results: a suite a file, a failed case a finding.

Source of the format: GitLab Docs, "Unit test reports", and the schema of Jenkins's JUnit plugin; both read `testsuite`,
`testcase`, `failure` and `error` with these attributes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from jfml_policies.report.headline import one_line
from jfml_policies.report.inert import inert
from jfml_policies.report.place import place_of
from jfml_policies.text.lines import LineIndex
from jfml_policies.text.path import path_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jfml_policies.findings import Finding
    from jfml_policies.report.interface import FileReport, Settings

__all__ = ["render"]

#: What XML 1.0 takes no character of, escaped or not.
_NO_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ESCAPES: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}
_special = re.compile('[&<>"\t\n\r]')


def render(reports: Iterable[FileReport], settings: Settings) -> Iterator[str]:  # noqa: ARG001 -- one signature for all
    """One document; a file without findings is a suite with one case that passed."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="jfml-policies">\n'
    for report in reports:
        file = _text(inert(report.file))
        failures, errors = len(report.findings), int(report.problem is not None)
        tests = max(1, failures + errors)
        yield f'  <testsuite name="{file}" tests="{tests}" failures="{failures}" errors="{errors}">\n'
        if report.problem is not None:
            message = _text(one_line(report.problem))
            yield f'    <testcase classname="{file}" name="readable"><error message="{message}"/></testcase>\n'
        elif not report.findings:
            yield f'    <testcase classname="{file}" name="no findings"/>\n'
        lines = LineIndex(report.text) if report.text is not None and report.findings else None
        for finding in report.findings:
            yield _case(file, finding, lines)
        yield "  </testsuite>\n"
    yield "</testsuites>\n"


def _case(file: str, finding: Finding, lines: LineIndex | None) -> str:
    place = place_of(finding.span, lines) if finding.span is not None and lines is not None else None
    where = f":{place.line}:{place.column}" if place else ""
    details = [
        f"{finding.severity}: {one_line(finding.message)}",
        *([f"help: {one_line(finding.hint)}"] if finding.hint else []),
        *([f"in: {one_line(finding.resource)}"] if finding.resource else []),
        *([f"at: {one_line(path_text(finding.path))}"] if finding.path else []),
    ]
    body = "\n".join([_text(line) for line in details])
    return (
        f'    <testcase classname="{file}" name="{_text(finding.rule)} {file}{where}">'
        f'<failure type="{_text(finding.rule)}" message="{_text(one_line(finding.message))}">{body}</failure>'
        "</testcase>\n"
    )


def _text(text: str) -> str:
    """A text as it may stand in XML, in attributes as well."""
    clean = _NO_XML.sub("\ufffd", text)
    return _special.sub(lambda match: _ESCAPES[match[0]], clean)
