"""What minimising came to."""

from __future__ import annotations

from typing import Literal

from jfml_policies.policy.nodes import Policy
from jfml_policies.record import record

__all__ = ["Minimised", "Proof", "Step"]

#: "equivalent": the same requests are allowed, and the same are denied. "only-unknown-actions": beyond them actions are
#: allowed that the catalogue does not know, and no others.
Proof = Literal["equivalent", "only-unknown-actions"]


@record
class Step:
    """A change that was made.

    Attributes:
        what: its kind, such as `covered-statement`; the same word for the same kind.
        text: one sentence.
        proof: what is proved of it.
    """

    what: str
    text: str
    proof: Proof


@record
class Minimised:
    """A policy made as small as the known steps make it.

    Attributes:
        policies: the result; several where one would be over the quota. They have to be attached together.
        steps: what was changed, in order.
        skipped: changes that were not made, since they could not be proved, one sentence each.
        admits: wildcards that stand for lists of actions; each also allows actions to come that it matches.
        size_before: characters of the given document as AWS counts them for its kind, layout left out.
        sizes: likewise of each policy of the result.
        quota: most characters of each.
    """

    policies: tuple[Policy, ...]
    steps: tuple[Step, ...]
    skipped: tuple[str, ...]
    admits: tuple[str, ...]
    size_before: int
    sizes: tuple[int, ...]
    quota: int

    @property
    def size(self) -> int:
        """Characters of the whole result."""
        return sum(self.sizes)

    @property
    def is_smaller(self) -> bool:
        """Whether the result takes fewer characters than what was given, or more than one policy."""
        return self.size < self.size_before or len(self.policies) > 1
