"""The lines of a text that a report is about, as HTML: numbered, the place marked, notes under other places."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from jfml_policies.errors import UsageError
from jfml_policies.findings import Edit, Span
from jfml_policies.record import record
from jfml_policies.report.cells import cells_of
from jfml_policies.report.html_tags import Markup, joined, prose, tag, text
from jfml_policies.text.edits import apply_edits

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jfml_policies.findings import Fix
    from jfml_policies.text.lines import LineIndex

__all__ = ["Place", "excerpt", "fix_preview"]

#: Lines shown before and after a place.
_AROUND: Final = 2
#: A place of at most so many lines is shown whole, of a longer one the first and last lines.
_WHOLE: Final = 26
_FIRST: Final = 16
_LAST: Final = 6
#: A line of a policy may be megabytes long; no more than this much of it is shown.
_REACH: Final = 300
_LEAD: Final = 30
_LONGEST_PREVIEW: Final = 2_000
_PREVIEWED_LINES: Final = 12


@record
class Place:
    """A place to mark.

    Attributes:
        span: where it is.
        tone: how to mark it: a tone of the style, or `related`.
        note: what to say of it, or nothing.
    """

    span: Span
    tone: str
    note: str = ""


def excerpt(
    source: str, lines: LineIndex, places: Sequence[Place], *, caption: Markup, around: int = _AROUND
) -> Markup:
    """The marked lines with some around them.

    Args:
        source: the whole text.
        lines: its lines.
        places: what to mark, at least one.
        caption: what the lines are.
        around: how many lines to show before and after a place.
    """
    marked = [(place, *_lines_of(place, source, lines)) for place in places]
    shown: set[int] = set()
    for _, first, last in marked:
        begin, end = max(1, first - around), min(len(lines), last + around)
        if last - first < _WHOLE:
            shown.update(range(begin, end + 1))
        else:
            shown.update(range(begin, first + _FIRST))
            shown.update(range(last - _LAST, end + 1))
    rows: list[Markup] = []
    before = 0
    for number in sorted(shown):
        if before and number > before + 1:
            rows.append(_gap(number - before - 1))
        before = number
        # A place of several lines marks them as wholes.
        whole = [place for place, first, last in marked if first <= number <= last and first != last]
        part = [place for place, first, last in marked if first == number == last]
        content, columns = _line(lines.line(number), lines.start(number), part)
        rows.append(_row(str(number), content, whole[0].tone if whole else ""))
        for place, _, last in marked:
            if place.note and last == number:
                rows.append(_note(place, columns.get(place.span.start, 0)))
    digits = max(len(str(number)) for number in shown)
    body = tag("pre", tag("code", *rows, dir="ltr"), tabindex="0", class_=f"lines digits-{min(digits, 6)}")
    return tag("figure", tag("figcaption", caption), body, class_="excerpt")


def fix_preview(source: str, lines: LineIndex, fix: Fix) -> Markup:
    """The lines that a fix changes, before and after; empty where that is too much to show."""
    if not fix.edits:
        return Markup()
    first = lines.position(min(edit.span.start for edit in fix.edits))[0]
    last = lines.position(max(edit.span.end for edit in fix.edits))[0]
    start = lines.start(first)
    old = source[start : lines.start(last) + len(lines.line(last))]
    if len(old) > _LONGEST_PREVIEW or sum(len(edit.text) for edit in fix.edits) > _LONGEST_PREVIEW:
        return Markup()
    moved = [Edit(Span(edit.span.start - start, edit.span.end - start), edit.text) for edit in fix.edits]
    try:
        new = apply_edits(old, moved)
    except UsageError:
        return Markup()
    changed = list(_changed(old.splitlines(), new.splitlines()))
    if not changed or len(changed) > _PREVIEWED_LINES:
        return Markup()
    rows = [_row({"removed": "\u2212", "added": "+"}[tone], _plain(line), tone) for tone, line in changed]
    return tag("pre", tag("code", *rows, dir="ltr"), tabindex="0", class_="lines change digits-1")


def _changed(old: list[str], new: list[str]) -> Iterator[tuple[str, str]]:
    """What is left between the lines that stay at the beginning and at the end."""
    while old and new and old[0] == new[0]:
        old, new = old[1:], new[1:]
    while old and new and old[-1] == new[-1]:
        old, new = old[:-1], new[:-1]
    for line in old:
        yield "removed", line
    for line in new:
        yield "added", line


def _lines_of(place: Place, source: str, lines: LineIndex) -> tuple[int, int]:
    start = min(max(place.span.start, 0), len(source))
    end = min(max(place.span.end, start), len(source))
    return lines.position(start)[0], lines.position(max(start, end - 1))[0]


def _line(line: str, start: int, places: Sequence[Place]) -> tuple[Markup, dict[int, int]]:
    """A line with its places marked, and the column at which each begins."""
    spans = [
        (max(place.span.start - start, 0), min(max(place.span.end, place.span.start + 1) - start, len(line)), place)
        for place in places
    ]
    low = max(0, min((first for first, _, _ in spans), default=0) - _LEAD) if len(line) > _REACH else 0
    high = min(len(line), low + _REACH)
    edges = sorted({low, high, *[min(max(edge, low), high) for first, last, _ in spans for edge in (first, last)]})
    pieces: list[Markup] = []
    columns: dict[int, int] = {}
    column = 0
    if low:
        pieces.append(_cut())
        column = 1
    for first, last in pairwise(edges):
        for begin, _, place in spans:
            if begin == first:
                columns.setdefault(place.span.start, column)
        cells = cells_of(line[first:last])
        column += sum(width for _, width in cells)
        shown = text("".join(char for char, _ in cells), limit=_REACH * 12)
        tones = [place.tone for begin, end, place in spans if begin <= first and last <= end]
        pieces.append(tag("mark", shown, class_=" ".join(dict.fromkeys(tones))) if tones else shown)
    if high == len(line):
        # A place behind the end of a line, as where something is missing, has no character to mark.
        behind = [place for first, last, place in spans if first >= last]
        pieces += [tag("mark", Markup("&nbsp;"), class_=place.tone) for place in behind[:1]]
    if high < len(line):
        pieces.append(_cut())
    return joined(pieces), columns


def _plain(line: str) -> Markup:
    return _line(line, 0, ())[0]


def _row(number: str, content: Markup, tone: str = "") -> Markup:
    # A row's line end is text, so that the lines stay lines where they are copied to or read without a style.
    shown = tag("span", number, class_="number")
    return Markup(f"{tag('span', shown, tag('span', content, class_='source'), class_=f'line {tone}'.strip())}\n")


def _gap(number: int) -> Markup:
    noun = "line" if number == 1 else "lines"
    return Markup(f"{tag('span', tag('span', '⋮', class_='number'), f'{number:,} {noun}', class_='line gap')}\n")


def _note(place: Place, column: int) -> Markup:
    return _row("", joined([" " * column, tag("span", joined(["↑ ", prose(place.note)]), class_="note")]), "")


def _cut() -> Markup:
    return tag("span", "…", class_="cut")
