"""The first line of a finding for people: place, severity, rule and message."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jfml_policies.report.inert import cut, inert
from jfml_policies.report.place import place_of
from jfml_policies.text.path import path_text

if TYPE_CHECKING:
    from jfml_policies.findings import Finding
    from jfml_policies.report.style import Style
    from jfml_policies.text.lines import LineIndex

__all__ = ["LONGEST_LINE", "headline", "one_line"]

#: Messages quote the policy, and a policy may hold megabytes in one string.
LONGEST_LINE: Final = 1_000


def headline(file: str, finding: Finding, lines: LineIndex | None, style: Style) -> str:
    """`trust.json:7:18: error[invalid-action]: message`, without a line end.

    Without a text there are no lines; then the path within the document stands in their place.
    """
    where = inert(file)
    if finding.span is not None and lines is not None:
        place = place_of(finding.span, lines)
        where += f":{place.line}:{place.column}"
    elif finding.path:
        where += f":{path_text(finding.path)}"
    label = style.paint(f"{finding.severity}[{finding.rule}]", finding.severity)
    return f"{style.paint(where, 'strong')}: {label}: {one_line(finding.message)}"


def one_line(text: str) -> str:
    """Text from a finding, harmless and of bearable length."""
    return inert(cut(text, LONGEST_LINE))
