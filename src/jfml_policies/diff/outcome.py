"""What a yes-or-no question about access came to, with the access that decides it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from jfml_policies.diff.remarks import Remark, remark_on
from jfml_policies.record import record

if TYPE_CHECKING:
    from jfml_policies.access.regions import Region
    from jfml_policies.policy.nodes import Policy
    from jfml_policies.privilege.overlap import Overlap

__all__ = ["Outcome", "Verdict", "outcome_of"]

Verdict = Literal["pass", "fail", "unknown"]


@record
class Outcome:
    """The answer to a question that a policy passes or fails.

    Attributes:
        regions: the access that must not be, a region a statement, each with a request that proves it.
        unknown: why there might be more; empty when there is not.
        notes: what was taken for granted.
    """

    regions: tuple[Region, ...] = ()
    unknown: tuple[Remark, ...] = ()
    notes: tuple[Remark, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """`fail` when there is such access, `pass` when it is proved that there is none."""
        if self.regions:
            return "fail"
        return "unknown" if self.unknown else "pass"


def outcome_of(policy: Policy, found: Overlap) -> Outcome:
    """The outcome of a question about a policy that must allow none of something; a fault in it is "unknown"."""
    if found.fault is not None:
        return Outcome(unknown=(remark_on(policy, None, "invalid", *found.fault),))
    return Outcome(found.regions, tuple(map(Remark, found.unknown)))
