"""For comments and job summaries: a table a file, in which nothing of a policy is read as Markdown or HTML."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jfml_policies.report.headline import one_line
from jfml_policies.report.place import place_of
from jfml_policies.report.style import PLAIN
from jfml_policies.report.tally import Tally
from jfml_policies.text.lines import LineIndex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jfml_policies.findings import Finding
    from jfml_policies.report.interface import FileReport, Settings

__all__ = ["code_span", "render"]

_backticks = re.compile("`+")


def render(reports: Iterable[FileReport], settings: Settings) -> Iterator[str]:  # noqa: ARG001 -- one signature for all
    """A heading and a table for each file with findings, then the counts."""
    tally = Tally()
    for report in reports:
        tally.add(report)
        if not report.findings:
            continue
        lines = LineIndex(report.text) if report.text is not None else None
        yield f"### {code_span(report.file)}\n\n| place | severity | rule | problem |\n| --- | --- | --- | --- |\n"
        for finding in report.findings:
            yield _row(finding, lines)
        yield "\n"
    if tally.findings:
        yield f"{tally.sentence(PLAIN)}\n"


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
