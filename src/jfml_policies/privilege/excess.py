"""Excess and shortage: what granted policies allow beyond a need, and what the need lacks of them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from jfml_policies.access.access import Access
from jfml_policies.access.compare import compare_policies
from jfml_policies.catalog import load
from jfml_policies.errors import UndecidedError, UsageError
from jfml_policies.patterns.glob import Glob, intersects
from jfml_policies.privilege.assumption import policy_of
from jfml_policies.privilege.joined import Source
from jfml_policies.privilege.narrowing import narrowed
from jfml_policies.privilege.requestable import can_be_made, possible_actions, requests_of
from jfml_policies.privilege.risk import Risk, risk_of
from jfml_policies.privilege.sides import read_side
from jfml_policies.record import record, replace

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from jfml_policies.access.regions import Region
    from jfml_policies.access.request import Request
    from jfml_policies.findings import Path
    from jfml_policies.policy.nodes import Policy
    from jfml_policies.privilege.joined import Joined
    from jfml_policies.privilege.sides import Side

__all__ = ["Difference", "Gap", "Source", "gap"]


@record
class Difference:
    """A piece of access that one side has and the other has not.

    Attributes:
        region: the access, with a request that proves it; its path is that in its own document.
        source: the statement that it comes from; None where a side is a set of requests that no documents spell out.
        deny: the Deny that makes the difference, of the other side, or None.
        risk: how much it matters.
        strangers: those of the region's actions that no Allow of the other side has to do with.
    """

    region: Region
    source: Source | None
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
        idle_excess: granted and not needed, too, but of no effect: AWS asks for none of the actions on any of the
            resources, as for a bucket's actions on an object.
        idle_shortage: needed and not granted, likewise of no effect.
    """

    excess: tuple[Difference, ...]
    shortage: tuple[Difference, ...]
    unknown: tuple[str, ...] = ()
    idle_excess: tuple[Difference, ...] = ()
    idle_shortage: tuple[Difference, ...] = ()

    @property
    def is_exact(self) -> bool:
        """Whether it is proved that exactly what is needed is granted, of all requests that can be made."""
        return not (self.excess or self.shortage or self.unknown)


def gap(
    granted: Side | Iterable[Side],
    needed: Side | Iterable[Side],
    *,
    at_least: Side | Iterable[Side] | None = None,
    kind: str | None = None,
    assuming: Mapping[str, str | Sequence[str]] | None = None,
) -> Gap:
    """What some policies of one principal allow together beyond what is needed, and what they lack.

    The documents of a side count together, as those of a principal do: any of them may allow, any of them may deny.
    Sets of requests among them are what they are: no Deny of another document takes anything away from them.

    Args:
        granted: the policies that are attached, one or several; tasks and sets of requests (`Access`) as well.
        needed: what allows exactly what is needed, one or several, likewise.
        at_least: where the need is not known that exactly: what allows what is sure to be needed, by
            which shortage is told; `needed` then allows all that may be.
        kind: the kind of all; told from their content when None.
        assuming: values by condition key, or lists of them, that all requests have; others are not compared.

    Raises:
        UsageError: a side has no document, the documents are of different kinds, or no request is as assumed.
        InputError, JsonSyntaxError: a document cannot be read.
        UndecidedError: AWS would refuse a document, or versions of the policy language meet that can't be joined.

    >>> both = '{"Statement": {"Effect": "Allow", "Action": ["s3:GetObject", "s3:PutObject"], "Resource": "*"}}'
    >>> read = '{"Statement": {"Effect": "Allow", "Action": ["s3:GetObject", "s3:ListBucket"], "Resource": "*"}}'
    >>> found = gap(both, [read])
    >>> found.excess[0].region.actions, found.shortage[0].region.actions
    (('s3:PutObject',), ('s3:ListBucket',))
    """
    within = [policy_of(assuming)] if assuming else []
    has = read_side(granted, "granted", kind=kind)
    needs = read_side(needed, "needed", kind=kind)
    least = needs if at_least is None else read_side(at_least, "needed", kind=kind)
    kinds = sorted({*has.kinds, *needs.kinds, *least.kinds})
    if len(kinds) > 1:
        raise UsageError(
            f"the policies are of different kinds: {', '.join(kinds)}", hint="name the kind to read all of them as"
        )
    if has.joined is None or needs.joined is None or least.joined is None:
        return _gap_of_sets(has.access() - needs.access(), least.access() - has.access(), within)
    one, two, three = has.joined, needs.joined, least.joined
    change = compare_policies(two.policy, one.policy, within=within)
    other = change if least is needs else compare_policies(three.policy, one.policy, within=within)
    excess, idle_excess = _differences(change.added, one, two, within)
    shortage, idle_shortage = _differences(other.removed, three, one, within)
    unknown = tuple(dict.fromkeys((*change.unknown, *other.unknown)))
    return Gap(excess, shortage, unknown, idle_excess, idle_shortage)


def _gap_of_sets(more: Access, less: Access, within: Sequence[Policy]) -> Gap:
    sides = []
    unknown: dict[str, None] = {}
    for difference in (more, less):
        for policy in within:
            difference = difference & Access.of(policy)
        regions, reasons = difference.known_regions()
        unknown |= dict.fromkeys(reasons)
        counted = [_counted(region) for region in regions]
        sides.append(_sorted(Difference(region, None, None, risk_of(region), ()) for region in counted))
    return Gap(sides[0], sides[1], tuple(unknown))


def _differences(
    regions: Sequence[Region], side: Joined, other: Joined, within: Sequence[Policy]
) -> tuple[tuple[Difference, ...], tuple[Difference, ...]]:
    """What one side has and the other has not, the riskiest first, and what of it no call can be made for."""
    found: list[Difference] = []
    idle: list[Difference] = []
    known = _allowed_actions(other.policy)
    looked_at = _looked_at(regions, side, other, within)
    for place, region in enumerate(narrowed(regions, other.policy, side.policy, within)):
        source = side.sources[region.path]
        deny = None if region.denied_at is None else other.sources[region.denied_at]
        own = replace(region, path=source.statement.path, denied_at=None if deny is None else deny.statement.path)
        call = looked_at.get(place, own.witness)
        if call is not None:
            own = _counted(replace(own, witness=call if region is regions[place] else region.witness))
        strangers = () if known is None else tuple([one for one in own.actions if not _meets_any(one, known)])
        (idle if call is None else found).append(Difference(own, source, deny, risk_of(own), strangers))
    return _sorted(found), _sorted(idle)


def _sorted(differences: Iterable[Difference]) -> tuple[Difference, ...]:
    return tuple(sorted(differences, key=lambda one: one.risk.order))


def _looked_at(
    regions: Sequence[Region], side: Joined, other: Joined, within: Sequence[Policy]
) -> dict[int, Request | None]:
    """For regions whose witness is no possible call, by place: one that is; None where it is proved that none is."""
    doubtful = {place: region for place, region in enumerate(regions) if not can_be_made(region)}
    if not doubtful:
        return {}
    inside = [*within, requests_of(doubtful.values())]
    possible = compare_policies(other.policy, side.policy, within=inside).searched_added
    if possible.unknown:
        return {}
    calls: dict[Path, Request] = {}
    lifted: set[Path] = set()
    for found in possible.found:
        lifted |= {deny.path for deny in found.candidate.lifting}
        if not found.candidate.lifting:
            calls.setdefault(found.candidate.allowing[0].path, found.witness)
    # What a Deny makes is told in pieces, so that a call which was found need not be in this one.
    return {
        place: calls.get(region.path)
        if region.denied_at is None
        else (region.witness if region.denied_at in lifted else None)
        for place, region in doubtful.items()
    }


def _counted(region: Region) -> Region:
    """A region with those of its actions counted alone that can be asked for on its resources."""
    names = possible_actions(region)
    if names is None:
        return region
    catalog = load()
    possible = Counter(action.access_level for name in names if (action := catalog.action(name)) is not None)
    levels = [(level, min(count, possible[level])) for level, count in region.access_levels if possible[level]]
    return replace(region, access_levels=tuple(sorted(levels, key=lambda one: (-one[1], one[0]))))


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
