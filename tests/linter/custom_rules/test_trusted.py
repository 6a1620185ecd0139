"""Whom a policy lets in, beside a plain reading of requests."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

import jfml_policies as jp
from jfml_policies.access.derived_keys import derived_context
from jfml_policies.access.evaluate import decide
from jfml_policies.linter import RuleSettings
from jfml_policies.linter.custom_rules import Demand, custom_rule
from jfml_policies.policy.parse import parse_document
from jfml_policies.record import replace

OWN, OTHER = "111122223333", "444455556666"
RULE = custom_rule(
    Demand(
        "WHO",
        "allowed-principals",
        "strangers stay out",
        kinds=("resource", "trust"),
        principals=(OWN, f"arn:aws:iam::{OTHER}:role/ci-*", "lambda.amazonaws.com"),
        organizations=("o-a1b2c3d4e5",),
    )
)
PRINCIPALS: list[Any] = [
    "*",
    {"AWS": "*"},
    {"AWS": OWN},
    {"AWS": [f"arn:aws:iam::{OWN}:role/x", f"arn:aws:iam::{OTHER}:role/ci-1"]},
    {"AWS": OTHER},
    {"AWS": f"arn:aws:iam::{OTHER}:role/path/ci-1"},
    {"AWS": f"arn:aws:sts::{OTHER}:assumed-role/ci-1/s"},
    {"AWS": f"arn:aws:iam::{OTHER}:user/ci-1"},
    {"Service": ["lambda.amazonaws.com"]},
    {"Service": ["lambda.amazonaws.com", "ec2.amazonaws.com"]},
]
CONDITIONS: list[dict[str, Any]] = [
    {},
    {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}},
    {"StringNotEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}},
    {"StringEqualsIfExists": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}},
    {"StringEquals": {"aws:PrincipalAccount": OWN}},
    {"StringNotEquals": {"aws:PrincipalAccount": [OWN, OTHER]}},
    {"ArnLike": {"aws:PrincipalArn": f"arn:aws:iam::{OTHER}:role/ci-*"}},
    {"StringLike": {"aws:PrincipalArn": f"arn:aws:iam::{OWN}:role/*"}},
    {"ArnNotLike": {"aws:PrincipalArn": f"arn:aws:iam::{OTHER}:role/ci-*"}},
    {"StringLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/ci-*"}},
]
ASKERS = [
    f"arn:aws:iam::{OWN}:root",
    f"arn:aws:sts::{OWN}:assumed-role/x/s",
    f"arn:aws:sts::{OTHER}:assumed-role/ci-1/s",
    f"arn:aws:sts::{OTHER}:assumed-role/admin/s",
    f"arn:aws:iam::{OTHER}:user/ci-1",
    f"arn:aws:iam::{OTHER}:root",
    "arn:aws:iam::999999999999:user/u",
    "lambda.amazonaws.com",
    "ec2.amazonaws.com",
    "anonymous",
]
STATEMENTS = st.builds(
    lambda effect, principal, condition: {
        "Effect": effect,
        "Principal": principal,
        "Action": "sts:AssumeRole",
        **({"Condition": condition} if condition else {}),
    },
    st.sampled_from(["Allow", "Allow", "Deny"]),
    st.sampled_from(PRINCIPALS),
    st.sampled_from(CONDITIONS),
)


def is_trusted(request: jp.Request) -> bool:
    arn = next(iter(request.values("aws:PrincipalArn")), "")
    return (
        request.values("aws:PrincipalAccount") == (OWN,)
        or arn.startswith(f"arn:aws:iam::{OTHER}:role/ci-")
        or request.principal == "lambda.amazonaws.com"
        or request.values("aws:PrincipalOrgID") == ("o-a1b2c3d4e5",)
    )


@given(st.lists(STATEMENTS, min_size=1, max_size=4))
def test_silence_means_that_nobody_else_is_let_in(statements: list[dict[str, Any]]) -> None:
    """Where nothing is found, each of some requests that a policy allows comes from somebody who may be let in."""
    policy = _policy(statements)
    found = jp.lint(policy, select=["custom"], settings=RuleSettings(rules=(RULE,)))
    if found:
        return
    for asker in ASKERS:
        for organization in ({}, {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}, {"aws:PrincipalOrgID": "o-zzzzzzzzzz"}):
            request = jp.Request("sts:AssumeRole", "*", asker, organization)
            request = replace(request, context={**derived_context(request), **request.context})

            assert is_trusted(request) or decide(policy, request) != "allow"


def _policy(statements: list[dict[str, Any]]) -> jp.Policy:
    return parse_document({"Version": "2012-10-17", "Statement": statements}, kind="trust")


@given(st.sampled_from(PRINCIPALS[2:]), st.sampled_from(CONDITIONS))
def test_a_finding_has_somebody_who_may_not_be_let_in(principal: Any, condition: dict[str, Any]) -> None:
    """Without Denies a finding is told only where somebody who is named is not trusted by name."""
    statement = {"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole"}
    policy = _policy([{**statement, "Condition": condition} if condition else statement])

    found = jp.lint(policy, select=["custom"], settings=RuleSettings(rules=(RULE,)))

    assert not found or str(principal).count(OTHER) or "ec2" in str(principal)
