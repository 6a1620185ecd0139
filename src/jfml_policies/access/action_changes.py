"""Which actions two policies allow, action by action, exactly: an action counts when some request for it is allowed.

On actions that no statement of either policy tells apart, every statement holds for all of them or for none. So the
action drops out, and what is left of both policies is asked once for all such actions: do they allow anything, and does
one allow what the other does not?
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jfml_policies.access.actions import ActionNames
from jfml_policies.access.difference import Boxed, boxed, candidates
from jfml_policies.access.key_test import Invalid
from jfml_policies.access.space import Space
from jfml_policies.access.validity import invalid_reason
from jfml_policies.access.verdict import search
from jfml_policies.errors import BudgetExceededError, UndecidedError
from jfml_policies.record import record, replace

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jfml_policies.access.difference import Candidate
    from jfml_policies.access.space import Box
    from jfml_policies.policy.nodes import Policy, Statement

__all__ = ["ActionChange", "action_changes"]

#: Statements looked at for all questions together; AWS's own largest policies take some thousands.
_BUDGET: Final = 100_000
#: A statement about more names than this is one with wide wildcards, of which there are few kinds.
_WIDE: Final = 400


@record
class ActionChange:
    """What became of some actions; None where neither a proof nor a request was found.

    Attributes:
        actions: the actions, those of the catalogue and those that the policies write out.
        before: whether old allows some request for them.
        after: whether new does.
        gained: whether new allows a request for them that old does not.
        lost: whether old allows one that new does not.
    """

    actions: tuple[str, ...]
    before: bool | None
    after: bool | None
    gained: bool | None
    lost: bool | None


def action_changes(old: Policy, new: Policy) -> tuple[ActionChange, ...]:
    """What each of two policies allows, for all actions that some statement of them is about.

    Actions of which none of this can be told apart stand together. Left out are those that are allowed by neither.

    Args:
        old: a policy.
        new: another of the same kind.

    Raises:
        UndecidedError: AWS would refuse one of them, or they are too large.

    >>> from jfml_policies.policy.read import loads
    >>> old = loads('{"Statement": {"Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "arn:aws:sqs:*:*:a"}}')
    >>> new = loads('{"Statement": {"Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "*"}}')
    >>> action_changes(old, new)
    (ActionChange(actions=('sqs:SendMessage',), before=True, after=True, gained=True, lost=False),)
    """
    for policy in (old, new):
        reason = invalid_reason(policy)
        if reason is not None:
            raise UndecidedError(f"AWS would refuse a policy: {reason[0]}")
    return tuple(_Comparison(old, new).changes())


@record(eq=False)
class _Bare:
    """A statement that is about every action, and the names that the written one is about.

    Attributes:
        side: 0 for a statement of old, 1 for one of new.
        statement: the statement without its actions.
        mask: the names.
    """

    side: int
    statement: Statement
    mask: int


class _Comparison:
    """Two policies over one space."""

    def __init__(self, old: Policy, new: Policy) -> None:
        written = dict.fromkeys(
            value.value
            for policy in (old, new)
            for statement in policy.statements
            if statement.actions
            for value in statement.actions.values
        )
        self._names = ActionNames(written)
        masks = {name: self._names.mask((name,)) for name in written if self._names.has(name)}
        # Names that the policies write out and no catalogue knows.
        self._unlisted = {name: mask for name, mask in masks.items() if not self._names.is_known(mask)}
        self._policies = (old, new)
        self._bare = [
            self._without_actions(side, one) for side, policy in enumerate((old, new)) for one in policy.statements
        ]
        self._space = Space([self._made(side, self._bare) for side in (0, 1)])
        self._answers: dict[tuple[object, ...], tuple[bool | None, ...]] = {}
        self._budget = _BUDGET
        try:
            # All literals are numbered here, in the order of the policies.
            self._boxes = [boxed(self._space, self._made(one.side, [one])) for one in self._bare]
        except (Invalid, BudgetExceededError) as error:
            raise UndecidedError(str(error)) from None

    def changes(self) -> Iterator[ActionChange]:
        """The answers, each for the actions that share it."""
        alike: dict[tuple[bool | None, ...], int] = {}
        for mask, places in self._told_apart():
            answer = self._answer(self._boxed(0, places), self._boxed(1, places))
            if answer[:2] != (False, False):
                alike[answer] = alike.get(answer, 0) | mask
        for answer, mask in alike.items():
            names = [*self._names.names(mask), *[name for name, own in self._unlisted.items() if own & mask]]
            if names:
                yield ActionChange(tuple(sorted(names, key=str.lower)), *answer)

    def _without_actions(self, side: int, statement: Statement) -> _Bare:
        listing = statement.actions
        assert listing is not None, "a valid statement has actions"
        mask = self._names.mask([value.value for value in listing.values])
        if statement.action is None:
            mask = self._names.everything() & ~mask
        everything = replace(listing, name="Action", values=(replace(listing.values[0], value="*"),))
        return _Bare(side, replace(statement, action=everything, not_action=None), mask)

    def _made(self, side: int, some: Iterable[_Bare]) -> Policy:
        return replace(self._policies[side], statements=tuple([one.statement for one in some if one.side == side]))

    def _boxed(self, side: int, places: Iterable[int]) -> Boxed:
        """The statements at some places, as far as they are of a side."""
        allows: dict[Box, Statement] = {}
        denies: dict[Box, Statement] = {}
        own = [place for place in places if self._bare[place].side == side]
        for place in own:
            for found, boxes in ((allows, self._boxes[place].allows), (denies, self._boxes[place].denies)):
                for box, statement in boxes.items():
                    found.setdefault(box, statement)
        return Boxed(self._made(side, [self._bare[place] for place in own]), allows, denies)

    def _told_apart(self) -> list[tuple[int, tuple[int, ...]]]:
        """The smallest sets of names that some statement tells apart, each with the places of those about it."""
        by_mask: dict[int, list[int]] = {}
        for place, one in enumerate(self._bare):
            by_mask.setdefault(one.mask, []).append(place)
        wide: list[int] = []
        holders: dict[int, list[int]] = {}
        for mask, of_mask in by_mask.items():
            if mask.bit_count() > _WIDE:
                wide.append(mask)
                continue
            # Most statements are about few names; going through these is far quicker than through all sets so far.
            left = mask
            while left:
                number = left.bit_length() - 1
                holders.setdefault(number, []).extend(of_mask)
                left ^= 1 << number
        pieces: dict[tuple[int, ...], int] = {(): self._names.everything()}
        for number, places in holders.items():
            key = tuple(places)
            pieces[key] = pieces.get(key, 0) | 1 << number
            pieces[()] ^= 1 << number
        for mask in wide:
            more = tuple(by_mask[mask])
            pieces = {
                places: part
                for before, piece in pieces.items()
                for places, part in ((before + more, piece & mask), (before, piece & ~mask))
                if part
            }
        return [(piece, tuple(sorted(places))) for places, piece in pieces.items() if places]

    def _answer(self, old: Boxed, new: Boxed) -> tuple[bool | None, ...]:
        boxes = [frozenset(some) for one in (old, new) for some in (one.allows, one.denies)]
        question = tuple(boxes)
        found = self._answers.get(question)
        if found is None:
            before, after = self._meets(old), self._meets(new)
            if boxes[:2] == boxes[2:]:
                found = (before, after, False, False)
            else:
                gained = after if before is False or not after else self._meets(new, old)
                lost = before if after is False or not before else self._meets(old, new)
                found = (before, after, gained, lost)
            self._answers[question] = found
        return found

    def _meets(self, allowing: Boxed, *refusing: Boxed) -> bool | None:
        """Whether one policy allows a request that the other, if any, does not."""
        try:
            some = self._counted(candidates([allowing], refusing), len(allowing.denies) + 1)
            searched = search(self._space, some, [allowing], refusing, only_first=True)
        except BudgetExceededError:
            return None
        return True if searched.found else None if searched.unknown else False

    def _counted(self, some: Iterator[Candidate], weight: int) -> Iterator[Candidate]:
        for one in some:
            self._budget -= weight
            if self._budget < 0:
                raise BudgetExceededError("the policies are too large for a picture of every action")
            yield one
