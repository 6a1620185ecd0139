"""Access before and after as a table for a page: services by access levels, with what came and what went.

Nothing is told by colour alone: each lot has a sign, words for who can't see it, and a pattern of its own.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

from jfml_policies.diff.picture import LEVELS, Cell, Row
from jfml_policies.report.html_page import more
from jfml_policies.report.html_tags import Markup, code, codes, tag
from jfml_policies.report.tally import count_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from jfml_policies.diff.picture import Lot, Picture

__all__ = ["PATTERNS", "Wording", "picture_of_change", "picture_of_need", "pictured"]

_MOST_CHANGED: Final = 30
_MOST_SAME: Final = 12
_MOST_NAMES: Final = 40
#: So many names are shown at once, more when asked for.
_MOST_OPEN: Final = 60
_WIDTH: Final = 100
_NARROWEST: Final = 4.0
_ORDER: Final[tuple[Lot, ...]] = ("same", "wider", "narrower", "mixed", "unknown", "added", "removed")
_BY_HARM: Final = ("Permissions management", "Write", "Tagging", "Read", "List", "")
_SIGNS: Final[dict[Lot, str]] = {
    "added": "+",
    "removed": "\u2212",
    "wider": "▲",
    "narrower": "▼",
    "mixed": "◆",
    "unknown": "?",
}

#: What the bars are filled with, once a page; colours come from the style.
PATTERNS: Final = Markup(
    '<svg class="patterns" aria-hidden="true" focusable="false"><defs>'
    '<pattern id="lot-added" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect class="pattern-added" width="6" height="6"></rect><rect class="pattern-card" width="1.6" height="6"></rect>'
    "</pattern>"
    '<pattern id="lot-wider" width="5" height="10" patternUnits="userSpaceOnUse">'
    '<rect class="pattern-ground" width="5" height="10"></rect><rect class="pattern-added" width="5" height="5"></rect>'
    "</pattern>"
    '<pattern id="lot-narrower" width="5" height="10" patternUnits="userSpaceOnUse">'
    '<rect class="pattern-ground" width="5" height="10"></rect>'
    '<rect class="pattern-removed" y="6" width="3" height="4"></rect></pattern>'
    '<pattern id="lot-mixed" width="4" height="4" patternUnits="userSpaceOnUse">'
    '<rect class="pattern-ground" width="4" height="4"></rect><rect class="pattern-mixed" width="2" height="2"></rect>'
    "</pattern></defs></svg>"
)


class Wording(NamedTuple):
    """What both sides and the lots are called.

    Attributes:
        before: the first side.
        after: the second.
        differ: of what is not the same on both sides, as in "that changed".
        lots: each lot, as in "newly allowed".
    """

    before: str
    after: str
    differ: str
    lots: dict[Lot, str]


picture_of_change: Final = Wording(
    "before",
    "after",
    "that changed",
    {
        "same": "allowed as before",
        "added": "newly allowed",
        "removed": "no longer allowed",
        "wider": "allowed before, now for more requests",
        "narrower": "still allowed, for fewer requests",
        "mixed": "still allowed, for other requests",
        "unknown": "not known",
    },
)
picture_of_need: Final = Wording(
    "needed",
    "granted",
    "granted otherwise than needed",
    {
        "same": "granted as needed",
        "added": "granted and not needed",
        "removed": "needed and not granted",
        "wider": "granted for more requests than needed",
        "narrower": "granted for fewer requests than needed",
        "mixed": "granted for other requests than needed",
        "unknown": "not known",
    },
)


def pictured(picture: Picture, wording: Wording, *, numbered: str) -> Iterator[Markup]:
    """The table, what its signs mean, and the names of the actions that changed.

    Args:
        picture: what to show.
        wording: what to call it.
        numbered: tells the picture from others on the page.
    """
    changed = [row for row in picture.rows if row.is_changed]
    same = [row for row in picture.rows if not row.is_changed]
    levels = [level for level in LEVELS if any(cell.level == level for row in picture.rows for cell in row.cells)]
    present = {lot for row in picture.rows for cell in row.cells for lot in _amounts(cell)}
    heads = [tag("th", level or "Not in the catalogue", scope="col") for level in levels]
    bodies: list[Markup] = []
    if len(picture.rows) > 1:
        total = _row(tag("span", "All services"), _sum(picture.rows), levels, wording)
        bodies.append(tag("tbody", total, class_="all"))
    title = "Changed" if wording.before == "before" else "Otherwise than needed"
    if len(changed) > _MOST_CHANGED:
        changed = sorted(changed, key=_weight, reverse=True)
        title += ", those with most permissions management and writing first"
    shown = changed[:_MOST_CHANGED]
    rows = [_row(code(row.service), row.cells, levels, wording) for row in shown]
    if len(changed) > len(shown):
        rest = changed[len(shown) :]
        rows.append(_row(tag("span", count_of(len(rest), "more service")), _sum(rest), levels, wording))
    if rows:
        bodies.append(tag("tbody", _group(title, len(changed), levels), *rows))
    if same:
        known = same if len(same) <= _MOST_SAME else []
        rows = [_row(code(row.service), row.cells, levels, wording) for row in known]
        if not known:
            rows = [_row(tag("span", count_of(len(same), "service")), _sum(same), levels, wording)]
        bodies.append(
            tag(
                "tbody",
                _group("As before" if wording.before == "before" else "As needed", len(same), levels),
                *rows,
                class_="calm",
            )
        )
    head = tag("thead", tag("tr", tag("th", "Service", scope="col"), *heads))
    said = f"Actions by service and access level: {wording.before} → {wording.after}, of all that the catalogue lists. "
    yield tag("p", said, "An action counts when some request for it is allowed.", class_="lead soft")
    table = tag("table", tag("caption", "Picture of access", class_="unseen"), head, *bodies, class_="picture")
    yield tag("div", table, class_="scroll", role="region", aria_label="Picture of access", tabindex="0")
    yield _legend([lot for lot in _ORDER if lot in present], wording)
    yield from _names(changed, wording, numbered)


def _group(title: str, number: int, levels: Sequence[str]) -> Markup:
    said = f"{title} · {count_of(number, 'service')}"
    return tag("tr", tag("th", said, colspan=str(len(levels) + 1), scope="rowgroup"), class_="group")


def _row(title: Markup, cells: Iterable[Cell], levels: Sequence[str], wording: Wording) -> Markup:
    by_level = {cell.level: cell for cell in cells}
    return tag("tr", tag("th", title, scope="row"), *[_cell(by_level.get(level), wording) for level in levels])


def _cell(cell: Cell | None, wording: Wording) -> Markup:
    if cell is None:
        drawn = tag("span", "\u2013", class_="nothing", aria_hidden="true")
        return tag("td", drawn, tag("span", "none", class_="unseen"))
    amounts = _amounts(cell)
    signs = [
        _sign(lot, amounts[lot], wording)
        for lot in ("added", "removed", "wider", "narrower", "mixed", "unknown")
        if lot in amounts
    ]
    of = [tag("span", f" of {cell.listed:,}")] if cell.listed else []
    if cell.before == cell.after:
        amount = tag("span", f"{cell.after:,}", *of, class_="amount")
    else:
        amount = tag("span", f"{cell.before:,} → ", tag("strong", f"{cell.after:,}"), *of, class_="amount")
    whole = max(cell.listed, sum(amounts.values()))
    return tag("td", tag("span", *signs, class_="signs"), _bar(amounts, whole), amount)


def _sign(lot: Lot, number: int, wording: Wording) -> Markup:
    drawn = tag("span", f"{_SIGNS[lot]}{number:,}", aria_hidden="true")
    return tag("span", drawn, tag("span", f"{number:,} {wording.lots[lot]}", class_="unseen"), class_=f"sign {lot}")


def _amounts(cell: Cell) -> dict[Lot, int]:
    """How many actions there are of each lot, those that stay included."""
    amounts: dict[Lot, int] = {lot: len(cell.lots[lot]) for lot in _ORDER if cell.lots.get(lot)}
    # A cell that sums up others knows numbers alone.
    same = cell.before - sum(amounts.get(lot, 0) for lot in ("removed", "wider", "narrower", "mixed"))
    return {"same": same, **amounts} if same > 0 else amounts


def _bar(amounts: dict[Lot, int], whole: int) -> Markup:
    """All actions of the level as a bar, in the order same, changed, added, removed; nothing that is there vanishes."""
    track = tag("rect", class_="track", y="1", width=str(_WIDTH), height="8")
    parts: list[Markup] = []
    place = 0.0
    for lot in _ORDER:
        if lot in amounts:
            width = max(_NARROWEST, amounts[lot] * _WIDTH / whole)
            left = min(place, _WIDTH - _NARROWEST)
            width = min(width, _WIDTH - left)
            parts.append(tag("rect", class_=lot, x=f"{left:.1f}", y="1", width=f"{width:.1f}", height="8"))
            place = left + width
    return tag(
        "svg",
        track,
        *parts,
        class_="bar",
        viewBox=f"0 0 {_WIDTH} 10",
        preserveAspectRatio="none",
        aria_hidden="true",
        focusable="false",
    )


def _sum(rows: Iterable[Row]) -> tuple[Cell, ...]:
    """The cells of several services added up."""
    listed: Counter[str] = Counter()
    before: Counter[str] = Counter()
    after: Counter[str] = Counter()
    lots: dict[str, dict[Lot, tuple[str, ...]]] = {}
    for row in rows:
        for cell in row.cells:
            listed[cell.level] += cell.listed
            before[cell.level] += cell.before
            after[cell.level] += cell.after
            sums = lots.setdefault(cell.level, {})
            for lot, names in cell.lots.items():
                sums[lot] = sums.get(lot, ()) + names
    return tuple(
        [Cell(level, listed[level], before[level], after[level], lots[level]) for level in LEVELS if level in lots]
    )


def _weight(row: Row) -> tuple[int, ...]:
    """How many actions changed of each access level, the one that does most harm first; more of them weigh more."""
    changed = {cell.level: sum(map(len, cell.lots.values())) for cell in row.cells}
    return tuple([changed.get(level, 0) for level in _BY_HARM])


def _legend(lots: Iterable[Lot], wording: Wording) -> Markup:
    items = []
    for lot in lots:
        sign = [tag("span", _SIGNS[lot], class_=f"sign {lot}", aria_hidden="true")] if lot in _SIGNS else []
        items.append(tag("li", _bar({lot: 1}, 1), *sign, wording.lots[lot]))
    return tag("ul", *items, class_="legend")


def _names(changed: Sequence[Row], wording: Wording, numbered: str) -> Iterator[Markup]:
    number = sum(len(names) for row in changed for cell in row.cells for names in cell.lots.values())
    if not number:
        return
    entries: list[Markup] = []
    for row in changed[:_MOST_CHANGED]:
        entries.append(tag("dt", code(row.service), class_="service-name"))
        for lot in _SIGNS:
            names = [name for cell in row.cells for name in cell.lots.get(lot, ())]
            if names:
                sign = tag("span", _SIGNS[lot], class_=f"sign {lot}", aria_hidden="true")
                unseen = tag("span", f"{wording.lots[lot]}: ", class_="unseen")
                left = len(names) - _MOST_NAMES
                rest = f" and {left:,} more" if left > 0 else ""
                entries.append(tag("dd", sign, " ", unseen, codes(names[:_MOST_NAMES]), rest))
    parts = [tag("summary", f"Names of {count_of(number, 'action')} {wording.differ}"), tag("dl", *entries)]
    if len(changed) > _MOST_CHANGED:
        parts.append(more(f"The names of {count_of(len(changed) - _MOST_CHANGED, 'more service')} are"))
    yield tag("details", *parts, class_="named", id=f"names-{numbered}", open=number <= _MOST_OPEN)
