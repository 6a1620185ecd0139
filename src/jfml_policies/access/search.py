"""Is there a request that meets some literals and none of some boxes? A search that branches on the boxes.

A state is a conjunction of literals. A blocker is a box that the request must not lie in, so at least one of its
literals must fail. Blockers that can't be met are dropped; where one literal is left, it must fail; otherwise the
search tries each in turn. A state is given up only when a dimension has no value left, so "none" is a proof.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

from jfml_policies.access.space import ACTION
from jfml_policies.errors import BudgetExceededError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from jfml_policies.access.space import Box, Dimension, Signed, Space

__all__ = ["DEFAULT_STEPS", "State", "joined", "open_states"]

#: Blockers looked at in one search before it gives up.
DEFAULT_STEPS: Final = 200_000

#: The literals of each dimension that has any.
State: TypeAlias = "Mapping[Dimension, Box]"


def joined(space: Space, state: State, literals: Iterable[Signed]) -> State | None:
    """A state with more literals, or None when a dimension then has no value.

    Raises:
        BudgetExceededError: a dimension took too long.
    """
    touched: dict[Dimension, set[Signed]] = {}
    for literal in literals:
        touched.setdefault(space.dimension(literal), set()).add(literal)
    result = dict(state)
    for dimension, some in touched.items():
        box = result.get(dimension, frozenset()) | some
        if space.solve(dimension, box) is None:
            return None
        result[dimension] = box
    return result


def open_states(space: Space, state: State, blockers: Sequence[Box], *, steps: int = DEFAULT_STEPS) -> Iterator[State]:
    """The states that the search cannot rule out, each outside all blockers; none when there is no such request.

    Raises:
        BudgetExceededError: the search took more than `steps`, or a dimension took too long.
    """
    waiting: list[tuple[State, list[Box]]] = [(state, list(blockers))]
    while waiting:
        current, left = waiting.pop()
        reduced = _propagate(space, current, left)
        steps -= len(left) + 1
        if steps < 0:
            raise BudgetExceededError("the comparison takes more steps than the budget allows")
        if reduced is None:
            continue
        current, left = reduced
        if not left:
            yield current
            continue
        chosen = min(left, key=len)
        rest = [blocker for blocker in left if blocker is not chosen]
        # The literals before the failing one hold, so that no request is visited twice.
        held: list[Signed] = []
        branches: list[tuple[State, list[Box]]] = []
        for literal in space.in_order(chosen):
            branch = joined(space, current, [*held, -literal])
            if branch is not None:
                branches.append((branch, rest))
            held.append(literal)
        waiting += reversed(branches)


def _propagate(space: Space, state: State, blockers: list[Box]) -> tuple[State, list[Box]] | None:
    """Drops blockers that can't be met and fails single literals until nothing changes; None when one is met."""
    while True:
        forced: list[Signed] = []
        left: list[Box] = []
        for blocker in blockers:
            rest = _open_literals(space, state, blocker)
            if rest is None:
                continue
            if not rest:
                return None
            if len(rest) == 1:
                forced += [-literal for literal in rest]
            else:
                left.append(rest)
        if not forced:
            return state, left
        narrowed = joined(space, state, forced)
        if narrowed is None:
            return None
        state, blockers = narrowed, left


def _open_literals(space: Space, state: State, blocker: Box) -> Box | None:
    """The literals of a blocker that may hold or fail; None when one must fail."""
    rest = []
    for literal in space.in_order(blocker):
        dimension = space.dimension(literal)
        known = state.get(dimension, frozenset())
        if literal in known:
            continue
        if dimension == ACTION and space.are_apart(known, literal):
            return None
        if -literal in known or space.solve(dimension, known | {literal}) is None:
            return None
        if space.solve(dimension, known | {-literal}) is not None:
            rest.append(literal)
    return frozenset(rest)
