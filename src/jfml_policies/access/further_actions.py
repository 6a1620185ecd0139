"""One call may make several requests: assuming a role with tags or a source identity asks for more than the role.

Source: IAM User Guide, "Passing session tags in AWS STS" and "Monitor and control actions taken with assumed roles".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jfml_policies.access.request_facts import RequestFacts

__all__ = ["further_actions"]


def further_actions(facts: RequestFacts) -> Iterator[str]:
    """The other actions that the same call needs."""
    if not facts.action.lower().startswith("sts:assumerole"):
        return
    if facts.values("aws:TagKeys") or any(key.startswith("aws:requesttag/") for key in facts.context):
        yield "sts:TagSession"
    if facts.values("sts:SourceIdentity"):
        yield "sts:SetSourceIdentity"
