"""The actions by which a role is assumed, and which of them a statement names.

Source: IAM User Guide, "Compare AWS STS credentials" and "IAM and AWS STS condition context keys".
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from jfml_policies.patterns.glob import matches
from jfml_policies.policy.nodes import Statement, Text

__all__ = ["ASSUME_ACTIONS", "assumes", "includes", "named_assume_actions"]

#: In lower case -> in AWS's spelling. `sts:TagSession` and `sts:SetSourceIdentity` only accompany them.
ASSUME_ACTIONS: Final = MappingProxyType(
    {name.lower(): name for name in ("sts:AssumeRole", "sts:AssumeRoleWithSAML", "sts:AssumeRoleWithWebIdentity")}
)


def includes(statement: Statement, action: str) -> bool:
    """Whether a statement's Action or NotAction covers an action.

    >>> from jfml_policies.policy.parse import parse_text
    >>> statement = parse_text('{"Statement": {"Effect": "Allow", "Action": "sts:Assume*"}}').statements[0]
    >>> includes(statement, "sts:AssumeRole"), includes(statement, "sts:TagSession")
    (True, False)
    """
    if statement.action is not None:
        return any(matches(entry.value, action, fold_case=True) for entry in statement.action.values)
    if statement.not_action is not None:
        return not any(matches(entry.value, action, fold_case=True) for entry in statement.not_action.values)
    return False


def assumes(statement: Statement) -> bool:
    """Whether a statement covers any way of assuming a role."""
    return any(includes(statement, action) for action in ASSUME_ACTIONS.values())


def named_assume_actions(statement: Statement) -> list[tuple[Text, str]]:
    """The entries of Action that name a way of assuming a role without wildcards, with the name in AWS's spelling."""
    entries = statement.action.values if statement.action else ()
    found = [(entry, ASSUME_ACTIONS.get(entry.value.lower())) for entry in entries]
    return [(entry, name) for entry, name in found if name is not None]
