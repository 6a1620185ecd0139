"""Pieces of access that a person can read: which actions on which resources, by whom and when, with exceptions.

A region comes from one statement. It is an upper bound with exact exceptions: all of it is new but for what the
exceptions name, and the witness is in it.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from jfml_policies.access.phrases import phrase
from jfml_policies.access.search import joined, open_states
from jfml_policies.access.space import ACTION, RESOURCE
from jfml_policies.catalog import load
from jfml_policies.errors import BudgetExceededError
from jfml_policies.record import record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from jfml_policies.access.request import Request
    from jfml_policies.access.search import State
    from jfml_policies.access.space import Box, Space
    from jfml_policies.access.verdict import Found
    from jfml_policies.findings import Path
    from jfml_policies.policy.nodes import Listing, Policy, Principals, Statement

__all__ = ["Region", "describe"]

#: Entries of a list that are searched one by one for what they add; further ones are taken to add something.
_MOST_ENTRIES: Final = 60
_STEPS_AN_ENTRY: Final = 2_000
_MOST_EXCEPTIONS: Final = 8
_SHOWN: Final = 3


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
        exceptions: statements of the other policy that overlap, in words.
        access_levels: how many known actions it holds of each access level.
        only_unknown_actions: whether no action of today's catalogue is in it.
        path: the statement it comes from.
        sid: that statement's Sid, or None.
        lifted: True when it is access that a Deny of the other policy took away.
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
    witness: Request


def describe(space: Space, found: Found) -> Region:
    """The region of a difference.

    Args:
        space: what numbered the literals.
        found: where the difference lies, with its witness.
    """
    candidate = found.candidate
    state: State = joined(space, {}, [literal for box in candidate.boxes for literal in box]) or {}
    blockers = [box for box in candidate.blockers if _overlaps(space, state, box)]
    # Of a lifted Deny, what it named says best what is open now.
    parts = [*candidate.lifting, *candidate.allowing]
    statement = candidate.allowing[0]
    where = candidate.policy
    actions = _entries(space, state, blockers, where, ACTION, [part.action for part in parts])
    state = _narrowed(space, state, where, ACTION, actions)
    resources = _entries(space, state, blockers, where, RESOURCE, [part.resource for part in parts])
    state = _narrowed(space, state, where, RESOURCE, resources)
    exceptions = dict.fromkeys(
        [statement for box, statement in candidate.blockers.items() if box in blockers and _overlaps(space, state, box)]
    )
    mask = space.mask(state.get(ACTION, frozenset()), everything=space.actions.everything())
    return Region(
        actions=actions or ("*",),
        except_actions=_written(part.not_action for part in parts),
        resources=resources or (("*",) if statement.resources is not None else ()),
        except_resources=_written(part.not_resource for part in parts),
        principals=_named(part.principal for part in parts),
        except_principals=_named(part.not_principal for part in parts),
        conditions=tuple(dict.fromkeys(phrase(test) for part in parts for test in part.tests)),
        exceptions=_summaries(list(exceptions)),
        access_levels=_levels(space, mask),
        only_unknown_actions=not space.actions.is_known(mask),
        path=statement.path,
        sid=statement.sid.value if statement.sid else None,
        lifted=bool(candidate.lifting),
        witness=found.witness,
    )


def _summaries(statements: list[Statement]) -> tuple[str, ...]:
    shown = [summary(statement) for statement in statements[:_MOST_EXCEPTIONS]]
    if len(statements) > _MOST_EXCEPTIONS:
        shown.append(f"{len(statements) - _MOST_EXCEPTIONS} more statements")
    return tuple(shown)


def _narrowed(space: Space, state: State, policy: Policy, dimension: str, texts: Sequence[str]) -> State:
    """The state with a dimension narrowed to some entries; as it is where there are none."""
    if not texts:
        return state
    try:
        return joined(space, state, [space.entries_literal(dimension, texts, policy)]) or state
    except BudgetExceededError:
        return state


def summary(statement: Statement) -> str:
    """A statement in one line, for an exception.

    >>> from jfml_policies.policy.parse import parse_text
    >>> text = '{"Statement": {"Sid": "Read", "Effect": "Allow", "Action": "s3:Get*", "Resource": "*"}}'
    >>> summary(parse_text(text).statements[0])
    'Allow s3:Get* on *'
    """
    pieces = [statement.effect.value if statement.effect else "?"]
    for listing, lead in ((statement.actions, ""), (statement.resources, " on")):
        if listing is not None:
            words = "everything but " if listing.name.startswith("Not") else ""
            pieces.append(f"{lead} {words}{_first([value.value for value in listing.values])}")
    principals = _named([statement.principals])
    if principals:
        negated = "everybody but " if statement.not_principal else ""
        pieces.append(f" by {negated}{_first(principals)}")
    if statement.tests:
        # All of them: each one makes the exception smaller, so leaving one out would claim too much.
        pieces.append(" when " + " and ".join(phrase(test) for test in statement.tests))
    return "".join(pieces)


def _first(texts: Sequence[str]) -> str:
    """The first few of some texts that are alternatives, and how many more there are."""
    more = f" and {len(texts) - _SHOWN} more" if len(texts) > _SHOWN else ""
    return ", ".join(texts[:_SHOWN]) + more


def _overlaps(space: Space, state: State, box: Box) -> bool:
    try:
        return joined(space, state, box) is not None
    except BudgetExceededError:
        return True


def _entries(
    space: Space,
    state: State,
    blockers: Sequence[Box],
    policy: Policy,
    dimension: str,
    listings: Sequence[Listing | None],
) -> tuple[str, ...]:
    """The entries of a list that add something; those where that would take long to find out are kept."""
    listing = next((listing for listing in listings if listing is not None), None)
    if listing is None:
        return ()
    texts = list(dict.fromkeys(value.value for value in listing.values))
    if len(texts) == 1:
        return tuple(texts)
    # Blockers that hold all of the state but for this dimension take away whole entries.
    whole = [box for box in blockers if _holds_all_but(space, state, box, dimension)]
    adding: list[str] = []
    asked = 0
    for text in texts:
        literal = space.entries_literal(dimension, [text], policy)
        if any(_takes(space, box, dimension, literal) for box in whole):
            continue
        asked += 1
        if asked > _MOST_ENTRIES or _adds(space, state, blockers, literal):
            adding.append(text)
    return tuple(adding) or tuple(texts)


def _holds_all_but(space: Space, state: State, box: Box, dimension: str) -> bool:
    """Whether every request of a state meets the literals of a box that are about other dimensions."""
    for literal in box:
        other = space.dimension(literal)
        if other == dimension:
            continue
        known = state.get(other, frozenset())
        try:
            if literal not in known and space.solve(other, known | {-literal}) is not None:
                return False
        except BudgetExceededError:
            return False
    return True


def _takes(space: Space, box: Box, dimension: str, entry: int) -> bool:
    """Whether the literals of a box about a dimension hold for all of an entry."""
    own = [literal for literal in box if space.dimension(literal) == dimension]
    try:
        return all(space.solve(dimension, frozenset((entry, -literal))) is None for literal in own)
    except BudgetExceededError:
        return False


def _adds(space: Space, state: State, blockers: Sequence[Box], literal: int) -> bool:
    try:
        narrowed = joined(space, state, [literal])
        if narrowed is None:
            return False
        return next(iter(open_states(space, narrowed, blockers, steps=_STEPS_AN_ENTRY)), None) is not None
    except BudgetExceededError:
        return True


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


def _written(listings: Iterable[Listing | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value.value for listing in listings if listing for value in listing.values))


def _named(elements: Iterable[Principals | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for element in elements if element is not None for name in _names(element)))


def _names(element: Principals) -> Iterator[str]:
    if element.text is not None:
        yield element.text.value
    for group in element.groups:
        for value in group.values:
            yield f"{group.type.value}: {value.value}"
