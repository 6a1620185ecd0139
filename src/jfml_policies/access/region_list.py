"""A difference in as few regions as are needed: none that another one holds, and nothing told twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jfml_policies.access.alternatives import Part, holds
from jfml_policies.access.regions import describe, describe_deny
from jfml_policies.access.space import ACTION
from jfml_policies.access.verdict import search
from jfml_policies.record import replace

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jfml_policies.access.difference import Boxed
    from jfml_policies.access.regions import Described, Region
    from jfml_policies.access.space import Space
    from jfml_policies.access.verdict import Found
    from jfml_policies.policy.nodes import Statement

__all__ = ["regions"]

#: A Deny that went is told for each Allow that it cut, up to so many; where it cut more, it is told once.
_MOST_PIECES: Final = 4
#: Regions that are compared with each other.
_MOST_COMPARED: Final = 400


def regions(
    space: Space, some: Sequence[Found], allowing: Sequence[Boxed], refusing: Sequence[Boxed]
) -> tuple[Region, ...]:
    """The regions of a difference: for each statement that makes a difference what it allows, unless others hold that.

    Args:
        space: what numbered the literals.
        some: where the difference lies, with witnesses.
        allowing: the policies that allow it, as the search had them.
        refusing: those that do not.
    """
    by_deny: dict[tuple[Statement, ...], list[Found]] = {}
    for found in some:
        by_deny.setdefault(found.candidate.lifting, []).append(found)
    described: list[Described] = []
    summed_up: list[Region] = []
    for lifting, group in by_deny.items():
        if lifting and len(group) > _MOST_PIECES:
            summed_up.append(describe_deny(space, group, allowing, refusing))
            continue
        described += [
            describe(space, piece, allowing, refusing, within=within)
            for found in group
            for piece, within in _pieces(space, found, some, allowing, refusing)
        ]
    return (*[one.region for one in _needed(space, described)], *summed_up)


def _pieces(
    space: Space, found: Found, some: Sequence[Found], allowing: Sequence[Boxed], refusing: Sequence[Boxed]
) -> Iterator[tuple[Found, Part | None]]:
    """Where a Deny went, only what it took away: requests that no Allow of the other policy holds are new anyway."""
    candidate = found.candidate
    new_anyway = any(one.candidate.allowing == candidate.allowing and not one.candidate.lifting for one in some)
    if not candidate.lifting or len(refusing) > 1 or not new_anyway:
        yield found, None
        return
    pieces: list[tuple[Found, Part | None]] = []
    for box, statement in refusing[0].allows.items():
        searched = search(space, [replace(candidate, boxes=(*candidate.boxes, box))], allowing, refusing)
        pieces += [(piece, Part(statement, refusing[0].policy)) for piece in searched.found]
        if searched.unknown or len(pieces) > _MOST_PIECES:
            yield found, None
            return
    yield from pieces


def _needed(space: Space, described: list[Described]) -> list[Described]:
    if not 1 < len(described) <= _MOST_COMPARED:
        return described
    masks = [space.mask(one.state.get(ACTION, ()), everything=space.actions.everything()) for one in described]
    blockers = [frozenset(one.candidate.blockers) for one in described]
    needed = list(range(len(described)))
    for one in range(len(described)):
        for other in needed:
            if (
                one != other
                and not masks[one] & ~masks[other]
                and blockers[one] == blockers[other]
                and all(holds(space, described[one].state, box) for box in described[other].candidate.boxes)
            ):
                needed.remove(one)
                break
    return [described[number] for number in needed]
