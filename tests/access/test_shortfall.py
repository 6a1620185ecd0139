from __future__ import annotations

from typing import Any

import pytest

from jfml_policies.access.decision import Decision
from jfml_policies.access.evaluate import evaluate
from jfml_policies.access.request import Context, Request

RESOURCE = "arn:aws:s3:::b/k"
USER = "arn:aws:iam::111122223333:user/ann"
GOOD: dict[str, Any] = {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}


def answer(*statements: dict[str, Any], context: Context | None = None, principal: str | None = None) -> Decision:
    document = {"Version": "2012-10-17", "Statement": [{**GOOD, **statement} for statement in statements]}
    return evaluate(document, Request("s3:GetObject", RESOURCE, principal, context or {}))


def need(condition: dict[str, dict[str, object]], context: Context | None = None) -> str:
    """What is said of a condition that does not hold."""
    missing = answer({"Condition": condition}, context=context).missing
    assert missing is not None
    assert 1 == len(missing.needs)
    return missing.needs[0].message


@pytest.mark.parametrize(
    ("operator", "values", "context", "message"),
    [
        ("StringEquals", "vpc-1", {}, "needs `aws:K` to be `vpc-1`; the request has none"),
        ("StringEquals", ["a", "b"], {"aws:K": "c"}, "needs `aws:K` to be `a` or `b`; the request has `c`"),
        ("StringNotEquals", ["a", "b"], {"aws:K": "a"}, "needs `aws:K` not to be `a` or `b`; the request has `a`"),
        ("StringLikeIfExists", "x*", {"aws:K": "a"}, "needs `aws:K` to match `x*`; the request has `a`"),
        ("StringEqualsIgnoreCase", "X", {}, "needs `aws:K` to be, in any letter case, `X`; the request has none"),
        ("NumericLessThan", 5, {"aws:K": 7}, "needs `aws:K` to be less than `5`; the request has `7`"),
        ("DateGreaterThan", "2024-01-01", {}, "needs `aws:K` to be after `2024-01-01`; the request has none"),
        ("IpAddress", "10.0.0.0/8", {"aws:K": "::1"}, "needs `aws:K` to lie in `10.0.0.0/8`; the request has `::1`"),
        ("NotIpAddress", "::/0", {"aws:K": "::1"}, "needs `aws:K` not to lie in `::/0`; the request has `::1`"),
        ("Bool", True, {"aws:K": False}, "needs `aws:K` to be `true`; the request has `false`"),
        ("Null", "true", {"aws:K": "x"}, "needs `aws:K` to be absent; the request has `x`"),
        ("Null", "false", {}, "needs `aws:K` to be present; the request has none"),
        (
            "ForAllValues:StringEquals",
            "a",
            {"aws:K": ["a", "b"]},
            "needs every value of `aws:K` to be `a`; the request has `a` and `b`",
        ),
        ("ForAnyValue:StringLike", "a*", {}, "needs some value of `aws:K` to match `a*`; the request has none"),
        (
            "StringEquals",
            list("abcde"),
            {},
            "needs `aws:K` to be `a`, `b`, `c` or 2 more; the request has none",
        ),
        (
            "StringEquals",
            "${aws:username}",
            {"aws:K": "x"},
            "needs `aws:K` to be `${aws:username}`; the request has `x`, and no value for `aws:username`",
        ),
        ("StringEquals", [], {}, "needs `aws:K` to be one of no values; the request has none"),
    ],
)
def test_conditions_are_described_by_effect(operator: str, values: object, context: Context, message: str) -> None:
    """The need says what the key should be, and what the request has."""
    assert message == need({operator: {"aws:K": values}}, context)


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        ({"Action": ["s3:PutObject", "sqs:*"]}, "is about `s3:PutObject` and `sqs:*` only"),
        ({"Resource": "arn:aws:s3:::c/*"}, "is about `arn:aws:s3:::c/*` only"),
        ({"Action": []}, "is about nothing, for its Action is empty"),
        (
            {"Resource": "arn:aws:s3:::b/${aws:username}"},
            "is about `arn:aws:s3:::b/${aws:username}` only; the request has no value for `aws:username`",
        ),
    ],
)
def test_elements_are_described_by_effect(statement: dict[str, Any], message: str) -> None:
    """Actions and resources say what they are about."""
    missing = answer(statement).missing

    assert missing is not None
    assert [message] == [need.message for need in missing.needs]


def test_negated_elements_and_principals() -> None:
    """What is left out is named, and whom a statement is for."""
    negated = answer({"Effect": "Allow"}, context={}).missing
    assert negated is None  # allowed

    document = {
        "Statement": [
            {"Effect": "Allow", "NotAction": "s3:Get*", "Resource": "*", "Principal": {"AWS": "111122223333"}},
            {"Effect": "Allow", "Action": "s3:*", "NotResource": RESOURCE, "NotPrincipal": {"AWS": USER}},
        ]
    }
    needs = []
    for statement in document["Statement"]:
        missing = evaluate({"Statement": statement}, Request("s3:GetObject", RESOURCE, USER)).missing
        assert missing is not None
        needs += [need.message for need in missing.needs]

    assert ["leaves out `s3:Get*`", f"leaves out `{USER}`", f"leaves out `{RESOURCE}`"] == needs


def test_the_nearest_statement_fails_in_the_fewest_elements() -> None:
    """Among equals the one about the action counts, then the one about the resource, then the first; Denies never."""
    never = {"Condition": {"Null": {"aws:K": ["false"]}}}
    two_away = {"Sid": "Two", "Action": "sqs:*", "Resource": "arn:aws:sqs:*"}
    action = {"Sid": "Action", "Action": "s3:PutObject"}
    resource = {"Sid": "Resource", "Resource": "arn:aws:s3:::c/*"}
    condition = {"Sid": "Condition", **never}
    deny = {"Sid": "Deny", "Effect": "Deny", **never}

    def nearest(*statements: dict[str, Any]) -> str | None:
        missing = answer(*statements).missing
        return None if missing is None else missing.statement.sid

    assert "Action" == nearest(two_away, action)
    assert "Resource" == nearest(action, resource)
    assert "Condition" == nearest(deny, action, resource, condition)
    assert "Condition" == nearest(condition, {**condition, "Sid": "Later"})
    assert nearest(deny) is None


def test_explain_says_it_in_one_line_or_in_a_list() -> None:
    """One need continues the sentence, several get a line each, and notes follow."""
    vpc = {"Condition": {"StringEquals": {"aws:SourceVpc": "vpc-1"}}}

    assert answer({"Action": "sqs:*"}, vpc).explain() == (
        "implicitly denied: no statement allows `s3:GetObject` on `arn:aws:s3:::b/k`; the nearest is Statement 2 of "
        "the identity policy, which needs `aws:SourceVpc` to be `vpc-1`; the request has none"
    )
    assert [
        "  is about `s3:Put*` only",
        "  needs `aws:SourceVpc` to be `vpc-1`; the request has none",
    ] == answer({"Action": "s3:Put*", **vpc}).explain().splitlines()[1:]


def test_long_values_are_shortened() -> None:
    """A megabyte in a policy does not become a megabyte in the answer."""
    assert len(need({"StringEquals": {"aws:K": ["x" * 100_000] * 50}})) < 1_000
