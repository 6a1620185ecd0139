"""Two policies by meaning: what does the new one allow that the old one does not, and the other way round?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, final

from jfml_policies.access.difference import boxed, candidates
from jfml_policies.access.key_test import Invalid
from jfml_policies.access.regions import describe
from jfml_policies.access.space import Space
from jfml_policies.access.validity import invalid_reason
from jfml_policies.access.verdict import Searched, search
from jfml_policies.errors import BudgetExceededError
from jfml_policies.policy.read import as_policy

if TYPE_CHECKING:
    from jfml_policies.access.difference import Boxed
    from jfml_policies.access.regions import Region
    from jfml_policies.access.request import Request
    from jfml_policies.policy.nodes import Policy
    from jfml_policies.policy.read import Document

__all__ = ["Change", "Relation", "compare", "compare_policies"]

Relation = Literal["equivalent", "narrower", "wider", "incomparable", "unknown"]


@final
class Change:
    """How a new policy relates to an old one.

    Attributes:
        relation: of new relative to old: "equivalent", "narrower", "wider", "incomparable" or "unknown".
        unknown: why the answer is not complete; empty when it is.
        notes: what a reviewer should know beside the sets of requests.
    """

    __slots__ = ("_added", "_regions", "_removed", "_space", "notes", "relation", "unknown")

    def __init__(
        self, relation: Relation, added: Searched, removed: Searched, space: Space | None, notes: tuple[str, ...] = ()
    ) -> None:
        self.relation: Relation = relation
        self.unknown: tuple[str, ...] = tuple(dict.fromkeys((*added.unknown, *removed.unknown)))
        self.notes: tuple[str, ...] = notes
        self._added = added
        self._removed = removed
        self._space = space
        self._regions: dict[str, tuple[Region, ...]] = {}

    @property
    def added(self) -> tuple[Region, ...]:
        """What new allows and old does not, a region a statement; worked out when asked for."""
        return self._described("added", self._added)

    @property
    def removed(self) -> tuple[Region, ...]:
        """What old allows and new does not, a region a statement; worked out when asked for."""
        return self._described("removed", self._removed)

    @property
    def witness_added(self) -> Request | None:
        """A request that new allows and old does not, confirmed by the evaluator; or None."""
        return self._added.found[0].witness if self._added.found else None

    @property
    def witness_removed(self) -> Request | None:
        """A request that old allows and new does not, confirmed by the evaluator; or None."""
        return self._removed.found[0].witness if self._removed.found else None

    def __repr__(self) -> str:
        return f"Change({self.relation!r})"

    def _described(self, name: str, side: Searched) -> tuple[Region, ...]:
        if name not in self._regions:
            space = self._space
            self._regions[name] = () if space is None else tuple([describe(space, found) for found in side.found])
        return self._regions[name]


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


def compare_policies(old: Policy, new: Policy) -> Change:
    """How `new` relates to `old`: the sets of requests that each document alone allows."""
    for name, policy in (("old", old), ("new", new)):
        reason = invalid_reason(policy)
        if reason is not None:
            return _unknown(f"invalid {name} policy: {reason[0]}")
    space = Space([old, new])
    try:
        before, after = boxed(space, old), boxed(space, new)
    except (Invalid, BudgetExceededError) as error:
        return _unknown(str(error))
    added, removed = _minus(space, after, before), _minus(space, before, after)
    return Change(_relation(added, removed), added, removed, space)


def _minus(space: Space, this: Boxed, other: Boxed) -> Searched:
    return search(space, candidates([this], [other]), [this], [other])


def _unknown(reason: str) -> Change:
    side = Searched(unknown=(reason,))
    return Change("unknown", side, side, None)


def _relation(added: Searched, removed: Searched) -> Relation:
    more, less = bool(added.found), bool(removed.found)
    if more and less:
        return "incomparable"
    if (added.unknown and not more) or (removed.unknown and not less):
        return "unknown"
    if more:
        return "wider"
    return "narrower" if less else "equivalent"
