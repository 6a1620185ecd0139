"""Conditions of resource control policies that can strike AWS services which act for the organization.

A service principal belongs to no account and no organization, so `StringNotEquals` on a key of the principal is true
for it; and a caller that is no service has none of the source keys.

Sources: AWS Organizations User Guide, "Resource control policy examples"; IAM User Guide, "AWS global condition
context keys"; Access Analyzer policy check reference.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jfml_policies.policy.nodes import Statement, Test
from jfml_policies.policy.operators import parse_operator

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "asks_presence",
    "is_principal_key",
    "is_source_key",
    "is_source_organization_key",
    "requires",
    "value_tests",
]

_PRINCIPAL_KEYS: Final = frozenset(
    ("aws:principalarn", "aws:principalaccount", "aws:principalorgid", "aws:principalorgpaths")
)
_PRINCIPAL_TAG: Final = "aws:principaltag/"
_SOURCE_ORGANIZATION_KEYS: Final = frozenset(("aws:sourceorgid", "aws:sourceorgpaths"))
_SOURCE_KEYS: Final = _SOURCE_ORGANIZATION_KEYS | {"aws:sourceaccount", "aws:sourcearn"}


def is_principal_key(key: str) -> bool:
    """Whether a condition key says who calls: ARN, account, organization or tags."""
    low = key.lower()
    return low in _PRINCIPAL_KEYS or low.startswith(_PRINCIPAL_TAG)


def is_source_key(key: str) -> bool:
    """Whether a condition key says for whom an AWS service calls."""
    return key.lower() in _SOURCE_KEYS


def is_source_organization_key(key: str) -> bool:
    """Whether a condition key says for whose organization an AWS service calls."""
    return key.lower() in _SOURCE_ORGANIZATION_KEYS


def value_tests(statement: Statement) -> Iterator[Test]:
    """The tests that compare values; a Null test asks only whether there is one."""
    for test in statement.tests:
        operator = parse_operator(test.operator.value)
        if operator is not None and operator.family != "Null":
            yield test


def requires(statement: Statement, key: str, value: str) -> bool:
    """Whether a test of the statement demands that `key`, in lower case, is `value`, "true" or "false".

    `Bool` and `BoolIfExists` count alike: the key is in every signed request.
    """
    return any(_demands(test, key, value) for test in value_tests(statement))


def asks_presence(statement: Statement, keys: frozenset[str]) -> bool:
    """Whether a Null test of the statement demands that one of the keys, in lower case, is in the request."""
    return any(
        test.operator.value == "Null"
        and test.key.value.lower() in keys
        and [text.value.lower() for text in test.values] == ["false"]
        for test in statement.tests
    )


def _demands(test: Test, key: str, value: str) -> bool:
    operator = parse_operator(test.operator.value)
    return (
        operator is not None
        and operator.family in ("Bool", "String")
        and not operator.negated
        and test.key.value.lower() == key
        and bool(test.values)
        and all(text.value.lower() == value for text in test.values)
    )
