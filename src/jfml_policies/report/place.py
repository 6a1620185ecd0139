"""Where a finding stands: line and column."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jfml_policies.record import record

if TYPE_CHECKING:
    from jfml_policies.findings import Span
    from jfml_policies.text.lines import LineIndex

__all__ = ["Place", "place_of"]


@record
class Place:
    """Lines and columns of a span, 1-based and in characters; the end is the place just after it."""

    line: int
    column: int
    end_line: int
    end_column: int

    @property
    def is_one_line(self) -> bool:
        """Whether it starts and ends on the same line."""
        return self.line == self.end_line


def place_of(span: Span, lines: LineIndex) -> Place:
    r"""Lines and columns of a span.

    >>> from jfml_policies.findings import Span
    >>> from jfml_policies.text.lines import LineIndex
    >>> place_of(Span(2, 4), LineIndex("a\nbcd"))
    Place(line=2, column=1, end_line=2, end_column=3)
    """
    return Place(*lines.position(span.start), *lines.position(max(span.start, span.end)))
