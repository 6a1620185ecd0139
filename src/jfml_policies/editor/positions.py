r"""Offsets in a text to an editor's lines and columns, and back, in the units that client and server agreed on.

Source: Language Server Protocol 3.17, "Text documents" and "Position": lines end at `\r\n`, `\n` or `\r`, lines and
columns start at 0, a column past the end of its line means the end of the line.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Final, Literal, final

from jfml_policies.findings import Span

__all__ = ["Encoding", "Positions"]

#: What a column counts: bytes of UTF-8, code units of UTF-16, or characters.
Encoding = Literal["utf-8", "utf-16", "utf-32"]

_line_end = re.compile(r"\r\n|\n|\r")
_ASTRAL: Final = 0x10000


@final
class Positions:
    r"""The lines and columns of one text.

    >>> Positions('a\r\n"\U0001f600b"').of(5)
    (1, 3)
    >>> Positions('a\r\n"\U0001f600b"').offset(1, 3)
    5
    """

    def __init__(self, text: str, encoding: Encoding = "utf-16") -> None:
        self._text = text
        self._encoding = encoding
        self._plain = encoding == "utf-32" or text.isascii()
        self._starts = [0, *(match.end() for match in _line_end.finditer(text))]
        # Findings come in order, so that counting mostly goes on from the last place.
        self._counted = (0, 0, 0)

    def of(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset; one outside the text is drawn to its nearest end."""
        offset = max(0, min(offset, len(self._text)))
        line = bisect_right(self._starts, offset) - 1
        start = self._starts[line]
        if self._plain:
            return line, offset - start
        counted_line, counted_offset, units = self._counted
        if counted_line != line or counted_offset > offset:
            counted_offset, units = start, 0
        units += self._units(self._text[counted_offset:offset])
        self._counted = (line, offset, units)
        return line, units

    def offset(self, line: int, column: int) -> int:
        """The offset of a line and column; a column within a character means the place before it."""
        if line < 0:
            return 0
        if line >= len(self._starts):
            return len(self._text)
        start = self._starts[line]
        end = self._starts[line + 1] if line + 1 < len(self._starts) else len(self._text)
        content = self._text[start:end].rstrip("\r\n")
        if self._plain:
            return start + max(0, min(column, len(content)))
        units = 0
        for place, character in enumerate(content):
            units += self._units(character)
            if units > column:
                return start + place
        return start + len(content)

    def span(self, start: tuple[int, int], end: tuple[int, int]) -> Span:
        """The span between two places, in the right order."""
        first, last = self.offset(*start), self.offset(*end)
        return Span(min(first, last), max(first, last))

    def _units(self, piece: str) -> int:
        if piece.isascii():
            return len(piece)
        if self._encoding == "utf-8":
            return len(piece.encode("utf-8", "surrogatepass"))
        return len(piece) + sum([ord(character) >= _ASTRAL for character in piece])
