"""The statements of one policy as boxes of the access algebra, and one question about them: is a difference empty?

"Yes" is a proof (docs/soundness.md). Whatever is not proved within a budget of steps is answered with "no", on which
a rule stays silent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jfml_policies.access.difference import boxed
from jfml_policies.access.key_test import Invalid, KeyTest
from jfml_policies.access.principal_match import named_principals
from jfml_policies.access.search import joined, open_states
from jfml_policies.access.space import ACTION, PRINCIPAL, RESOURCE, Space
from jfml_policies.access.validity import invalid_reason
from jfml_policies.access.value_sets import Addresses, Line, Texts
from jfml_policies.errors import BudgetExceededError
from jfml_policies.record import replace

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Sequence

    from jfml_policies.access.space import Box, Dimension
    from jfml_policies.policy.nodes import Policy, Principals, Statement

__all__ = ["ACTION", "RESOURCE", "StatementBoxes"]

#: What the questions about one policy may cost together: one for each box that is looked at, more for large boxes.
_STEPS: Final = 4_000
#: A search may look at each box so often before it gives up.
_LOOKS: Final = 10
#: Patterns and values that two boxes may hold together at the cost of one.
_LIGHT: Final = 24
#: Questions that may run out of time; then the policy is too hard.
_FAILURES: Final = 5
#: What stands for all who are not named one by one; an element with Not and one that is missing are such.
_UNNAMED: Final = ("unnamed",)


class StatementBoxes:
    """The statements of a policy, by position."""

    __slots__ = ("_boxes", "_failures", "_is_unread", "_left", "_parts", "_policy", "space")

    def __init__(self, policy: Policy, space: Space | None = None) -> None:
        self._policy = policy
        self.space: Space = space or Space([policy])
        self._boxes: dict[int, Box | None] = {}
        self._parts: dict[int, dict[Hashable, Box]] = {}
        self._left = _STEPS
        self._failures = _FAILURES
        self._is_unread = False

    @classmethod
    def of(cls, policy: Policy) -> StatementBoxes | None:
        """The statements of a policy; None where AWS would refuse the document."""
        return cls(policy) if invalid_reason(policy) is None else None

    def box(self, place: int) -> Box | None:
        """The box of a statement; None when nothing can match the statement, or it can't be read."""
        if place not in self._boxes:
            self._boxes[place] = self.box_of(self._policy.statements[place])
        return self._boxes[place]

    def is_dead(self, statement: Statement) -> bool:
        """Whether it is proved that nothing matches a statement, or one like it with something left out."""
        return self.box_of(statement) is None and not self._is_unread

    def box_of(self, statement: Statement) -> Box | None:
        """The box of a statement that is one of the policy's with something left out; None as in `box`."""
        self._is_unread = False
        try:
            found = boxed(self.space, replace(self._policy, statements=(statement,)))
        except (Invalid, BudgetExceededError):
            self._is_unread = True
            return None
        box = next(iter((*found.allows, *found.denies)), None)
        try:
            return None if box is None or joined(self.space, {}, box) is None else box
        except BudgetExceededError:
            return box  # not known to be dead

    def parts(self, place: int) -> dict[Hashable, Box]:
        """The box of a statement for each principal that it names; one part when it names none.

        Naming an account, a role or everybody grants in different ways (IAM User Guide, "AWS JSON policy elements:
        Principal"), so a grant is covered only by one to the same principal, although the sets of requests say more.
        """
        found = self._parts.get(place)
        if found is None:
            found = self._parts[place] = dict(self._each_part(self._policy.statements[place]))
        return found

    def _each_part(self, statement: Statement) -> Iterator[tuple[Hashable, Box]]:
        for principals in _one_by_one(statement.principal):
            box = self.box_of(statement if principals is None else replace(statement, principal=principals))
            if box is not None:
                yield _named(statement if principals is None else replace(statement, principal=principals)), box

    def names(self, place: int, part: Hashable) -> bool:
        """Whether a statement is about the principal of a part, named in the same way; a Deny to all is, too."""
        statement = self._policy.statements[place]
        if part in self.parts(place):
            return True
        return statement.denies and statement.not_principal is None and ("everyone",) in self.parts(place)

    def apart(self) -> StatementBoxes:
        """The same statements, for somebody who makes their lists shorter; what the space knows is shared."""
        return StatementBoxes(self._policy, self.space)

    def shrink(self, place: int, dimension: Dimension, entries: Sequence[str]) -> None:
        """From now on a statement is looked at as if its actions or resources were these."""
        box = self.box(place)
        if box is not None:
            parts = {part: self.narrowed(one, dimension, entries) for part, one in self.parts(place).items()}
            self._boxes[place] = self.narrowed(box, dimension, entries)
            self._parts[place] = parts

    def narrowed(self, box: Box, dimension: Dimension, entries: Sequence[str]) -> Box:
        """A box with other entries in the place of its actions or resources."""
        literal = self.space.entries_literal(dimension, entries, self._policy)
        return frozenset({one for one in box if self.space.dimension(one) != dimension} | {literal})

    def is_covered(self, box: Box, others: Sequence[Box]) -> bool:
        """Whether every request of a box is proved to lie in one of the others."""
        if any(other <= box for other in others):
            return True
        weight = self._weight(box)
        self._left -= 1 + sum(1 + ((weight + self._weight(other)) // _LIGHT) ** 2 for other in others)
        if self._left < 0 or self._failures <= 0:
            return False
        try:
            state = joined(self.space, {}, box)
            if state is None:
                return True
            steps = _LOOKS * (len(others) + 1)
            return next(open_states(self.space, state, others, steps=steps), None) is None
        except BudgetExceededError:
            self._failures -= 1
            return False

    def _weight(self, box: Box) -> int:
        """How many patterns and values a box holds; actions that are written out cost nothing."""
        weight = 0
        for literal in box:
            if self.space.dimension(literal) == PRINCIPAL:
                continue  # a mask
            content = self.space.content(literal)
            values = content.values if isinstance(content, KeyTest) else content
            if isinstance(values, Texts):
                some = values.patterns if self.space.dimension(literal) == ACTION else values.globs
                weight += len(some) + len(values.unsettled) + len(values.letters)
            elif isinstance(values, Addresses):
                weight += len(values.networks)
            elif isinstance(values, Line):
                weight += len(values.points)
        return weight

    def needed(self, box: Box, others: dict[int, Box]) -> tuple[int, ...] | None:
        """The positions of others that cover a box together, without those that are not needed; None if they don't."""
        if not self.is_covered(box, tuple(others.values())):
            return None
        kept = dict(others)
        # Among equal ones the first stays.
        for place in sorted(others, reverse=True):
            fewer = {other: one for other, one in kept.items() if other != place}
            if self.is_covered(box, tuple(fewer.values())):
                kept = fewer
        return tuple(sorted(kept))


def _one_by_one(principals: Principals | None) -> Iterator[Principals | None]:
    if principals is None or principals.text is not None:
        yield None
        return
    for group in principals.groups:
        for value in group.values:
            yield replace(principals, groups=(replace(group, values=(value,)),))


def _named(statement: Statement) -> Hashable:
    """What a statement that names at most one principal names, in whatever spelling."""
    if statement.not_principal is not None:
        return frozenset(principal.meaning for principal in named_principals(statement.not_principal))
    if statement.principal is None:
        return _UNNAMED
    return next(principal.meaning for principal in named_principals(statement.principal))
