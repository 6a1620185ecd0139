"""Where a finding stands, in words: line and column, and the path within the document."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jfml_policies.record import record
from jfml_policies.report.inert import cut, inert

if TYPE_CHECKING:
    from jfml_policies.findings import Path, Span
    from jfml_policies.text.lines import LineIndex

__all__ = ["Place", "path_text", "place_of"]

_plain_name = re.compile(r"[A-Za-z_][A-Za-z0-9_]*").fullmatch

#: A key is shown up to this length; no name that IAM knows is longer.
_LONGEST_KEY = 80


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


def path_text(path: Path) -> str:
    """A path as one writes it; the document itself is empty.

    >>> path_text(("Statement", 0, "Condition", "StringLike", "aws:PrincipalArn"))
    'Statement[0].Condition.StringLike["aws:PrincipalArn"]'
    """
    text = ""
    for step in path:
        if isinstance(step, int):
            text += f"[{step}]"
        elif _plain_name(step) and len(step) <= _LONGEST_KEY:
            text += f".{step}" if text else step
        else:
            quoted = inert(cut(step, _LONGEST_KEY)).replace('"', '\\"')
            text += f'["{quoted}"]'
    return text
