"""What several statements have in common, in words: the entries of lists that must all hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jfml_policies.access.alternatives import alternatives, overlaps
from jfml_policies.access.space import ACTION, PRINCIPAL, RESOURCE
from jfml_policies.errors import BudgetExceededError
from jfml_policies.record import record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jfml_policies.access.alternatives import Alternatives, Entry, Part
    from jfml_policies.access.space import Box, Dimension, Space

__all__ = ["meet"]

#: Pairs of entries compared before the lists are told one beside the other.
_MOST_PAIRS: Final = 400


_SHOWN: Final = 8
_WORDS: Final = {ACTION: "action", RESOURCE: "resource", PRINCIPAL: "principal"}


@record
class _Rows:
    """Entries as they are shown, with what they say; and what the whole list says where that is known."""

    rows: dict[str, Box]
    whole: Box | None

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(self.rows)


def meet(space: Space, parts: Sequence[Part], dimension: Dimension) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The entries that the lists of some statements have in common.

    Where two patterns overlap without one holding the other there is no pattern for what they have in common: then the
    lists that could not be told in one are clauses.

    Args:
        space: what numbered the literals.
        parts: the statements.
        dimension: `ACTION`, `RESOURCE` or `PRINCIPAL`.

    Returns:
        The entries, none where no statement lists any; and clauses that must hold besides.
    """
    lists = [one for part in parts for one in alternatives(part, also_single=True) if one.dimension == dimension]
    if len(lists) < 2:
        return tuple(dict.fromkeys(_text(entry) for one in lists for entry in one.entries)), ()
    first, *others = [_rows(space, one) for one in lists]
    apart: list[_Rows] = []
    for other in others:
        common = _common(space, dimension, first, other)
        if common is None:
            apart.append(other)
        else:
            first = common
    word = _WORDS[dimension]
    clauses = [f"the {word} matches {_one_of(one.texts)}" for one in apart]
    return first.texts, tuple(clauses)


def _rows(space: Space, listed: Alternatives) -> _Rows:
    rows = [(_text(entry), listed.box(space, [entry])) for entry in listed.entries]
    # An entry that nothing can match says nothing; a list of such entries alone is told as it is written.
    able = dict([row for row in rows if overlaps(space, {}, row[1])])
    return _Rows(able or dict(rows), listed.box(space, listed.entries))


def _one_of(texts: Sequence[str]) -> str:
    quoted = [f"`{text}`" for text in texts[:_SHOWN]]
    more = f" and {len(texts) - _SHOWN} more" if len(texts) > _SHOWN else ""
    return f"one of {', '.join(quoted)}{more}" if len(texts) > 1 else quoted[0]


def _text(entry: Entry) -> str:
    type_, text = entry
    return text.value if type_ is None else f"{type_.value}: {text.value}"


def _common(space: Space, dimension: Dimension, one: _Rows, two: _Rows) -> _Rows | None:
    """What two lists have in common; None where no entries tell it."""
    if _implies(space, dimension, one.whole, two.whole):
        return one
    if _implies(space, dimension, two.whole, one.whole):
        return two
    if len(one.rows) * len(two.rows) > _MOST_PAIRS:
        return None
    common: dict[str, Box] = {}
    for first, first_box in one.rows.items():
        for second, second_box in two.rows.items():
            if _implies(space, dimension, first_box, second_box):
                common[first] = first_box
            elif _implies(space, dimension, second_box, first_box):
                common[second] = second_box
            elif overlaps(space, {dimension: first_box}, second_box):
                return None
    return _Rows(common, None) if common else None


def _implies(space: Space, dimension: Dimension, one: Box | None, two: Box | None) -> bool:
    if one is None or two is None:
        return False
    try:
        return all(literal in one or space.solve(dimension, one | {-literal}) is None for literal in two)
    except BudgetExceededError:
        return False
