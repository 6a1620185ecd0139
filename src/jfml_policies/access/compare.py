"""Two policies by meaning: what does the new one allow that the old one does not, and the other way round?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, final

from jfml_policies.access.difference import boxed, candidates
from jfml_policies.access.key_test import Invalid
from jfml_policies.access.notes import Note, notes
from jfml_policies.access.region_list import regions
from jfml_policies.access.space import Space
from jfml_policies.access.validity import invalid_reason
from jfml_policies.access.verdict import Searched, search
from jfml_policies.catalog import load
from jfml_policies.errors import BudgetExceededError
from jfml_policies.policy.read import as_policy
from jfml_policies.record import record, replace
from jfml_policies.text.path import path_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jfml_policies.access.difference import Boxed
    from jfml_policies.access.regions import Region
    from jfml_policies.access.request import Request
    from jfml_policies.findings import Path
    from jfml_policies.policy.nodes import Policy
    from jfml_policies.policy.read import Document

__all__ = ["Change", "Fault", "Relation", "compare", "compare_policies"]

Relation = Literal["equivalent", "narrower", "wider", "incomparable", "unknown"]


@final
class _Side:
    """What one policy allows and the other does not: one request settles the relation, the rest waits until asked."""

    __slots__ = ("_all", "_allowing", "_refusing", "_regions", "_space", "first")

    def __init__(self, space: Space, this: Boxed, other: Boxed, within: Sequence[Boxed] = ()) -> None:
        self._space = space
        self._allowing = [this, *within]
        self._refusing = [other]
        self.first = search(
            space, candidates(self._allowing, self._refusing), self._allowing, self._refusing, only_first=True
        )
        self._all: Searched | None = None if self.first.found else self.first
        self._regions: tuple[Region, ...] | None = None

    @property
    def all(self) -> Searched:
        """Every statement that allows more."""
        if self._all is None:
            allowing, refusing = self._allowing, self._refusing
            self._all = search(self._space, candidates(allowing, refusing), allowing, refusing)
        return self._all

    @property
    def regions(self) -> tuple[Region, ...]:
        """What they allow, in pieces."""
        if self._regions is None:
            # What was supposed of all requests is not said again of each piece.
            found = [
                replace(one, candidate=replace(one.candidate, allowing=one.candidate.allowing[:1]))
                for one in self.all.found
            ]
            self._regions = regions(self._space, found, self._allowing, self._refusing)
        return self._regions

    def notes(self) -> tuple[Note, ...]:
        """What to know of the change, of the side of the new policy."""
        return notes(self._space, self._refusing[0], self._allowing[0])


@record
class Fault:
    """Why a document means nothing.

    Attributes:
        side: which document.
        text: the first fault in it, one clause in lower case.
        path: the faulty element, or the statement that lacks one.
    """

    side: Literal["old", "new"]
    text: str
    path: Path

    def __str__(self) -> str:
        where = path_text(self.path)
        return (
            f"invalid {self.side} policy: {where}: {self.text}" if where else f"invalid {self.side} policy: {self.text}"
        )


@final
class Change:
    """How a new policy relates to an old one.

    Attributes:
        relation: of new relative to old: "equivalent", "narrower", "wider", "incomparable" or "unknown".
        faults: why a document means nothing, for each that AWS would refuse; `unknown` says the same in words.
    """

    __slots__ = ("_notes", "_reasons", "_sides", "faults", "relation")

    def __init__(
        self,
        relation: Relation,
        sides: tuple[_Side, _Side] | None,
        reasons: tuple[str, ...] = (),
        faults: tuple[Fault, ...] = (),
    ) -> None:
        self.relation: Relation = relation
        self.faults: tuple[Fault, ...] = faults
        self._sides = sides
        self._reasons = reasons
        self._notes: tuple[Note, ...] | None = None

    @classmethod
    def undecided(cls, reason: str) -> Change:
        """The answer for documents that cannot be compared."""
        return cls("unknown", None, (reason,))

    @classmethod
    def invalid(cls, faults: tuple[Fault, ...]) -> Change:
        """The answer where a document means nothing."""
        return cls("unknown", None, tuple(map(str, faults)), faults)

    @property
    def added(self) -> tuple[Region, ...]:
        """What new allows and old does not, in as few regions as are needed; worked out when asked for."""
        return self._sides[0].regions if self._sides else ()

    @property
    def removed(self) -> tuple[Region, ...]:
        """What old allows and new does not, in as few regions as are needed; worked out when asked for."""
        return self._sides[1].regions if self._sides else ()

    @property
    def witness_added(self) -> Request | None:
        """A request that new allows and old does not, confirmed by the evaluator; or None."""
        return self._sides[0].first.found[0].witness if self._sides and self._sides[0].first.found else None

    @property
    def witness_removed(self) -> Request | None:
        """A request that old allows and new does not, confirmed by the evaluator; or None."""
        return self._sides[1].first.found[0].witness if self._sides and self._sides[1].first.found else None

    @property
    def searched_added(self) -> Searched:
        """Where `added` was found, statement by statement, and why there might be more of it."""
        return self._sides[0].all if self._sides else Searched(unknown=self._reasons)

    @property
    def unknown(self) -> tuple[str, ...]:
        """Why there might be more to say; empty when the answer is complete."""
        if self._sides is None:
            return self._reasons
        return tuple(dict.fromkeys((*self._sides[0].all.unknown, *self._sides[1].all.unknown)))

    @property
    def notes(self) -> tuple[Note, ...]:
        """What sets of requests do not tell: statements without effect, grants that became direct, unknown actions."""
        if self._notes is None:
            self._notes = () if self._sides is None else (*self._sides[0].notes(), *self._about_actions())
        return self._notes

    def _about_actions(self) -> Iterator[Note]:
        for what, found in (("added", self.added), ("removed", self.removed)):
            if found and all(region.only_unknown_actions for region in found):
                text = f"all that is {what} are actions that the catalogue of {load().date} does not know"
                yield Note("only-unknown-actions", text)

    def __repr__(self) -> str:
        return f"Change({self.relation!r})"


def compare(old: Document, new: Document, *, kind: str | None = None, resource_type: str | None = None) -> Change:
    """How `new` relates to `old`: the sets of requests that each document alone allows.

    A document that AWS would refuse means nothing: the relation is then "unknown", with the reason.

    Args:
        old: a `Policy`, JSON text, a path (`pathlib.Path`) or plain Python values.
        new: likewise.
        kind: the kind of both; inferred from `new` when None.
        resource_type: for resource policies, as in `AWS::S3::Bucket`.

    Raises:
        UsageError, InputError, JsonSyntaxError: a document cannot be read.

    >>> old = '{"Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}}'
    >>> new = '{"Statement": {"Effect": "Allow", "Action": "s3:Get*", "Resource": "arn:aws:s3:::b/*"}}'
    >>> change = compare(old, new)
    >>> change.relation, change.added[0].actions, change.witness_removed
    ('wider', ('s3:Get*',), None)
    """
    after = as_policy(new, kind=kind, resource_type=resource_type)
    before = as_policy(old, kind=kind or after.kind, resource_type=resource_type)
    return compare_policies(before, after)


def compare_policies(old: Policy, new: Policy, *, within: Sequence[Policy] = ()) -> Change:
    """How `new` relates to `old`: the sets of requests that each document alone allows.

    Args:
        old: a policy.
        new: another.
        within: policies that allow the requests that count, all of them; every request counts without any.
    """
    faults = (*_faults("old", old), *_faults("new", new))
    if faults:
        return Change.invalid(faults)
    space = Space([old, new, *within])
    try:
        before, after, *inside = [boxed(space, policy) for policy in (old, new, *within)]
    except (Invalid, BudgetExceededError) as error:
        return Change.undecided(str(error))
    added, removed = _Side(space, after, before, inside), _Side(space, before, after, inside)
    return Change(_relation(added.first, removed.first), (added, removed))


def _faults(side: Literal["old", "new"], policy: Policy) -> tuple[Fault, ...]:
    reason = invalid_reason(policy)
    return () if reason is None else (Fault(side, *reason),)


def _relation(added: Searched, removed: Searched) -> Relation:
    more, less = bool(added.found), bool(removed.found)
    if more and less:
        return "incomparable"
    if (added.unknown and not more) or (removed.unknown and not less):
        return "unknown"
    if more:
        return "wider"
    return "narrower" if less else "equivalent"
