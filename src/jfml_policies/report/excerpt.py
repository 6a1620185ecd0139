"""The lines of a text that a finding is about, with line numbers and carets under the exact place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from jfml_policies.record import record
from jfml_policies.report.cells import Cell, cells_of
from jfml_policies.report.inert import cut, inert
from jfml_policies.text.lines import BOM, LineIndex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from jfml_policies.findings import Severity, Span
    from jfml_policies.report.style import Style

__all__ = ["Mark", "excerpt", "gutter_width"]

#: A place of at most this many lines is shown whole, of a longer one the first and the last line.
_WHOLE: Final = 4
#: The place is shown with this share of the line before it, when the line is too long to show.
_LEAD: Final = 4
#: A line of a policy may be megabytes long; no more than this much of it is looked at around a place.
_REACH: Final = 500
_LONGEST_NOTE: Final = 100
_LEFT_OUT: Final = "..."

_line_end = re.compile(r"\r\n|\n|\r")


@record
class Mark:
    """A place to mark: the primary one with carets in the severity's colour, others with dashes and a note."""

    span: Span
    ink: Severity | None = None
    note: str = ""


@record
class _Piece:
    """The part of a mark that lies on one line."""

    line: int
    line_start: int
    start: int
    end: int
    mark: Mark


@record
class _Row:
    """One shown line, or the visible part of it, and the pieces to mark below it."""

    line: int
    first: int
    cells: Sequence[Cell]
    before: bool
    after: bool
    pieces: list[_Piece]


def gutter_width(lines: LineIndex, marks: Iterable[Mark]) -> int:
    """How many columns the line numbers of an excerpt need."""
    return max(len(str(lines.position(mark.span.end)[0])) for mark in marks)


def excerpt(
    text: str, lines: LineIndex, marks: Iterable[Mark], *, gutter: int, width: int, style: Style
) -> Iterator[str]:
    """The marked lines of `text`, each shown line followed by its marks; no line end at their ends.

    Args:
        text: the whole text.
        lines: its lines.
        marks: what to mark, at least one.
        gutter: columns of the line numbers.
        width: columns to fill at most.
        style: colours, or none.
    """
    pieces = sorted((piece for mark in marks for piece in _pieces(text, lines, mark)), key=_order)
    rows = list(_rows(text, pieces, max(20, width - gutter - 3)))
    empty = style.paint(" " * gutter + " |", "gutter")
    yield empty
    shown = rows[0].line
    for row in rows:
        if row.line > shown + 1:
            yield style.paint(_LEFT_OUT, "gutter")
        shown = row.line
        code = "".join(char for char, _ in row.cells)
        line = f"{_LEFT_OUT * row.before}{code}{_LEFT_OUT * row.after}".rstrip()
        yield f"{style.paint(f'{row.line:>{gutter}} |', 'gutter')} {line}".rstrip()
        for piece in row.pieces:
            yield f"{empty} {_underline(row, piece, style)}"


def _order(piece: _Piece) -> tuple[int, bool, int, int]:
    return piece.line, piece.mark.ink is None, piece.start, piece.end


def _pieces(text: str, lines: LineIndex, mark: Mark) -> Iterator[_Piece]:
    start = min(max(mark.span.start, 0), len(text))
    end = min(max(mark.span.end, start), len(text))
    first, column = lines.position(start)
    line_start = start - column + 1
    if first == 1 and text.startswith(BOM):
        line_start = 1
        start, end = max(start, 1), max(end, 1)
    last, _ = lines.position(max(start, end - 1))
    if last == first:
        yield _Piece(first, line_start, start, end, mark)
        return
    for line in range(first, last + 1):
        found = _line_end.search(text, line_start, min(len(text), line_start + _REACH * 4))
        stop = min(found.start() if found else end, end)
        if line in (last, first) or last - first < _WHOLE:
            content = max(start, line_start)
            if line != first:
                content += len(text[content:stop]) - len(text[content:stop].lstrip(" \t"))
            note = mark if line == last else Mark(mark.span, mark.ink)
            yield _Piece(line, line_start, min(content, stop), stop, note)
        if line == first and last - first >= _WHOLE:
            break
        line_start = found.end() if found else stop
    else:
        return
    _, column = lines.position(end - 1)
    line_start = end - column
    indent = len(text[line_start:end]) - len(text[line_start:end].lstrip(" \t"))
    yield _Piece(last, line_start, line_start + indent, end, mark)


def _rows(text: str, pieces: Iterable[_Piece], columns: int) -> Iterator[_Row]:
    row: _Row | None = None
    for piece in pieces:
        if row is None or row.line != piece.line or not row.first <= piece.start <= row.first + len(row.cells):
            if row is not None:
                yield row
            row = _row(text, piece, columns)
        row.pieces.append(piece)
    if row is not None:
        yield row


def _row(text: str, piece: _Piece, columns: int) -> _Row:
    """The line of a piece, or as much of it as fits around the piece's start."""
    low = max(piece.line_start, piece.start - _REACH)
    reach = min(len(text), piece.start + _REACH)
    found = _line_end.search(text, piece.start, reach)
    high = found.start() if found else reach
    cells = cells_of(text[low:high])
    cut_before = low > piece.line_start
    cut_after = found is None and reach < len(text)
    if not cut_before and not cut_after and sum(width for _, width in cells) <= columns:
        return _Row(piece.line, low, cells, before=False, after=False, pieces=[])
    room = columns - 2 * len(_LEFT_OUT)
    first = piece.start - low
    lead = 0
    # As much before the place as leaves the place itself in view, and at least a share of the line.
    marked = sum(width for _, width in cells[first : piece.end - low])
    wanted = max(room // _LEAD, room - marked - room // _LEAD)
    while first > 0 and lead + cells[first - 1][1] <= wanted:
        first -= 1
        lead += cells[first][1]
    last, used = first, 0
    while last < len(cells) and used + cells[last][1] <= room:
        used += cells[last][1]
        last += 1
    before, after = cut_before or first > 0, cut_after or last < len(cells)
    return _Row(piece.line, low + first, cells[first:last], before=before, after=after, pieces=[])


def _underline(row: _Row, piece: _Piece, style: Style) -> str:
    first = piece.start - row.first
    last = max(first, min(piece.end - row.first, len(row.cells)))
    pad = sum(width for _, width in row.cells[:first]) + len(_LEFT_OUT) * row.before
    length = max(1, sum(width for _, width in row.cells[first:last]))
    mark = piece.mark
    drawn = ("^" if mark.ink else "-") * length
    if mark.note:
        drawn += " " + inert(cut(mark.note, _LONGEST_NOTE))
    return " " * pad + style.paint(drawn, mark.ink or "gutter")
