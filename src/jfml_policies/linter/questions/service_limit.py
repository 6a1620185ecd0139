"""Whether a condition test ties a statement to the services that it names.

`iam:PassedToService` and `iam:AWSServiceName` say for which service a role is passed or made. A test of such a key
limits the statement only when it fails without the key and for the services that it does not name: AWS's validator
still warns beside `StringEqualsIfExists`, and beside a `StringLike` value that begins with `*`, as recorded for AWS's
managed policies.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jfml_policies.linter.questions.resource_arn import resource_arn
from jfml_policies.patterns.arn import has_wildcard
from jfml_policies.policy.nodes import Statement, Test, Text
from jfml_policies.policy.operators import parse_operator

if TYPE_CHECKING:
    from collections.abc import Collection

__all__ = ["idle_tests", "is_limited", "why_idle"]


def is_limited(statement: Statement, keys: Collection[str]) -> bool:
    """Whether a test of one of the keys, in lower case, limits the statement to named services.

    >>> from jfml_policies.policy.parse import parse_text
    >>> policy = parse_text('''{"Statement": {"Condition": {
    ...     "StringEquals": {"iam:PassedToService": "ec2.amazonaws.com"}}}}''')
    >>> is_limited(policy.statements[0], ["iam:passedtoservice"])
    True
    """
    return any(test.key.value.lower() in keys and why_idle(test) is None for test in statement.tests)


def idle_tests(statement: Statement, keys: Collection[str]) -> list[tuple[Test, str]]:
    """The tests of the keys, in lower case, that limit nothing, each with the reason."""
    tests = [(test, why_idle(test)) for test in statement.tests if test.key.value.lower() in keys]
    return [(test, reason) for test, reason in tests if reason is not None]


def why_idle(test: Test) -> str | None:
    """Why a test limits the statement to no service, as a clause; None where it does, or where AWS refuses it."""
    operator = parse_operator(test.operator.value)
    if operator is None:
        return None
    if operator.family == "Null":
        return "asks only whether the key is there"
    if operator.negated:
        return "holds for every service that it doesn't name"
    if operator.if_exists or operator.qualifier == "ForAllValues":
        return "holds for requests without the key"
    if operator.facts.patterns and any(_is_open(value) for value in test.values):
        return "has a value that begins with a wildcard"
    return None


def _is_open(value: Text) -> bool:
    """Whether a service's name, or the service of an ARN, begins with a wildcard."""
    arn = resource_arn(value.value)
    return has_wildcard((value.value if arn is None else arn.service)[:1])
