"""What a policy of a file no longer holds back: there others stand beside it, which may allow it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jfml_policies.diff.pairs import NOT_WIDER
from jfml_policies.diff.remarks import Remark
from jfml_policies.record import replace
from jfml_policies.sources.bounds import are_denials_open
from jfml_policies.sources.denying import may_deny

if TYPE_CHECKING:
    from jfml_policies.diff.pairs import Compared
    from jfml_policies.sources.shape import Shape
    from jfml_policies.sources.source import Source

__all__ = ["with_missed_denials"]

#: What there is where a policy of a kind or of a type of resource is gone: more than with it, perhaps.
_INSTEAD: Final = {
    "AWS::KMS::Key": "the default policy of a key takes its place, which leaves access to the policies of the account",
    "endpoint": "an endpoint without a policy of its own lets every request through",
    "session": "without it nothing scopes the role down",
}
_POSSIBLE: Final = "what it denied is possible now where another policy allows it"


def with_missed_denials(
    compared: Compared, before: Shape, after: Shape | None, policy: Source, *, is_orphaned: bool
) -> Compared:
    """A comparison that takes into account what is not held back any more.

    Args:
        compared: the comparison of the documents alone.
        before: the old document, its conditions decided.
        after: the new one, or None.
        policy: the old policy.
        is_orphaned: whether all are gone whom the old policy was for.
    """
    if after is None and is_orphaned:
        gone = Remark("whom it was for is gone as well", "document")
        # No request is left that a Deny could be missed for.
        return replace(
            compared,
            denials=None,
            undenied=(),
            is_guardrail=False,
            adds_nothing=True,
            notes=(*compared.notes, gone),
        )
    reason = None
    if after is None:
        reason = _INSTEAD.get(policy.resource_type or "") or _INSTEAD.get(policy.kind or "")
        if reason is None and not compared.is_guardrail and may_deny(before):
            reason = _POSSIBLE
    elif not compared.is_guardrail and not compared.change.added:
        denials = compared.denials
        if (denials is not None and denials.relation not in NOT_WIDER) or are_denials_open(before, after):
            reason = _POSSIBLE
    if reason is None:
        return compared
    return replace(compared, adds_nothing=False, unknown=(*compared.unknown, Remark(reason)))
