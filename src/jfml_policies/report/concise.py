"""One line a finding, as editors and `grep` like it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jfml_policies.report.headline import headline, one_line
from jfml_policies.text.lines import LineIndex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jfml_policies.report.interface import FileReport, Settings

__all__ = ["render"]


def render(reports: Iterable[FileReport], settings: Settings) -> Iterator[str]:
    """`file:line:column: severity[rule]: message`, and `[*]` behind what a safe fix mends."""
    for report in reports:
        lines = LineIndex(report.text) if report.text is not None and report.findings else None
        for finding in report.findings:
            fixable = finding.fix is not None and finding.fix.safe and finding.fix.edits
            mark = f" {settings.style.paint('[*]', 'suggestion')}" if fixable else ""
            where = f" (in {one_line(finding.resource)})" if finding.resource is not None else ""
            yield f"{headline(report.file, finding, lines, settings.style)}{where}{mark}\n"
