"""Which requests can be made at all: AWS never asks for `s3:ListBucket` on an object.

An action without resource types is asked for on `*`, others on a resource of their types. Some that list are asked for
on an ARN with a star for a name, as `dynamodb:ListTables` on `table/*` and `s3:ListAllMyBuckets` on `arn:aws:s3:::*`
("Controlling access to a bucket with user policies" in the S3 User Guide, "Creating granular permissions for non-admin
users" in the Step Functions Developer Guide), so that whoever is granted these can list. Where the reference may know
less than AWS does, any resource will do: names that the catalogue does not know or that AWS no longer lists, tagging,
and actions that may have got a resource type since. So will whatever reaches every resource.

Source: "Actions table" of the Service Authorization Reference,
https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from jfml_policies.access.evaluate import decide
from jfml_policies.catalog import load
from jfml_policies.catalog.arn_format import PLACEHOLDER
from jfml_policies.errors import UndecidedError
from jfml_policies.patterns.resource_pattern import ResourcePattern
from jfml_policies.policy.parse import parse_document
from jfml_policies.record import record

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from jfml_policies.access.regions import Region
    from jfml_policies.catalog.service import Service
    from jfml_policies.policy.nodes import Policy

__all__ = ["can_be_made", "known_actions", "possible_actions", "requests_of"]

_BUCKET: Final = "arn:*:s3:::*"
#: A bucket's name holds no slash, so this is no bucket.
_NO_BUCKET: Final = ("arn:*:s3:::*/*",)
#: Actions that a region may hold so that it is looked at; whoever has more has one that can be asked for.
_MOST_ACTIONS: Final = 1_000
#: Listing in these services is granted by path ("IAM: Access the policy simulator console based on user path" in the
#: IAM User Guide), others are on ARNs of another service ("Sample IAM policies for Session Manager") or of another type
#: (federated users, "Grant permissions to create temporary security credentials" in the IAM User Guide).
_ELSEWHERE: Final = frozenset(("iam", "ssmmessages", "sts"))

#: A star that is none of a pattern.
_STAR: Final = "${*}"

_variable: Final = re.compile(r"\$\{[^{}]*\}")


def can_be_made(region: Region) -> bool:
    """Whether it is seen at a glance that some request of a region can be made; False where that takes a search."""
    if not region.resources or region.except_resources or any(not one.strip("*") for one in region.resources):
        return True
    return known_actions(region) is None or decide(_policy_of((region.witness.action,)), region.witness) == "allow"


def requests_of(regions: Iterable[Region]) -> Policy:
    """The policy that allows those requests for the actions of some regions that can be made.

    Args:
        regions: some of which `can_be_made` does not know.
    """
    return _policy_of(tuple(dict.fromkeys(name for region in regions for name in known_actions(region) or ())))


def known_actions(region: Region) -> tuple[str, ...] | None:
    """The actions of the catalogue that a region's patterns cover; None where one covers none, or they are many."""
    known = load()
    found: dict[str, None] = {}
    for pattern in region.actions:
        names = known.matches(pattern) if pattern != "*" else ()
        found |= dict.fromkeys(names)
        if not names or len(found) > _MOST_ACTIONS:
            return None
    left_out = {name for pattern in region.except_actions for name in known.matches(pattern)}
    return tuple([name for name in found if name not in left_out])


def possible_actions(region: Region) -> tuple[str, ...] | None:
    """Those of a region's known actions that can be asked for on one of its resources; None where any may be."""
    if not region.resources or region.except_resources or any(not one.strip("*") for one in region.resources):
        return None
    names = known_actions(region)
    if names is None:
        return None
    resources = tuple([ResourcePattern.parse(_variable.sub("*", resource)) for resource in region.resources])
    try:
        return tuple([name for name in names if _meets(_resources_of(name), resources)])
    except UndecidedError:
        return None


@record
class _Resources:
    """On which resources an action may be asked for, and on which of these it never is, as patterns."""

    allowed: tuple[str, ...]
    refused: tuple[str, ...] = ()


def _meets(of_action: _Resources, resources: Sequence[ResourcePattern]) -> bool:
    allowed = [ResourcePattern.parse(pattern) for pattern in of_action.allowed]
    refused = [ResourcePattern.parse(pattern) for pattern in of_action.refused]
    return any(
        one.intersects(pattern)
        for one in resources
        for pattern in allowed
        if not any(one.is_subset(other) for other in refused)
    )


@lru_cache(maxsize=64)
def _policy_of(names: tuple[str, ...]) -> Policy:
    groups: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for name in names:
        found = _resources_of(name)
        for effect, resources in (("Allow", found.allowed), ("Deny", found.refused)):
            if resources:
                groups.setdefault((effect, resources), []).append(name)
    statements = [
        {"Effect": effect, "Action": some, "Resource": list(resources)} for (effect, resources), some in groups.items()
    ]
    return parse_document({"Version": "2012-10-17", "Statement": statements}, kind="identity")


@lru_cache(maxsize=4096)
def _resources_of(name: str) -> _Resources:
    catalog = load()
    action = catalog.action(name)
    service = catalog.service(action.service) if action is not None else None
    if action is None or service is None or action.retired or action.service in _ELSEWHERE:
        return _ANY
    if action.access_level == "Tagging" or "Tag" in action.name:
        return _ANY
    if not action.resource_types:
        # What lists is about no resource, or about all of a type; of others a later reference may say more.
        return _Resources(_all_of(service)) if action.access_level == "List" else _ANY
    patterns: dict[str, None] = {}
    for listed in action.resource_types:
        described = service.resource_type(listed.name)
        if described is None or PLACEHOLDER.search(described.arn_format.service):
            return _ANY
        patterns[PLACEHOLDER.sub("*", described.arn)] = None
    refused = _NO_BUCKET if _BUCKET in patterns and patterns.keys().isdisjoint(_NO_BUCKET) else ()
    return _Resources(tuple(patterns), refused)


def _all_of(service: Service) -> tuple[str, ...]:
    """The ARNs by which a service may ask whether everything of a type may be listed: a star is the name there."""
    formats = [described.arn_format for described in service.resource_types]
    if any(PLACEHOLDER.search(one.service) for one in formats):
        return _ANY.allowed
    whole = f"arn:*:{service.prefix}:*:*:{_STAR}"
    types = [f"arn:*:{one.service}:*:*:{PLACEHOLDER.sub(_STAR, one.resource)}" for one in formats]
    return tuple(dict.fromkeys((whole, *types)))


_ANY: Final = _Resources(("*",))
