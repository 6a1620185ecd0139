"""JUnit's XML, which Jenkins, GitLab and others show as test results: a suite a file, a failed case a finding.

Source of the format: GitLab Docs, "Unit test reports", and the schema of Jenkins's JUnit plugin; both read `testsuite`,
`testcase`, `failure` and `error` with these attributes.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

from jfml_policies.report.file_name import below
from jfml_policies.report.headline import one_line
from jfml_policies.report.inert import cut, inert
from jfml_policies.report.place import place_of
from jfml_policies.report.suppressed import in_order
from jfml_policies.text.lasting_name import lasting_name
from jfml_policies.text.lines import LineIndex
from jfml_policies.text.path import path_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jfml_policies.findings import Finding
    from jfml_policies.report.interface import FileReport, Settings
    from jfml_policies.report.place import Place

__all__ = ["render"]

_LONGEST_NAME: Final = 300
#: What XML 1.0 takes no character of, escaped or not.
_NO_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ESCAPES: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}
_special = re.compile('[&<>"\t\n\r]')


def render(reports: Iterable[FileReport], settings: Settings) -> Iterator[str]:
    """One document; a file without findings is a suite with one case that passed."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="jfml-policies">\n'
    names: Counter[tuple[str, str]] = Counter()
    for report in reports:
        file = _text(inert(below(report.file, settings.root)))
        failures, errors = len(report.findings), int(report.problem is not None)
        skipped = len(report.suppressed) + len(report.not_checked)
        counts = f'tests="{max(1, failures + errors + skipped)}" failures="{failures}" errors="{errors}"'
        yield f'  <testsuite name="{file}" {counts} skipped="{skipped}">\n'
        cases = list(_cases(report))
        if report.problem is not None:
            cases.append(_Case("readable", None, f'<error message="{_text(one_line(report.problem))}"/>'))
        for one in report.not_checked:
            reason = _text(one_line(f"not checked: {one.reason}"))
            name = cut(one_line(f"not checked {one.resource}"), _LONGEST_NAME)
            cases.append(_Case(name, one.line, f'<skipped message="{reason}"/>'))
        for case in cases or [_Case("no findings", None, "")]:
            names[file, case.name] += 1
            # Of cases with the same name GitLab reads the first.
            number = names[file, case.name]
            name = _text(case.name) + (f" ({number})" if number > 1 else "")
            line = f' line="{case.line}"' if case.line is not None else ""
            ending = f">{case.content}</testcase>" if case.content else "/>"
            yield f'    <testcase classname="{file}" name="{name}" file="{file}"{line}{ending}\n'
        yield "  </testsuite>\n"
    yield "</testsuites>\n"


class _Case(NamedTuple):
    """A test case: its name, the line it is about, and what came of it, as XML."""

    name: str
    line: int | None
    content: str


def _cases(report: FileReport) -> Iterator[_Case]:
    every = in_order(report)
    lines = LineIndex(report.text) if report.text is not None and every else None
    for finding, suppressed in every:
        place = place_of(finding.span, lines) if finding.span is not None and lines is not None else None
        name = _name(finding, report.text)
        if suppressed is not None:
            yield _Case(
                name,
                None if place is None else place.line,
                f'<skipped message="{_text(one_line(suppressed.reason))}"/>',
            )
            continue
        message = _text(one_line(finding.message))
        body = "\n".join([_text(line) for line in _details(finding, place)])
        content = f'<failure type="{_text(finding.rule)}" message="{message}">{body}</failure>'
        yield _Case(name, None if place is None else place.line, content)


def _name(finding: Finding, text: str | None) -> str:
    """What stays the same while lines move, so that two branches can be compared."""
    name = lasting_name(finding, text)
    at = name.at.removeprefix("/Statement").removeprefix("/")
    parts = [finding.rule, name.resource, name.sid, at, name.value, name.about]
    return cut(one_line(" ".join(filter(None, parts))), _LONGEST_NAME)


def _details(finding: Finding, place: Place | None) -> Iterator[str]:
    yield f"{finding.severity}: {one_line(finding.message)}"
    if finding.hint:
        yield f"help: {one_line(finding.hint)}"
    if finding.resource:
        yield f"in: {one_line(finding.resource)}"
    path = one_line(path_text(finding.path))
    if place is not None:
        yield f"at: line {place.line}, column {place.column}{f' ({path})' if path else ''}"
    elif path:
        yield f"at: {path}"


def _text(text: str) -> str:
    """A text as it may stand in XML, in attributes as well."""
    clean = _NO_XML.sub("\ufffd", text)
    return _special.sub(lambda match: _ESCAPES[match[0]], clean)
