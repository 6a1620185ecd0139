"""Pieces of access that a person can read: which actions on which resources, by whom and when, with exceptions.

A region comes from one statement. It is an upper bound with exact exceptions: all of it is new but for what the
exceptions name, and the witness is in it.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from jfml_policies.access.alternatives import (
    Blocker,
    Part,
    adding,
    alternatives,
    elements,
    holds,
    overlaps,
    with_entries,
    without,
)
from jfml_policies.access.overlapping_lists import meet
from jfml_policies.access.phrases import phrase
from jfml_policies.access.search import joined
from jfml_policies.access.space import ACTION, PRINCIPAL, RESOURCE
from jfml_policies.access.summary import principal_names, summary
from jfml_policies.catalog import load
from jfml_policies.errors import BudgetExceededError
from jfml_policies.record import record

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from jfml_policies.access.alternatives import Alternatives, Entry
    from jfml_policies.access.difference import Boxed, Candidate
    from jfml_policies.access.request import Request
    from jfml_policies.access.search import State
    from jfml_policies.access.space import Space
    from jfml_policies.access.verdict import Found
    from jfml_policies.findings import Path
    from jfml_policies.policy.nodes import Listing, Statement

__all__ = ["Described", "Region", "describe", "describe_deny"]

_MOST_EXCEPTIONS: Final = 8
#: Entries of a statement that is an exception, each looked at for whether it meets the region.
_MOST_ENTRIES: Final = 60


@record
class Region:
    """A piece of access.

    Attributes:
        actions: action patterns; with `except_actions`, every action but those.
        except_actions: what NotAction leaves out, or empty.
        resources: resource patterns; empty where the document has none.
        except_resources: what NotResource leaves out, or empty.
        principals: as `AWS: arn:...`; empty where the document has none.
        except_principals: what NotPrincipal leaves out, or empty.
        conditions: clauses that all must hold.
        exceptions: statements that overlap, which the other policy allows or this one denies, in words; what the region
            says of itself is not repeated.
        access_levels: how many known actions it holds of each access level, without those that are exceptions.
        only_unknown_actions: whether no action of today's catalogue is in it.
        path: the statement it comes from.
        sid: that statement's Sid, or None.
        lifted: True when it is access that a Deny of the other policy took away.
        denied_at: that Deny, or None.
        witness: a request in it, confirmed by the evaluator.
    """

    actions: tuple[str, ...]
    except_actions: tuple[str, ...]
    resources: tuple[str, ...]
    except_resources: tuple[str, ...]
    principals: tuple[str, ...]
    except_principals: tuple[str, ...]
    conditions: tuple[str, ...]
    exceptions: tuple[str, ...]
    access_levels: tuple[tuple[str, int], ...]
    only_unknown_actions: bool
    path: Path
    sid: str | None
    lifted: bool
    denied_at: Path | None
    witness: Request


@record
class Described:
    """A region, and what is needed to see whether others hold it.

    Attributes:
        region: the region.
        candidate: where it was found.
        state: holds all requests of it that matter.
    """

    region: Region
    candidate: Candidate
    state: State


def describe(
    space: Space, found: Found, allowing: Sequence[Boxed], refusing: Sequence[Boxed], *, within: Part | None = None
) -> Described:
    """The region of a difference.

    Args:
        space: what numbered the literals.
        found: where the difference lies, with its witness.
        allowing: the policies that allow it, as the search had them.
        refusing: those that do not.
        within: a statement whose box is among the candidate's boxes, too.
    """
    candidate = found.candidate
    policies = {id(statement): one.policy for one in (*allowing, *refusing) for statement in _statements(one)}
    parts = [Part(statement, policies[id(statement)]) for statement in (*candidate.lifting, *candidate.allowing)]
    if within is not None:
        parts.append(within)
    blockers = [Blocker(box, Part(one, policies[id(one)])) for box, one in candidate.blockers.items()]
    state: State = joined(space, {}, [literal for box in candidate.boxes for literal in box]) or {}
    state, parts, blockers = _narrowed(space, state, parts, blockers)
    statement = candidate.allowing[0]
    actions, of_actions = meet(space, parts, ACTION)
    resources, of_resources = meet(space, parts, RESOURCE)
    principals, _ = meet(space, parts, PRINCIPAL)
    tests = [phrase(test) for part in parts for test in part.statement.tests]
    mask = _known_actions(space, state, blockers)
    region = Region(
        actions=actions or ("*",),
        except_actions=_left_out(space, state, parts, ACTION),
        resources=resources or (("*",) if statement.resources is not None else ()),
        except_resources=_left_out(space, state, parts, RESOURCE),
        principals=principals,
        except_principals=principal_names(part.statement.not_principal for part in parts),
        conditions=tuple(dict.fromkeys((*of_actions, *of_resources, *tests))),
        exceptions=_summaries(space, state, blockers),
        access_levels=_levels(space, mask),
        only_unknown_actions=not space.actions.is_known(mask),
        path=statement.path,
        sid=statement.sid.value if statement.sid else None,
        lifted=bool(candidate.lifting),
        denied_at=candidate.lifting[0].path if candidate.lifting else None,
        witness=found.witness,
    )
    return Described(region, candidate, state)


def describe_deny(space: Space, group: Sequence[Found], allowing: Sequence[Boxed], refusing: Sequence[Boxed]) -> Region:
    """The region of a Deny that cuts many Allows: what it names, as far as one of them allows it.

    Args:
        space: what numbered the literals.
        group: the differences that the Deny makes, each with another Allow.
        allowing: the policies that allow them, as the search had them.
        refusing: those that do not.
    """
    policies = {id(statement): one.policy for one in (*allowing, *refusing) for statement in _statements(one)}
    first = group[0].candidate
    parts = [Part(statement, policies[id(statement)]) for statement in first.lifting]
    states: list[State] = []
    blockers: dict[int, Part] = {}
    mask = 0
    for found in group:
        candidate = found.candidate
        state = joined(space, {}, [literal for box in candidate.boxes for literal in box]) or {}
        states.append(state)
        mask |= space.mask(state.get(ACTION, frozenset()), everything=space.actions.everything())
        if len(blockers) <= _MOST_EXCEPTIONS:
            blockers |= {
                id(one): Part(one, policies[id(one)])
                for box, one in candidate.blockers.items()
                if overlaps(space, state, box)
            }
    for number, part in enumerate(parts):
        statement = part.statement
        for listed in alternatives(part):
            if len(listed.entries) <= _MOST_ENTRIES:
                kept = [entry for entry in listed.entries if any(_meets(space, one, listed, entry) for one in states)]
                statement = with_entries(statement, listed.element, kept or listed.entries)
        parts[number] = Part(statement, part.policy)
    actions, of_actions = meet(space, parts, ACTION)
    resources, of_resources = meet(space, parts, RESOURCE)
    tests = [phrase(test) for part in parts for test in part.statement.tests]
    statement = first.allowing[0]
    return Region(
        actions=actions or ("*",),
        except_actions=_written(part.statement.not_action for part in parts),
        resources=resources or (("*",) if statement.resources is not None else ()),
        except_resources=_written(part.statement.not_resource for part in parts),
        principals=meet(space, parts, PRINCIPAL)[0],
        except_principals=principal_names(part.statement.not_principal for part in parts),
        conditions=(*of_actions, *of_resources, *tests, f"one of {len(group):,} statements allows it"),
        exceptions=_shortened([summary(part.statement) for part in blockers.values()]),
        access_levels=_levels(space, mask),
        only_unknown_actions=not space.actions.is_known(mask),
        path=statement.path,
        sid=statement.sid.value if statement.sid else None,
        lifted=True,
        denied_at=first.lifting[0].path,
        witness=group[0].witness,
    )


def _known_actions(space: Space, state: State, blockers: Sequence[Blocker]) -> int:
    """The known actions of a region, without those that an exception takes away whatever else is asked."""
    mask = space.mask(state.get(ACTION, frozenset()), everything=space.actions.everything())
    for blocker in blockers:
        own = [literal for literal in blocker.box if space.dimension(literal) == ACTION]
        if own and holds(space, state, blocker.box, but=ACTION):
            mask &= ~space.mask(own, everything=space.actions.everything())
    return mask


def _statements(one: Boxed) -> Iterable[Statement]:
    return (*one.allows.values(), *one.denies.values())


def _narrowed(
    space: Space, state: State, parts: list[Part], blockers: list[Blocker]
) -> tuple[State, list[Part], list[Blocker]]:
    """The state and the statements with those entries of their lists alone that matter, and the blockers left."""
    blockers = [blocker for blocker in blockers if overlaps(space, state, blocker.box)]
    for number, part in enumerate(parts):
        statement = part.statement
        for listed in alternatives(part):
            kept = adding(space, state, blockers, listed)
            if len(kept) == len(listed.entries):
                continue
            try:
                narrower = joined(space, state, listed.box(space, kept))
            except BudgetExceededError:
                narrower = None
            if narrower is None:
                continue
            state = narrower
            blockers = [blocker for blocker in blockers if overlaps(space, state, blocker.box)]
            statement = with_entries(statement, listed.element, kept)
        parts[number] = Part(statement, part.policy)
    return state, parts, blockers


def _left_out(space: Space, state: State, parts: Sequence[Part], dimension: str) -> tuple[str, ...]:
    """The entries of NotAction or NotResource; where the region lists what it holds, those that meet it."""
    listings = [_negated(part, dimension) for part in parts]
    texts = dict.fromkeys(value.value for listing in listings if listing is not None for value in listing.values)
    positive = frozenset(literal for literal in state.get(dimension, ()) if literal > 0)
    if positive and len(texts) <= _MOST_ENTRIES:
        for part, listing in zip(parts, listings, strict=True):
            for value in listing.values if listing is not None else ():
                literal = space.entries_literal(dimension, [value.value], part.policy)
                if not overlaps(space, {dimension: positive}, frozenset((literal,))):
                    texts.pop(value.value, None)
    return tuple(texts)


def _negated(part: Part, dimension: str) -> Listing | None:
    return part.statement.not_action if dimension == ACTION else part.statement.not_resource


def _summaries(space: Space, state: State, blockers: Sequence[Blocker]) -> tuple[str, ...]:
    # By identity: a part's hash is that of its whole policy.
    parts = list({id(blocker.part.statement): blocker.part for blocker in blockers}.values())
    shown = [summary(_meeting(space, state, part)) for part in parts[:_MOST_EXCEPTIONS]]
    return _shortened([*shown, *[""] * (len(parts) - len(shown))])


def _shortened(exceptions: list[str]) -> tuple[str, ...]:
    if len(exceptions) <= _MOST_EXCEPTIONS:
        return tuple(exceptions)
    return (*exceptions[:_MOST_EXCEPTIONS], f"{len(exceptions) - _MOST_EXCEPTIONS} more statements")


def _written(listings: Iterable[Listing | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value.value for listing in listings if listing for value in listing.values))


def _meeting(space: Space, state: State, part: Part) -> Statement:
    """A statement without what a state says anyway, and with those entries alone that meet it."""
    statement = part.statement
    for element in elements(part):
        if _implied(space, state, element):
            statement = without(statement, element.element)
    if not elements(Part(statement, part.policy)):
        return part.statement
    part = Part(statement, part.policy)
    for listed in alternatives(part):
        if len(listed.entries) <= _MOST_ENTRIES:
            kept = [entry for entry in listed.entries if _meets(space, state, listed, entry)]
            statement = with_entries(statement, listed.element, kept or listed.entries)
    return statement


def _implied(space: Space, state: State, element: Alternatives) -> bool:
    return holds(space, state, element.box(space, element.entries))


def _meets(space: Space, state: State, listed: Alternatives, entry: Entry) -> bool:
    return overlaps(space, state, listed.box(space, [entry]))


def _levels(space: Space, mask: int) -> tuple[tuple[str, int], ...]:
    """Known actions by access level, most first; nothing where it is every action there is."""
    if mask == space.actions.everything():
        return ()
    counts: Counter[str] = Counter()
    catalog = load()
    for name in space.actions.names(mask):
        action = catalog.action(name)
        if action is not None and action.access_level:
            counts[action.access_level] += 1
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
