"""A text with places that nobody may see."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jfml_policies.findings import Span

__all__ = ["masked"]

_in_line = re.compile(r"[^\r\n]+")


def masked(text: str, hidden: Iterable[Span]) -> str:
    """The text with stars in place of the characters of some places; offsets and lines stay.

    Args:
        text: any text.
        hidden: places, sorted and apart.

    >>> from jfml_policies.findings import Span
    >>> masked("password: x1", [Span(10, 12)])
    'password: **'
    """
    pieces: list[str] = []
    at = 0
    for span in hidden:
        secret = text[span.start : span.end]
        pieces += [text[at : span.start], _in_line.sub(lambda match: "*" * len(match[0]), secret)]
        at = span.end
    return "".join([*pieces, text[at:]])
