"""For comments and job summaries: counts and a table a file, in which nothing of a policy is Markdown or HTML."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from jfml_policies.record import replace
from jfml_policies.report.comment import MOST_CHARACTERS, folded, html_code
from jfml_policies.report.headline import one_line
from jfml_policies.report.place import place_of
from jfml_policies.report.style import PLAIN
from jfml_policies.report.tally import Tally, count_of
from jfml_policies.text.lines import LineIndex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jfml_policies.findings import Finding
    from jfml_policies.report.interface import FileReport, NotChecked, Settings

__all__ = ["code_span", "render"]

_HEAD: Final = "| place | severity | rule | problem |\n| --- | --- | --- | --- |\n"
_NOT_CHECKED_HEAD: Final = "| file | line | resource | why |\n| --- | --- | --- | --- |\n"
#: So many rows are shown without being asked for.
_OPEN_ROWS: Final = 20
_MOST_PROBLEMS: Final = 20
_MOST_NOT_CHECKED: Final = 20
#: What a file's section takes beside its rows and its name: tags, headings, escapes.
_FRAME: Final = 500

_backticks = re.compile("`+")


def render(reports: Iterable[FileReport], settings: Settings) -> Iterator[str]:  # noqa: ARG001 -- one signature for all
    """The counts, then for each file with findings a table that folds away; past what a comment may hold the rest is
    counted.
    """
    tally = Tally()
    left_out = Tally()
    problems: list[str] = []
    not_checked: list[str] = []
    sections: list[str] = []
    room = MOST_CHARACTERS
    shown = 0
    for report in reports:
        tally.add(report)
        if report.problem is not None and len(problems) < _MOST_PROBLEMS:
            problems.append(f"- {code_span(report.file)} could not be checked: {code_span(report.problem)}\n")
        for one in report.not_checked:
            row = _not_checked(report.file, one)
            if len(not_checked) < _MOST_NOT_CHECKED and len(row) <= room:
                room -= len(row)
                not_checked.append(row)
        if not report.findings:
            continue
        rows, kept = _rows(report, room)
        if kept:
            is_open = shown + kept <= _OPEN_ROWS
            title = f"{html_code(report.file)}: {count_of(len(report.findings), 'problem')}"
            section = folded(title, _HEAD + "".join(rows), is_open=is_open)
            room -= len(section)
            shown += kept
            sections.append(section)
        if kept < len(report.findings):
            room = 0
            left_out.add(replace(report, findings=report.findings[kept:]))
    if tally.findings:
        yield f"### {tally.sentence(PLAIN)}\n\n"
    if tally.failed:
        yield from problems
        yield f"- and {tally.failed - len(problems):,} more\n\n" if tally.failed > len(problems) else "\n"
    yield "\n".join(sections)
    if left_out.findings:
        more = count_of(left_out.findings, "problem")
        yield f"\n{more} in {count_of(left_out.with_findings, 'file')} left out here; the other formats have all.\n"
    if tally.not_checked:
        if tally.not_checked > len(not_checked):
            not_checked.append(f"\n{tally.not_checked - len(not_checked):,} more; the format `json` has all.\n")
        title = f"{count_of(tally.not_checked, 'document')} not checked"
        yield "\n" * bool(sections) + folded(title, _NOT_CHECKED_HEAD + "".join(not_checked))


def _rows(report: FileReport, room: int) -> tuple[list[str], int]:
    """The rows of a file's table that fit, and how many they are."""
    lines = LineIndex(report.text) if report.text is not None else None
    room -= len(report.file) + _FRAME
    rows: list[str] = []
    for finding in report.findings:
        row = _row(finding, lines)
        room -= len(row)
        if room < 0:
            break
        rows.append(row)
    return rows, len(rows)


def _not_checked(file: str, one: NotChecked) -> str:
    line = "" if one.line is None else f"{one.line}"
    return f"| {code_span(file)} | {line} | {code_span(one.resource)} | {code_span(one.reason)} |\n"


def _row(finding: Finding, lines: LineIndex | None) -> str:
    place = place_of(finding.span, lines) if finding.span is not None and lines is not None else None
    where = f"{place.line}:{place.column}" if place else ""
    problem = code_span(finding.message)
    if finding.hint:
        problem += f"<br>help: {code_span(finding.hint)}"
    if finding.resource is not None:
        problem += f"<br>in: {code_span(finding.resource)}"
    return f"| {where} | {finding.severity} | `{finding.rule}` | {problem} |\n"


def code_span(text: str) -> str:
    """`text` as a code span of one line that it can't end, also inside a table.

    A code span shields from links, mentions, images and HTML alike. A bar becomes an escape: renderers disagree on
    when a backslash before it keeps a table's cell open.

    >>> code_span("a`b")
    '``a`b``'
    """
    shown = one_line(text).replace("|", "\\x7c") or " "
    longest = max((len(run) for run in _backticks.findall(shown)), default=0)
    fence = "`" * (longest + 1)
    # A space on both sides is dropped again by readers; it parts the fence from a backtick of the text.
    space = " " if shown[0] in "` " or shown[-1] in "` " else ""
    return f"{fence}{space}{shown}{space}{fence}"
