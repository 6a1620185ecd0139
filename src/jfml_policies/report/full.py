"""For people: each finding with the lines it is about, carets under the place, the remedy and the rule's name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jfml_policies.report.excerpt import Mark, excerpt, gutter_width
from jfml_policies.report.headline import headline, one_line
from jfml_policies.report.inert import inert
from jfml_policies.text.lines import LineIndex
from jfml_policies.text.path import path_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jfml_policies.findings import Finding
    from jfml_policies.report.interface import FileReport, Settings

__all__ = ["render"]


def render(reports: Iterable[FileReport], settings: Settings) -> Iterator[str]:
    """Each finding as a block of lines, an empty line after each."""
    for report in reports:
        lines = LineIndex(report.text) if report.text is not None and report.findings else None
        for finding in report.findings:
            yield "\n".join(_block(report, finding, lines, settings)) + "\n\n"


def _block(report: FileReport, finding: Finding, lines: LineIndex | None, settings: Settings) -> Iterator[str]:
    style = settings.style
    gutter = 1
    yield headline(report.file, finding, lines, style)
    if report.text is not None and lines is not None and finding.span is not None:
        marks = [Mark(finding.span, finding.severity)]
        marks += [Mark(other.span, note=other.note) for other in finding.related if other.span is not None]
        gutter = gutter_width(lines, marks)
        yield from excerpt(report.text, lines, marks, gutter=gutter, width=settings.width, style=style)
    bullet = " " * gutter + style.paint(" =", "gutter")
    if finding.hint:
        yield f"{bullet} {style.paint('help', 'strong')}: {one_line(finding.hint)}"
    if finding.fix is not None:
        flag = "--fix" if finding.fix.safe else "--fix --unsafe-fixes"
        flag = f" (`{flag}`)" if finding.fix.edits else ""
        yield f"{bullet} {style.paint('fix', 'strong')}: {one_line(finding.fix.title)}{flag}"
    if finding.resource is not None:
        yield f"{bullet} {style.paint('in', 'strong')}: {one_line(finding.resource)}"
    if finding.path:
        sid = f", Sid `{inert(finding.sid)}`" if finding.sid else ""
        yield f"{bullet} {style.paint('at', 'strong')}: {one_line(path_text(finding.path))}{one_line(sid)}"
    yield f"{bullet} {style.paint('rule', 'strong')}: `jfml-policies explain {finding.rule}`"
