"""Condition tests that only a request with one of the values passes."""

from __future__ import annotations

from jfml_policies.policy.nodes import Test
from jfml_policies.policy.operators import Operator, parse_operator

__all__ = ["demanding_operator", "demands_value"]


def demanding_operator(test: Test) -> Operator | None:
    """The operator of a test that fails when the key is absent or holds another value; None of any other test.

    Negated operators name who stays out, `IfExists` and `ForAllValues:` pass without the key, `Null` looks at no value.

    >>> from jfml_policies.policy.parse import parse_text
    >>> text = '{"Statement": {"Condition": {"StringEqualsIfExists": {"sts:ExternalId": "north-7"}}}}'
    >>> demanding_operator(parse_text(text).statements[0].tests[0]) is None
    True
    """
    operator = parse_operator(test.operator.value)
    if operator is None or operator.negated or operator.if_exists or operator.family == "Null":
        return None
    return None if operator.qualifier == "ForAllValues" or not test.values else operator


def demands_value(test: Test) -> bool:
    """Whether only a request with one of the test's values passes it."""
    return demanding_operator(test) is not None
