"""Which statements of a policy allow a request that another document allows, too?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jfml_policies.access.difference import boxed, candidates
from jfml_policies.access.key_test import Invalid
from jfml_policies.access.regions import describe
from jfml_policies.access.space import Space
from jfml_policies.access.validity import invalid_reason
from jfml_policies.access.verdict import search
from jfml_policies.diff.outcome import Outcome
from jfml_policies.diff.remarks import Remark, remark_on
from jfml_policies.errors import UndecidedError
from jfml_policies.record import replace

if TYPE_CHECKING:
    from jfml_policies.access.difference import Boxed
    from jfml_policies.access.regions import Region
    from jfml_policies.access.verdict import Found
    from jfml_policies.policy.nodes import Policy

__all__ = ["overlap"]


def overlap(policy: Policy, forbidden: Policy) -> Outcome:
    """The statements of a policy that allow something forbidden; a document that AWS would refuse is "unknown".

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
        return Outcome(unknown=(remark_on(policy, None, "invalid", *reason),))
    space = Space([policy, forbidden])
    try:
        both = [boxed(space, policy), boxed(space, forbidden)]
    except (Invalid, UndecidedError) as error:
        return Outcome(unknown=(Remark(str(error)),))
    searched = search(space, candidates(both, []), both, [])
    return Outcome(
        tuple([_of_policy(space, found, both[0]) for found in searched.found]), tuple(map(Remark, searched.unknown))
    )


def _of_policy(space: Space, found: Found, policy: Boxed) -> Region:
    """The region of the policy's own statement, without what the other document says."""
    candidate = found.candidate
    own = replace(candidate, allowing=candidate.allowing[:1], boxes=candidate.boxes[:1])
    return describe(space, replace(found, candidate=own), [policy], []).region
