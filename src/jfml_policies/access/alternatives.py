"""What a statement lists as alternatives (actions, resources, principals, values of a test) and which of them matter.

A statement is the product of its lists, so what it adds to another policy is described best by those entries alone
that add something. Everything here is exact: an entry is dropped only when no request that matters needs it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from jfml_policies.access.search import joined, open_states
from jfml_policies.access.space import ACTION, PRINCIPAL, RESOURCE
from jfml_policies.errors import BudgetExceededError
from jfml_policies.policy.nodes import Listing, Principals, Statement, Test, Text
from jfml_policies.policy.operators import parse_operator
from jfml_policies.record import record, replace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jfml_policies.access.search import State
    from jfml_policies.access.space import Box, Dimension, Space
    from jfml_policies.policy.nodes import Policy

__all__ = [
    "Alternatives",
    "Blocker",
    "Entry",
    "Part",
    "adding",
    "alternatives",
    "elements",
    "holds",
    "overlaps",
    "with_entries",
    "without",
]

#: Blockers looked at for one entry before it is taken to add something.
_STEPS_AN_ENTRY: Final = 2_000

#: A text of a list; with the type it stands under where it is a principal.
Entry: TypeAlias = "tuple[Text | None, Text]"
_Element = Literal["action", "not_action", "resource", "not_resource", "principal", "not_principal"]
_ELEMENTS: Final[dict[_Element, Dimension]] = {
    "action": ACTION,
    "not_action": ACTION,
    "resource": RESOURCE,
    "not_resource": RESOURCE,
    "principal": PRINCIPAL,
    "not_principal": PRINCIPAL,
}


@record
class Part:
    """A statement and the policy that decides how it is read."""

    statement: Statement
    policy: Policy


@record
class Blocker:
    """A box to stay out of, and the statement that it is."""

    box: Box
    part: Part


@record
class Alternatives:
    """One list of a statement.

    Attributes:
        part: the statement.
        dimension: what the list is about.
        element: the statement's element, or the test.
        entries: what is listed.
    """

    part: Part
    dimension: Dimension
    element: _Element | Test
    entries: tuple[Entry, ...]

    def box(self, space: Space, entries: Sequence[Entry]) -> Box:
        """What some of the entries say."""
        statement = with_entries(_nothing_but(self.part.statement, self.element), self.element, entries)
        (box,) = space.boxes(replace(self.part.policy, statements=(statement,)), "Allow")
        return box


def alternatives(part: Part, *, also_single: bool = False) -> list[Alternatives]:
    """The lists of a statement with several entries, or with one as well; lists of what is left out are none."""
    found = [one for one in elements(part) if _is_union(one.element)]
    return found if also_single else [one for one in found if len(one.entries) > 1]


def elements(part: Part) -> list[Alternatives]:
    """All that limits a statement: its elements and its tests, those too whose entries are no alternatives."""
    statement = part.statement
    found = [
        Alternatives(part, dimension, element, _entries(getattr(statement, element)))
        for element, dimension in _ELEMENTS.items()
        if getattr(statement, element) is not None
    ]
    return found + [
        Alternatives(part, test.key.value.lower(), test, tuple((None, text) for text in test.values))
        for test in statement.tests
    ]


def without(statement: Statement, element: _Element | Test) -> Statement:
    """The statement without one of its elements or tests."""
    if not isinstance(element, Test):
        return replace(statement, **{element: None})
    condition = statement.condition
    assert condition is not None
    return replace(
        statement,
        condition=replace(condition, tests=tuple([test for test in condition.tests if test is not element])),
    )


def with_entries(statement: Statement, element: _Element | Test, entries: Sequence[Entry]) -> Statement:
    """The statement with some entries alone in one of its lists."""
    texts = tuple([text for _, text in entries])
    if isinstance(element, Test):
        condition = statement.condition
        assert condition is not None
        tests = tuple([replace(test, values=texts) if test is element else test for test in condition.tests])
        return replace(statement, condition=replace(condition, tests=tests))
    value: Listing | Principals | None = getattr(statement, element)
    if isinstance(value, Listing):
        value = replace(value, values=texts)
    elif value is not None and value.text is None:
        kept = set(map(id, texts))
        groups = [
            replace(group, values=tuple([text for text in group.values if id(text) in kept])) for group in value.groups
        ]
        value = replace(value, groups=tuple([group for group in groups if group.values]))
    return replace(statement, **{element: value})


def overlaps(space: Space, state: State, box: Box) -> bool:
    """Whether some request may be in both."""
    try:
        return joined(space, state, box) is not None
    except BudgetExceededError:
        return True


def adding(space: Space, state: State, blockers: Sequence[Blocker], listed: Alternatives) -> tuple[Entry, ...]:
    """The entries that a request of a state outside all blockers may need; all of them when that is not decided.

    Args:
        space: what numbered the literals.
        state: holds the whole list already.
        blockers: those that overlap the state.
        listed: the list.
    """
    everything = listed.box(space, listed.entries)
    # Each entry is in the list, so the list as a whole tells nothing more about it.
    rest = dict(state)
    rest[listed.dimension] = rest.get(listed.dimension, frozenset()) - everything
    whole = [blocker for blocker in blockers if holds(space, rest, blocker.box, but=listed.dimension)]
    taken = {key for blocker in whole for key in _keys_of(blocker.part, listed)}
    unique = {_key(entry, listed): entry for entry in reversed(listed.entries)}
    waiting = [entry for key, entry in reversed(unique.items()) if key not in taken]
    search = _Search(space, rest, listed, [blocker.box for blocker in whole])
    return tuple(search.adding(waiting, [blocker.box for blocker in blockers])) or listed.entries


class _Search:
    """Halves a list until each part adds all of itself, or nothing."""

    def __init__(self, space: Space, state: State, listed: Alternatives, whole: Sequence[Box]) -> None:
        self._space = space
        self._state = state
        self._listed = listed
        self._whole = whole

    def adding(self, entries: Sequence[Entry], near: Sequence[Box]) -> list[Entry]:
        """Those of some entries that add something, outside the blockers near them."""
        if not entries:
            return []
        if self._is_open_elsewhere(near):
            return [entry for entry in entries if self._is_possible(entry)]
        if len(entries) == 1:
            return [*entries] if self._is_open(entries, near) else []
        middle = len(entries) // 2
        found: list[Entry] = []
        for half in (entries[:middle], entries[middle:]):
            box = self._listed.box(self._space, half)
            if not any(self._takes(blocker, box) for blocker in self._whole):
                found += self.adding(half, self._near(box, near))
        return found

    def _near(self, box: Box, blockers: Sequence[Box]) -> Sequence[Box]:
        try:
            state = joined(self._space, self._state, box)
        except BudgetExceededError:
            return blockers
        return [] if state is None else [blocker for blocker in blockers if overlaps(self._space, state, blocker)]

    def _is_open_elsewhere(self, blockers: Sequence[Box]) -> bool:
        """Whether some request stays out of the blockers whatever entry it has."""
        space, dimension = self._space, self._listed.dimension
        others = [frozenset([literal for literal in box if space.dimension(literal) != dimension]) for box in blockers]
        if not all(others):
            return False
        state = {other: box for other, box in self._state.items() if other != dimension}
        try:
            return next(iter(open_states(space, state, others, steps=_STEPS_AN_ENTRY)), None) is not None
        except BudgetExceededError:
            return False

    def _is_possible(self, entry: Entry) -> bool:
        """Whether a request of the state may have an entry."""
        if not self._state.get(self._listed.dimension) and _holds_something(entry, self._listed.dimension):
            return True
        return overlaps(self._space, self._state, self._listed.box(self._space, [entry]))

    def _is_open(self, entries: Sequence[Entry], blockers: Sequence[Box]) -> bool:
        try:
            state = joined(self._space, self._state, self._listed.box(self._space, entries))
            if state is None:
                return False
            return next(iter(open_states(self._space, state, blockers, steps=_STEPS_AN_ENTRY)), None) is not None
        except BudgetExceededError:
            return True

    def _takes(self, blocker: Box, box: Box) -> bool:
        """Whether a blocker that holds all but the list's dimension holds for all of some entries."""
        space, dimension = self._space, self._listed.dimension
        own = [literal for literal in blocker if space.dimension(literal) == dimension]
        known = self._state.get(dimension, frozenset()) | box
        try:
            return all(space.solve(dimension, known | {-literal}) is None for literal in own)
        except BudgetExceededError:
            return False


def _holds_something(entry: Entry, dimension: Dimension) -> bool:
    """Whether a look at an action or ARN is enough to know that requests may have it."""
    text = entry[1].value
    if dimension == ACTION:
        prefix, _, name = text.partition(":")
        return text == "*" or bool(prefix and name and ":" not in name)
    return dimension == RESOURCE and (text == "*" or text.count(":") >= 5)


def holds(space: Space, state: State, box: Box, *, but: Dimension | None = None) -> bool:
    """Whether every request of a state is in a box; with `but`, as far as other dimensions are concerned."""
    for literal in box:
        other = space.dimension(literal)
        if other == but:
            continue
        known = state.get(other, frozenset())
        try:
            if literal not in known and space.solve(other, known | {-literal}) is not None:
                return False
        except BudgetExceededError:
            return False
    return True


def _keys_of(part: Part, listed: Alternatives) -> list[tuple[str, str]]:
    """Entries of another statement that mean the same where they are written the same."""
    if isinstance(listed.element, Test):
        return []  # several tests on one key must all hold
    one, other = part.policy, listed.part.policy
    if (one.kind, one.has_variables) != (other.kind, other.has_variables):
        return []
    value = getattr(part.statement, listed.element)
    return [] if value is None else [_key(entry, listed) for entry in _entries(value)]


def _key(entry: Entry, listed: Alternatives) -> tuple[str, str]:
    type_, text = entry
    value = text.value.lower() if listed.dimension == ACTION else text.value
    return type_.value if type_ is not None else "", value


def _entries(element: Listing | Principals) -> tuple[Entry, ...]:
    if isinstance(element, Listing):
        return tuple((None, text) for text in element.values)
    if element.text is not None:
        return ((None, element.text),)
    return tuple((group.type, text) for group in element.groups for text in group.values)


def _nothing_but(statement: Statement, element: _Element | Test) -> Statement:
    """A statement with one element, or one test."""
    bare: dict[str, None] = dict.fromkeys(_ELEMENTS)
    effect = statement.effect and replace(statement.effect, value="Allow")
    if isinstance(element, Test):
        condition = statement.condition and replace(statement.condition, tests=(element,))
        return replace(statement, effect=effect, condition=condition, **bare)
    return replace(statement, **{**bare, "effect": effect, "condition": None, element: getattr(statement, element)})


def _is_union(element: _Element | Test) -> bool:
    """Whether an element or test holds exactly when it holds with one of its entries alone."""
    if not isinstance(element, Test):
        return not element.startswith("not_")
    operator = parse_operator(element.operator.value)
    if operator is None or operator.negated or operator.family == "Null":
        return False
    return operator.qualifier != "ForAllValues"
