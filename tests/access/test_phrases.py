from __future__ import annotations

from typing import Any

import pytest

from jfml_policies.access.evaluate import decide
from jfml_policies.access.phrases import phrase
from jfml_policies.access.request import Request
from jfml_policies.policy.nodes import Test as ConditionTest
from jfml_policies.policy.operators import OPERATORS, QUALIFIERS
from jfml_policies.policy.parse import parse_document

READABLE: dict[str, str] = {
    "Numeric": "5",
    "Date": "2026-01-01",
    "Bool": "true",
    "Binary": "QQ==",
    "IpAddress": "10.0.0.0/8",
    "Arn": "arn:aws:iam::111122223333:role/r",
    "String": "a",
    "Null": "true",
}
NAMES = [
    f"{prefix}{base}{suffix}"
    for base in OPERATORS
    for prefix in ("", *[f"{qualifier}:" for qualifier in QUALIFIERS])
    for suffix in ("", "IfExists")
    if base != "Null" or not (prefix or suffix)
]


def written(operator: str, *values: str, key: str = "k") -> dict[str, Any]:
    condition = {operator: {key: list(values)}}
    return {"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": condition}}


def parsed(operator: str, *values: str) -> ConditionTest:
    (test,) = parse_document(written(operator, *values)).statements[0].tests
    return test


@pytest.mark.parametrize(
    ("operator", "values", "clause"),
    [
        ("StringEquals", ["a"], "`k` is `a`"),
        ("StringEquals", ["a", "b"], "`k` is one of `a`, `b`"),
        ("StringNotEquals", ["a"], "`k` is absent or is not `a`"),
        ("StringNotEquals", ["a", "b"], "`k` is absent or is none of `a`, `b`"),
        ("StringLikeIfExists", ["a*"], "`k` is absent or matches `a*`"),
        ("StringNotLike", ["a*"], "`k` is absent or does not match `a*`"),
        ("StringNotLike", ["a*", "b*"], "`k` is absent or matches none of `a*`, `b*`"),
        ("StringEqualsIgnoreCase", ["a"], "`k` is, in any letter case, `a`"),
        ("NumericLessThanEquals", ["5"], "`k` is at most `5`"),
        ("NumericNotEquals", ["5"], "`k` is absent or is not `5`"),
        ("DateGreaterThan", ["2026-01-01"], "`k` is after `2026-01-01`"),
        ("Bool", ["true"], "`k` is `true`"),
        ("IpAddress", ["10.0.0.0/8"], "`k` is in `10.0.0.0/8`"),
        ("IpAddress", ["10.0.0.0/8", "::/0"], "`k` is in one of `10.0.0.0/8`, `::/0`"),
        ("NotIpAddress", ["10.0.0.0/8"], "`k` is absent or is not in `10.0.0.0/8`"),
        ("Null", ["true"], "`k` is absent"),
        ("Null", ["false"], "`k` is present"),
        ("Null", ["true", "false"], "always"),
        ("ForAllValues:StringEquals", ["a", "b"], "`k` has no value, or each of its values is one of `a`, `b`"),
        ("ForAnyValue:StringLike", ["a*"], "`k` has a value that matches `a*`"),
        ("ForAnyValue:StringNotLike", ["a*"], "`k` has a value that does not match `a*`"),
        ("ForAnyValue:StringLikeIfExists", ["a*"], "`k` has no value, or has a value that matches `a*`"),
        ("StringEquals", [], "`k` is nothing (the list of values is empty)"),
        ("StringNotEquals", [], "`k` is absent or is anything"),
        ("StringEquals", list("abcdefghij"), "`k` is one of `a`, `b`, `c`, `d`, `e`, `f`, `g`, `h` and 2 more"),
        ("Unheard", ["a"], "Unheard `k`"),
    ],
)
def test_a_test_is_a_clause_about_its_effect(operator: str, values: list[str], clause: str) -> None:
    """Also about what it says of an absent key; long lists are cut."""
    assert clause == phrase(parsed(operator, *values))


@pytest.mark.parametrize("name", NAMES)
def test_a_clause_speaks_of_absence_exactly_when_the_test_holds_then(name: str) -> None:
    """Nobody has to know which operators hold without a value."""
    base = name.rpartition(":")[2].removesuffix("IfExists")
    value = READABLE[OPERATORS[base].family]
    holds = decide(parse_document(written(name, value, key="aws:TagKeys")), Request("s3:GetObject")) == "allow"
    clause = phrase(parsed(name, value))

    assert holds == ("absent" in clause or "no value" in clause)
