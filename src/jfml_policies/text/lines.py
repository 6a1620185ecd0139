"""Offsets to lines and columns, worked out only for the places that are reported."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Final

__all__ = ["BOM", "LineIndex"]

#: The byte order mark, which editors neither show nor count.
BOM: Final = "\ufeff"

_line_ends = re.compile(r"\r\n|\n|\r")


class LineIndex:
    r"""Where the lines of a text begin. `\\n`, `\\r\\n` and `\\r` end a line."""

    __slots__ = ("_starts", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts: list[int] | None = None

    def position(self, offset: int) -> tuple[int, int]:
        r"""Line and column of an offset, both 1-based; columns count characters.

        >>> LineIndex("a\r\nbc").position(4)
        (2, 2)
        """
        starts = self._line_starts()
        offset = max(0, min(offset, len(self._text)))
        line = bisect_right(starts, offset)
        column = offset - starts[line - 1] + 1
        if line == 1 and self._text.startswith(BOM) and column > 1:
            column -= 1
        return line, column

    def line(self, number: int) -> str:
        r"""The text of a line (1-based) without its end, and without a byte order mark.

        >>> LineIndex("a\r\nbc").line(1)
        'a'
        """
        starts = self._line_starts()
        start = starts[number - 1]
        end = starts[number] if number < len(starts) else len(self._text)
        return self._text[start:end].rstrip("\r\n").removeprefix(BOM if number == 1 else "")

    def start(self, number: int) -> int:
        r"""The offset at which a line (1-based) begins, behind a byte order mark.

        >>> LineIndex("a\r\nbc").start(2)
        3
        """
        return self._line_starts()[number - 1] + (number == 1 and self._text.startswith(BOM))

    def __len__(self) -> int:
        """How many lines the text has; a text that ends with a line end has an empty last line."""
        return len(self._line_starts())

    def _line_starts(self) -> list[int]:
        if self._starts is None:
            self._starts = [0, *(match.end() for match in _line_ends.finditer(self._text))]
        return self._starts
