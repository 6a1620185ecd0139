"""Calls that need one action or another, or one more, by what the request holds: of DynamoDB and Redshift.

Sources: "IAM" in "Amazon DynamoDB Transactions: How it works"
(https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html#transaction-apis-iam), and "IAM
security policies with PartiQL for DynamoDB"
(https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ql-iam.html), and "Create an IAM role with permissions
to call GetClusterCredentials" in the Amazon Redshift Management Guide
(https://docs.aws.amazon.com/redshift/latest/mgmt/generating-iam-credentials-role-permissions.html).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["added_by_request", "named_in_request"]

_OF_ITEMS: Final = {
    "conditioncheck": "dynamodb:ConditionCheckItem",
    "delete": "dynamodb:DeleteItem",
    "put": "dynamodb:PutItem",
    "update": "dynamodb:UpdateItem",
}
_OF_STATEMENTS: Final = {
    "delete": "dynamodb:PartiQLDelete",
    "insert": "dynamodb:PartiQLInsert",
    "select": "dynamodb:PartiQLSelect",
    "update": "dynamodb:PartiQLUpdate",
}
_LISTS: Final = ("transactItems", "transactStatements", "statements")
_first_word: Final = re.compile(r"\s*([A-Za-z]+)")


def added_by_request(operation: str, parameters: Mapping[str, Any]) -> tuple[str, ...]:
    """Actions that a request needed besides that of its operation.

    >>> added_by_request("redshift:GetClusterCredentials", {"dbUser": "etl", "autoCreate": True})
    ('redshift:CreateClusterUser',)
    """
    if operation != "redshift:GetClusterCredentials":
        return ()
    created = ("redshift:CreateClusterUser",) if parameters.get("autoCreate") in (True, "true") else ()
    return (*created, *(("redshift:JoinGroup",) if parameters.get("dbGroups") else ()))


def named_in_request(parameters: Mapping[str, Any], choice: tuple[str, ...]) -> tuple[str, ...]:
    """Those of some actions that a request needed; none where it does not tell, which is not to be guessed.

    >>> named_in_request({"transactItems": [{"put": {}}]}, ("dynamodb:PutItem", "dynamodb:DeleteItem"))
    ('dynamodb:PutItem',)
    """
    parts = [parameters, *(part for name in _LISTS for part in _list(parameters.get(name)))]
    named = {action for part in parts for action in _named(part)}
    return tuple([action for action in choice if action in named])


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _named(part: object) -> Iterator[str]:
    if not isinstance(part, dict):
        return
    for name, value in part.items():
        if name.lower() in _OF_ITEMS:
            yield _OF_ITEMS[name.lower()]
        elif name.lower() == "statement" and isinstance(value, str):
            found = _first_word.match(value)
            verb = found[1].lower() if found is not None else ""
            if verb in _OF_STATEMENTS:
                yield _OF_STATEMENTS[verb]
