"""Condition keys that follow from the principal and the resource, so that nobody need state them.

Source: IAM User Guide, "AWS global condition context keys".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jfml_policies.access.requester import Requester
from jfml_policies.patterns.arn import Arn, is_account_id

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from jfml_policies.access.request import Request
    from jfml_policies.policy.nodes import Policy, Text

__all__ = ["derivation_notes", "derived_context"]


def derived_context(request: Request) -> dict[str, str]:
    """What AWS would put into a request's context besides what the request states, as far as that is certain.

    A role's path is not part of a session's ARN: the role is taken to have none.

    >>> from jfml_policies.access.request import Request
    >>> request = Request("s3:GetObject", principal="arn:aws:sts::111122223333:assumed-role/Reader/ann")
    >>> derived_context(request)["aws:PrincipalArn"]
    'arn:aws:iam::111122223333:role/Reader'
    """
    found = _of_requester(Requester.of(request.principal))
    arn = Arn.try_parse(request.resource)
    if arn is not None and is_account_id(arn.account):
        found["aws:ResourceAccount"] = arn.account
    stated = {key.lower() for key in request.context}
    return {key: value for key, value in found.items() if key.lower() not in stated}


def derivation_notes(derived: Mapping[str, str], policies: Sequence[Policy]) -> Iterator[str]:
    """What to tell of derived keys that some policy tests, or uses as policy variables."""
    for key, value in derived.items():
        if any(_asks_for(policy, key.lower()) for policy in policies):
            yield f"`{key}` is taken to be `{value}`"


def _asks_for(policy: Policy, key: str) -> bool:
    variable = f"${{{key}"
    return any(test.key.value.lower() == key for statement in policy.statements for test in statement.tests) or (
        policy.has_variables and any(variable in text.value.lower() for text in _texts(policy))
    )


def _texts(policy: Policy) -> Iterator[Text]:
    for statement in policy.statements:
        if statement.resources is not None:
            yield from statement.resources.values
        for test in statement.tests:
            yield from test.values


def _of_requester(requester: Requester) -> dict[str, str]:
    if requester.kind == "anonymous":
        return {"aws:PrincipalAccount": "anonymous"}
    if requester.kind == "service":
        return {"aws:PrincipalIsAWSService": "true", "aws:PrincipalServiceName": requester.text}
    if not requester.account:
        return {}
    found = {"aws:PrincipalAccount": requester.account, "aws:PrincipalIsAWSService": "false"}
    owner = f"arn:{requester.partition or 'aws'}:iam::{requester.account}"
    if requester.kind == "session":
        found["aws:PrincipalArn"] = f"{owner}:role{requester.role_path or '/'}{requester.name}"
    elif requester.kind == "root":
        found["aws:PrincipalArn"] = f"{owner}:root"
    else:
        found["aws:PrincipalArn"] = requester.text
    if requester.kind == "user":
        found["aws:username"] = requester.name
    return found
