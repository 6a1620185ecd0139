"""How large a policy document is, counted as its quota counts.

Sources: IAM User Guide, "IAM and AWS STS quotas" (white space does not count); AWS Organizations User Guide, "SCP
syntax" and "RCP syntax" (every character counts).
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from jfml_policies.policy.kinds import KINDS, RESOURCE_KINDS, RESOURCE_TYPE_SIZES, Counting
from jfml_policies.policy.nodes import Policy
from jfml_policies.policy.write import compact

__all__ = ["characters", "excess", "quota_of"]

_WHITE_SPACE: Final = " \t\n\r"
#: The resource types that actions of these services alone tell, where none is given. Only those that may have more than
#: the general figure: a document is not to be found too large on a guess.
_TOLD_BY_SERVICE: Final = MappingProxyType({"kms": "AWS::KMS::Key", "sns": "AWS::SNS::Topic"})


def excess(policy: Policy, most: int = 0) -> str | None:
    """What a policy over its quota holds and what it may hold, as a sentence; None for a policy within.

    Args:
        policy: the policy.
        most: a figure that takes the quota's place, or 0.

    >>> from jfml_policies.policy.parse import parse_document
    >>> excess(parse_document({"Id": "x" * 3000, "Statement": []}, kind="trust"))
    'this role trust policy has 3,024 characters without white space, and its quota is 2,048'
    """
    facts = KINDS[policy.kind]
    size, quota = characters(policy, facts.counting), most or quota_of(policy)
    if size <= quota:
        return None
    counted = "" if facts.counting == "all" else " without white space"
    known = None if most else _known_resource_type(policy)
    owner = "the configured limit" if most else f"the quota of `{known}`" if known else "its quota"
    return f"this {facts.title} has {size:,} characters{counted}, and {owner} is {quota:,}"


def quota_of(policy: Policy) -> int:
    """Most characters that a policy of this kind, and of this resource type where it is known, may have."""
    known = _known_resource_type(policy)
    return RESOURCE_TYPE_SIZES[known] if known else KINDS[policy.kind].quota


def characters(policy: Policy, counting: Counting) -> int:
    """How many characters a document has.

    A document that was given as plain values is measured as its compact text. A text is measured as it is; of a text
    that holds more than the document, such as an answer of AWS's API, only the document.

    Args:
        policy: the policy.
        counting: "without-whitespace" leaves out white space, that inside strings as well; "all" counts everything.
    """
    text = _text_of(policy)
    return len(text) - (sum(map(text.count, _WHITE_SPACE)) if counting == "without-whitespace" else 0)


def _known_resource_type(policy: Policy) -> str | None:
    if policy.kind not in RESOURCE_KINDS:
        return None
    resource_type = policy.resource_type or _told_by_actions(policy)
    return resource_type if resource_type in RESOURCE_TYPE_SIZES else None


def _told_by_actions(policy: Policy) -> str | None:
    """The resource type of a policy whose statements all list actions of one service; None where that tells nothing."""
    services: set[str] = set()
    for statement in policy.statements:
        if policy.kind != "resource" or statement.action is None or statement.not_action is not None:
            return None
        services.update([entry.value.partition(":")[0].lower() for entry in statement.action.values])
    return _TOLD_BY_SERVICE.get(services.pop()) if len(services) == 1 else None


def _text_of(policy: Policy) -> str:
    if policy.text is None:
        return compact(policy.tree)
    before, after = policy.text[: policy.start], policy.text[policy.end :]
    # White space around the document is sent with it, and counts where white space counts.
    stands_alone = not before.strip(_WHITE_SPACE) and not after.strip(_WHITE_SPACE)
    return policy.text if stands_alone else policy.text[policy.start : policy.end]
