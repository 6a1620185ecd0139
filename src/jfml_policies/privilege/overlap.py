"""Which statements of a policy allow a request that another document allows, too?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jfml_policies.access.difference import boxed, candidates
from jfml_policies.access.key_test import Invalid
from jfml_policies.access.regions import describe
from jfml_policies.access.space import Space
from jfml_policies.access.validity import invalid_reason
from jfml_policies.access.verdict import search
from jfml_policies.errors import UndecidedError
from jfml_policies.record import record, replace

if TYPE_CHECKING:
    from jfml_policies.access.difference import Boxed
    from jfml_policies.access.regions import Region
    from jfml_policies.access.verdict import Found
    from jfml_policies.findings import Path
    from jfml_policies.policy.nodes import Policy

__all__ = ["Overlap", "overlap"]


@record
class Overlap:
    """What a policy allows of something else.

    Attributes:
        regions: a region for each statement that allows some of it, each with a request that proves it.
        unknown: why there might be more; empty when there is not.
        fault: why AWS would refuse the policy, and where; None when it would not.
    """

    regions: tuple[Region, ...] = ()
    unknown: tuple[str, ...] = ()
    fault: tuple[str, Path] | None = None


def overlap(policy: Policy, forbidden: Policy) -> Overlap:
    """The statements of a policy that allow something forbidden; a document that AWS would refuse tells nothing.

    A region is all that its statement allows; its witness is forbidden, too.

    Args:
        policy: the policy in question.
        forbidden: a document that allows what must not be, in one statement.

    >>> from jfml_policies.policy.read import loads
    >>> policy = loads('{"Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}}')
    >>> forbidden = loads('{"Statement": {"Effect": "Allow", "Action": "s3:DeleteBucket", "Resource": "*"}}')
    >>> overlap(policy, forbidden).regions[0].witness.action
    's3:DeleteBucket'
    """
    reason = invalid_reason(policy)
    if reason is not None:
        return Overlap(fault=reason)
    space = Space([policy, forbidden])
    try:
        both = [boxed(space, policy), boxed(space, forbidden)]
    except (Invalid, UndecidedError) as error:
        return Overlap(unknown=(str(error),))
    searched = search(space, candidates(both, []), both, [])
    return Overlap(tuple([_of_policy(space, found, both[0]) for found in searched.found]), tuple(searched.unknown))


def _of_policy(space: Space, found: Found, policy: Boxed) -> Region:
    """The region of the policy's own statement, without what the other document says."""
    candidate = found.candidate
    own = replace(candidate, allowing=candidate.allowing[:1], boxes=candidate.boxes[:1])
    return describe(space, replace(found, candidate=own), [policy], []).region
