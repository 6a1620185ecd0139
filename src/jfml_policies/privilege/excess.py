"""Excess and shortage: what granted policies allow beyond a need, and what the need lacks of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jfml_policies.access.compare import compare_policies
from jfml_policies.access.validity import invalid_reason
from jfml_policies.errors import UndecidedError, UsageError
from jfml_policies.patterns.glob import Glob, intersects
from jfml_policies.policy.read import as_policies
from jfml_policies.privilege.risk import Risk, risk_of
from jfml_policies.record import record, replace

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from jfml_policies.access.regions import Region
    from jfml_policies.findings import Path
    from jfml_policies.policy.nodes import Policy, Statement
    from jfml_policies.policy.read import Document

__all__ = ["Difference", "Gap", "Source", "gap"]


@record
class Source:
    """A statement of one of several documents.

    Attributes:
        document: which document, counted from 0 among those of its side.
        statement: the statement there.
    """

    document: int
    statement: Statement


@record
class Difference:
    """A piece of access that one side has and the other has not.

    Attributes:
        region: the access, with a request that proves it; its path is that in its own document.
        source: the statement that it comes from.
        deny: the Deny that makes the difference, of the other side, or None.
        risk: how much it matters.
        strangers: those of the region's actions that no Allow of the other side has to do with.
    """

    region: Region
    source: Source
    deny: Source | None
    risk: Risk
    strangers: tuple[str, ...]


@record
class Gap:
    """How what is granted relates to what is needed.

    Attributes:
        excess: granted and not needed, what matters most first.
        shortage: needed and not granted, likewise.
        unknown: why there might be more; empty when both are complete.
    """

    excess: tuple[Difference, ...]
    shortage: tuple[Difference, ...]
    unknown: tuple[str, ...] = ()

    @property
    def is_exact(self) -> bool:
        """Whether it is proved that exactly what is needed is granted."""
        return not (self.excess or self.shortage or self.unknown)


def gap(
    granted: Document | Iterable[Document],
    needed: Document | Iterable[Document],
    *,
    at_least: Document | Iterable[Document] | None = None,
    kind: str | None = None,
) -> Gap:
    """What some policies of one principal allow together beyond what is needed, and what they lack.

    The documents of a side count together, as those of a principal do: any of them may allow, any of them may deny.

    Args:
        granted: the policies that are attached, one or several.
        needed: one or several that allow exactly what is needed.
        at_least: where the need is not known that exactly: one or several that allow what is sure to be needed, by
            which shortage is told; `needed` then allows all that may be.
        kind: the kind of all; told from their content when None.

    Raises:
        UsageError: a side has no document, or the documents are of different kinds.
        InputError, JsonSyntaxError: a document cannot be read.
        UndecidedError: AWS would refuse a document, or versions of the policy language meet that can't be joined.

    >>> both = '{"Statement": {"Effect": "Allow", "Action": ["s3:GetObject", "s3:PutObject"], "Resource": "*"}}'
    >>> read = '{"Statement": {"Effect": "Allow", "Action": ["s3:GetObject", "s3:ListBucket"], "Resource": "*"}}'
    >>> found = gap(both, [read])
    >>> found.excess[0].region.actions, found.shortage[0].region.actions
    (('s3:PutObject',), ('s3:ListBucket',))
    """
    sides = []
    for what, documents in (("granted", granted), ("needed", needed), ("needed", at_least)):
        if documents is None:
            continue
        policies = as_policies(documents, kind=kind)
        if not policies:
            raise UsageError(f"there is no {what} policy")
        sides.append(policies)
    kinds = sorted({policy.kind for side in sides for policy in side})
    if len(kinds) > 1:
        raise UsageError(
            f"the policies are of different kinds: {', '.join(kinds)}", hint="name the kind to read all of them as"
        )
    has, needs, *least = map(_joined, sides)
    change = compare_policies(needs.policy, has.policy)
    excess = _differences(change.added, has, needs)
    if not least:
        return Gap(excess, _differences(change.removed, needs, has), change.unknown)
    other = compare_policies(least[0].policy, has.policy)
    unknown = tuple(dict.fromkeys((*change.unknown, *other.unknown)))
    return Gap(excess, _differences(other.removed, least[0], has), unknown)


@record
class _Joined:
    """Several documents as one, and where its statements come from."""

    policy: Policy
    sources: dict[Path, Source]


def _joined(policies: Sequence[Policy]) -> _Joined:
    for policy in policies:
        reason = invalid_reason(policy)
        if reason is not None:
            raise UndecidedError(f"a policy is invalid: {reason[0]}")
    base = next((policy for policy in policies if policy.has_variables), policies[0])
    for policy in policies:
        # In older versions of the language `${` is plain text, and one document has one version.
        if policy.has_variables != base.has_variables and "${" in repr(policy.statements):
            raise UndecidedError("policies of version 2012-10-17 and older ones that hold `${` can't be joined")
    sources: dict[Path, Source] = {}
    statements: list[Statement] = []
    for number, policy in enumerate(policies):
        for statement in policy.statements:
            path: Path = ("Statement", len(statements))
            sources[path] = Source(number, statement)
            statements.append(replace(statement, path=path))
    return _Joined(replace(base, statements=tuple(statements)), sources)


def _differences(regions: Sequence[Region], side: _Joined, other: _Joined) -> tuple[Difference, ...]:
    found: list[tuple[tuple[int, ...], Difference]] = []
    known = _allowed_actions(other.policy)
    for place, region in enumerate(regions):
        source = side.sources[region.path]
        deny = None if region.denied_at is None else other.sources[region.denied_at]
        own = replace(region, path=source.statement.path, denied_at=None if deny is None else deny.statement.path)
        risk = risk_of(own)
        strangers = () if known is None else tuple([one for one in own.actions if not _meets_any(one, known)])
        found.append(((*risk.order, place), Difference(own, source, deny, risk, strangers)))
    return tuple([difference for _, difference in sorted(found, key=lambda one: one[0])])


def _allowed_actions(policy: Policy) -> tuple[Glob, ...] | None:
    """The action patterns of a policy's Allows; None where one of them is a negation."""
    patterns: dict[str, None] = {}
    for statement in policy.statements:
        if statement.allows:
            if statement.action is None:
                return None
            patterns |= dict.fromkeys(value.value for value in statement.action.values)
    return tuple([Glob.parse(pattern, fold_case=True) for pattern in patterns])


def _meets_any(action: str, patterns: Sequence[Glob]) -> bool:
    one = Glob.parse(action, fold_case=True)
    try:
        return any(intersects(one, pattern) for pattern in patterns)
    except UndecidedError:
        return True
