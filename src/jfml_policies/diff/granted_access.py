"""Does a policy grant any of some actions on any of some resources? What AWS calls CheckAccessNotGranted.

Source: IAM Access Analyzer API Reference, "CheckAccessNotGranted".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jfml_policies.diff.outcome import Outcome, outcome_of
from jfml_policies.errors import UndecidedError, UsageError
from jfml_policies.patterns.glob import Glob, intersects, is_subset
from jfml_policies.policy.kinds import KINDS
from jfml_policies.policy.parse import parse_document
from jfml_policies.privilege.overlap import overlap
from jfml_policies.record import replace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jfml_policies.access.regions import Region
    from jfml_policies.diff.remarks import Remark
    from jfml_policies.policy.nodes import Policy

__all__ = ["not_granted"]


def not_granted(policy: Policy, *, actions: Sequence[str] = (), resources: Sequence[str] = ()) -> Outcome:
    """Whether a policy grants none of some actions on none of some resources; it fails where it does.

    Args:
        policy: the policy in question.
        actions: action patterns; every action when left out.
        resources: ARN patterns; every resource when left out.

    Raises:
        UsageError: neither actions nor resources are named, one of them can't be what it should be, or resources are
            named for a kind of policy that has none.

    >>> from jfml_policies.policy.read import loads
    >>> policy = loads('{"Statement": {"Effect": "Allow", "Action": "s3:Get*", "Resource": "*"}}')
    >>> not_granted(policy, actions=["s3:DeleteObject"]).verdict
    'pass'
    >>> not_granted(policy, actions=["s3:*Acl"]).regions[0].actions
    ('s3:Get*',)
    """
    if not actions and not resources:
        raise UsageError("neither an action nor a resource is named", hint="name what must not be granted")
    for action in actions:
        prefix, colon, name = action.partition(":")
        if action != "*" and not (prefix and colon and name):
            raise UsageError(f"`{action}` is no action", hint="an action looks like s3:DeleteObject or s3:Delete*")
    for resource in resources:
        if resource != "*" and (not resource.startswith("arn:") or resource.count(":") < 5):
            raise UsageError(f"`{resource}` is no ARN", hint="an ARN looks like arn:aws:s3:::bucket/key")
    if resources and KINDS[policy.kind].resource == "forbidden":
        raise UsageError(f"a {KINDS[policy.kind].title} has no resources")
    # One document for each action, so that a region names those actions alone that are granted.
    found: dict[tuple[object, ...], tuple[Region, list[str]]] = {}
    unknown: dict[Remark, None] = {}
    for action in dict.fromkeys(actions) or ("*",):
        outcome = outcome_of(policy, overlap(policy, _allowing(policy, action, resources)))
        unknown |= dict.fromkeys(outcome.unknown)
        for region in outcome.regions:
            found.setdefault(region.path, (region, []))[1].append(action)
    regions = [_narrowed(region, asked, resources) for region, asked in found.values()]
    return Outcome(tuple(sorted(regions, key=lambda region: repr(region.path))), tuple(unknown))


def _allowing(policy: Policy, action: str, resources: Sequence[str]) -> Policy:
    statement: dict[str, object] = {"Effect": "Allow", "Action": action, "Resource": list(resources) or "*"}
    kind = "identity"
    if KINDS[policy.kind].principal != "forbidden":
        kind = "resource"
        statement["Principal"] = "*"
    # Without a version `${` is literal text: what is asked about holds no policy variables.
    return parse_document({"Statement": [statement]}, kind=kind)


def _narrowed(region: Region, actions: Sequence[str], resources: Sequence[str]) -> Region:
    """The region with those of its actions and resources alone that were asked about."""
    common = _common(region.actions, actions, fold_case=True)
    return replace(
        region,
        actions=common,
        # The counts are those of the whole statement.
        access_levels=region.access_levels if common == region.actions else (),
        resources=_common(region.resources, resources, fold_case=False) if resources else region.resources,
    )


def _common(written: Sequence[str], asked: Sequence[str], *, fold_case: bool) -> tuple[str, ...]:
    """Of each two patterns that meet the narrower, or the written one where neither is inside the other."""
    common: dict[str, None] = {}
    for one in asked:
        for other in written:
            narrower = _narrower(Glob.parse(one, fold_case=fold_case), Glob.parse(other, fold_case=fold_case))
            if narrower is not None:
                common[one if narrower else other] = None
    return tuple(common) or tuple(written)


def _narrower(asked: Glob, written: Glob) -> bool | None:
    """True for the asked one, False for the written one, None when they do not meet."""
    try:
        if is_subset(asked, written):
            return True
        return False if intersects(asked, written) else None
    except UndecidedError:
        return False
