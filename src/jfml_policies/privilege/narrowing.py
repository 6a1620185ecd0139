"""A piece of access by those of its actions alone that make it: of two actions on a bucket, one may be needed in full.

A region is an upper bound with exceptions, and exceptions may take all of an action away, or all that can be called.
Each action is asked about by itself, as far as they are few; whatever is not proved away stays.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jfml_policies.access.compare import compare_policies
from jfml_policies.policy.parse import parse_document
from jfml_policies.privilege.requestable import known_actions, requests_of
from jfml_policies.record import replace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jfml_policies.access.regions import Region
    from jfml_policies.access.request import Request
    from jfml_policies.findings import Path
    from jfml_policies.policy.nodes import Policy

__all__ = ["narrowed"]

#: Actions that are asked about, each of which costs a comparison, times statements that are compared.
_MOST_WORK: Final = 600


def narrowed(regions: Sequence[Region], old: Policy, new: Policy, within: Sequence[Policy] = ()) -> list[Region]:
    """Regions of what `new` allows and `old` does not, without actions of which each possible call is in both.

    Args:
        regions: as `compare_policies(old, new, within=within).added` has them.
        old: a policy.
        new: another.
        within: policies that allow the requests that count.
    """
    places = [place for place, region in enumerate(regions) if _is_mixed(region)]
    patterns = dict.fromkeys(pattern for place in places for pattern in regions[place].actions)
    found = list(regions)
    if len(patterns) * (len(old.statements) + len(new.statements)) > _MOST_WORK:
        return found
    proofs = {pattern: _proofs(pattern, regions[places[0]], old, new, within) for pattern in patterns}
    for place in places:
        region = regions[place]
        kept = tuple([one for one in region.actions if (proof := proofs[one]) is None or region.path in proof])
        calls = [proof[region.path] for one in kept if (proof := proofs[one]) is not None]
        if calls and len(kept) < len(region.actions):
            found[place] = _of_actions(region, kept, calls[0], old, new, within)
    return found


def _is_mixed(region: Region) -> bool:
    """Whether a region may hold actions that do not make it; one that a Deny makes is told in pieces."""
    return len(region.actions) > 1 and bool(region.exceptions) and not region.except_actions and not region.denied_at


def _proofs(
    pattern: str, region: Region, old: Policy, new: Policy, within: Sequence[Policy]
) -> dict[Path, Request] | None:
    """A possible call of some actions that `new` alone allows, by its statement; None where not all are known."""
    one = replace(region, actions=(pattern,))
    if not known_actions(one):
        return None
    searched = compare_policies(old, new, within=[*within, requests_of([one])]).searched_added
    if searched.unknown:
        return None
    return {found.candidate.allowing[0].path: found.witness for found in searched.found}


def _of_actions(
    region: Region, kept: tuple[str, ...], call: Request, old: Policy, new: Policy, within: Sequence[Policy]
) -> Region:
    """A region with these of its actions, in words for them, and a call of one of them as its proof."""
    statement = {"Effect": "Allow", "Action": list(kept), "Resource": "*"}
    only = parse_document({"Version": "2012-10-17", "Statement": statement}, kind="identity")
    change = compare_policies(old, new, within=[*within, only])
    same = [one for one in change.added if one.path == region.path and one.denied_at is None]
    told = same[0] if len(same) == 1 else region
    return replace(region, actions=kept, exceptions=told.exceptions, access_levels=told.access_levels, witness=call)
