"""For programs: `{"version": 1, "findings": [...], "summary": {...}}`; later versions only add to it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from jfml_policies.report.inert import well_formed
from jfml_policies.report.place import place_of
from jfml_policies.report.tally import Tally
from jfml_policies.text.lines import LineIndex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jfml_policies.findings import Finding, Fix
    from jfml_policies.report.interface import FileReport, NotChecked, Settings

__all__ = ["render"]


def render(reports: Iterable[FileReport], settings: Settings) -> Iterator[str]:
    """One JSON document; a line a finding, so that it can be read and compared as text, too.

    Findings that do not count stand apart, in `suppressed`, and policies that could not be looked at in `not_checked`;
    each is there only when it holds one.
    Lines and columns are 1-based, count characters, and end just after the place; they are null without a text.
    """
    tally = Tally()
    suppressed: list[str] = []
    not_checked: list[str] = []
    separator = "\n"
    yield '{"version": 1, "findings": ['
    for report in reports:
        tally.add(report)
        has_places = report.findings or report.suppressed
        lines = LineIndex(report.text) if report.text is not None and has_places else None
        for finding in report.findings:
            # Escapes alone, so that nothing in it needs the output's encoding or steers a terminal.
            yield separator + json.dumps(_finding(report.file, finding, lines))
            separator = ",\n"
        for one in report.suppressed:
            why = {"by": one.by, "reason": well_formed(one.reason)}
            suppressed.append(json.dumps(_finding(report.file, one.finding, lines) | {"suppressed": why}))
        not_checked += [json.dumps(_not_checked(report.file, one)) for one in report.not_checked]
    line_end = "\n" if tally.findings else ""
    lists = (("suppressed", suppressed), ("not_checked", not_checked))
    apart = "".join([f', "{name}": [\n' + ",\n".join(texts) + "\n]" for name, texts in lists if texts])
    yield f'{line_end}]{apart}, "summary": {json.dumps(tally.as_json(skipped=settings.skipped()))}}}\n'


def _finding(file: str, finding: Finding, lines: LineIndex | None) -> dict[str, object]:
    place = place_of(finding.span, lines) if finding.span is not None and lines is not None else None
    return {
        "file": well_formed(file),
        "rule": finding.rule,
        "code": finding.code,
        "severity": finding.severity,
        "message": well_formed(finding.message),
        "hint": None if finding.hint is None else well_formed(finding.hint),
        "path": [well_formed(step) if isinstance(step, str) else step for step in finding.path],
        "line": place and place.line,
        "column": place and place.column,
        "end_line": place and place.end_line,
        "end_column": place and place.end_column,
        "sid": None if finding.sid is None else well_formed(finding.sid),
        "resource": None if finding.resource is None else well_formed(finding.resource),
        "fix": None if finding.fix is None else _fix(finding.fix, lines),
    }


def _not_checked(file: str, one: NotChecked) -> dict[str, object]:
    return {
        "file": well_formed(file),
        "resource": well_formed(one.resource),
        "line": one.line,
        "reason": well_formed(one.reason),
    }


def _fix(fix: Fix, lines: LineIndex | None) -> dict[str, object]:
    edits: list[dict[str, object]] = []
    if lines is not None:
        for edit in fix.edits:
            place = place_of(edit.span, lines)
            edits.append(
                {
                    "line": place.line,
                    "column": place.column,
                    "end_line": place.end_line,
                    "end_column": place.end_column,
                    "text": well_formed(edit.text),
                }
            )
    return {"title": well_formed(fix.title), "safe": fix.safe, "edits": edits}
