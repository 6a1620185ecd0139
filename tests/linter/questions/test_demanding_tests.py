"""Tests that only a request with one of the values passes."""

from __future__ import annotations

import json

import pytest

from jfml_policies.linter.questions.demanding_tests import demands_value
from jfml_policies.policy.nodes import Test
from jfml_policies.policy.parse import parse_text


def _test(operator: str, values: list[str]) -> Test:
    document = {"Statement": {"Effect": "Allow", "Condition": {operator: {"sts:ExternalId": values}}}}
    return parse_text(json.dumps(document)).statements[0].tests[0]


@pytest.mark.parametrize("operator", ["StringEquals", "StringLike", "ForAnyValue:StringEquals", "ArnLike", "Bool"])
def test_positive_operators_demand(operator: str) -> None:
    """A positive operator without suffix is passed by nobody who lacks the key."""
    assert demands_value(_test(operator, ["a1"]))


@pytest.mark.parametrize(
    "operator",
    [
        "StringNotEquals",
        "StringEqualsIfExists",
        "ForAllValues:StringEquals",
        "Null",
        "ForAnyValue:StringNotLike",
        "Frob",
    ],
)
def test_other_operators_do_not(operator: str) -> None:
    """Negated operators, `IfExists`, `ForAllValues:`, `Null` and unknown names demand no value."""
    assert not demands_value(_test(operator, ["true"]))


def test_an_empty_list_demands_nothing() -> None:
    """Without values there is none to demand."""
    assert not demands_value(_test("StringEquals", []))
