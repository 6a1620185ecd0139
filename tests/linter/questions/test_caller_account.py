"""Which callers a condition on the caller's ARN or account may let in."""

from __future__ import annotations

import json

import pytest

from jfml_policies.linter.questions.caller_account import account_principals, caller_tests, fits
from jfml_policies.linter.questions.statement_principals import MOST_PRINCIPALS
from jfml_policies.patterns.principal import Principal
from jfml_policies.policy.nodes import Statement
from jfml_policies.policy.parse import parse_text

ACCOUNT = "111122223333"
ROOT = f"arn:aws:iam::{ACCOUNT}:root"
READER = f"arn:aws:iam::{ACCOUNT}:role/team/Reader"


def _statement(principal: object, operator: str, key: str, value: object) -> Statement:
    document = {"Statement": {"Principal": principal, "Condition": {operator: {key: value}}}}
    return parse_text(json.dumps(document)).statements[0]


@pytest.mark.parametrize(
    ("principal", "operator", "key", "value", "expected"),
    [
        (ROOT, "ArnLike", "aws:PrincipalArn", f"arn:aws:iam::{ACCOUNT}:role/*", True),
        (ROOT, "ArnLike", "aws:PrincipalArn", "arn:aws:iam::444455556666:role/*", False),
        (ROOT, "ArnEquals", "aws:PrincipalArn", f"arn:aws-us-gov:iam::{ACCOUNT}:role/*", True),
        (READER, "ArnEquals", "aws:PrincipalArn", f"arn:aws-us-gov:iam::{ACCOUNT}:role/team/Reader", True),
        (READER, "ArnLike", "aws:PrincipalArn", f"arn:aws:iam::{ACCOUNT}:role/*/Read?r", True),
        (READER, "StringEquals", "aws:PrincipalArn", f"arn:aws:iam::{ACCOUNT}:role/Reader", False),
        (READER, "StringEquals", "aws:PrincipalArn", f"arn:aws:iam::{ACCOUNT}:role/*/Read*", True),
        (READER, "StringEquals", "aws:PrincipalArn", f"arn:aws:iam::{ACCOUNT}:role/Read*", False),
        (ROOT, "StringEquals", "aws:PrincipalArn", "arn:aws:iam::444455556666:role/Read*", False),
        (ROOT, "StringLike", "aws:PrincipalArn", "arn:aws:iam::*Reader", True),
        (ROOT, "StringLike", "aws:PrincipalArn", "arn:aws:iam::444455556666:role/*", False),
        (ROOT, "StringLike", "aws:PrincipalAccount", "1111*", True),
        (ROOT, "StringEqualsIgnoreCase", "aws:PrincipalAccount", "444455556666", False),
        (ROOT, "StringEquals", "aws:PrincipalAccount", "${aws:ResourceAccount}", True),
        (ROOT, "ArnLike", "aws:PrincipalArn", "arn:aws:sts::444455556666:assumed-role/Reader/*", True),
        (ROOT, "ArnLike", "aws:PrincipalArn", "no ARN", False),
    ],
)
def test_value_fits_principal(principal: str, operator: str, key: str, value: str, expected: bool) -> None:
    """A value fits unless the account or, of a role, the ARN can't be the principal's."""
    (caller,) = caller_tests(_statement({"AWS": principal}, operator, key, value))

    assert expected == fits(caller, value, Principal.parse("AWS", principal))


@pytest.mark.parametrize(
    ("operator", "key"),
    [
        ("ArnNotLike", "aws:PrincipalArn"),
        ("Null", "aws:PrincipalArn"),
        ("ArnLikes", "aws:PrincipalArn"),
        ("ArnLike", "aws:SourceArn"),
    ],
)
def test_other_tests_say_nothing_about_the_caller(operator: str, key: str) -> None:
    """Negated, unknown and presence operators, and other keys, are no demands on the caller."""
    assert [] == list(caller_tests(_statement({"AWS": ROOT}, operator, key, READER)))


@pytest.mark.parametrize(
    "principal", ["*", {"AWS": "*"}, {"AWS": ACCOUNT, "Service": "ec2.amazonaws.com"}, {"AWS": "${Role}"}, {}]
)
def test_accounts_are_known_of_all_principals_or_not_at_all(principal: object) -> None:
    """One principal without a known account makes the comparison impossible."""
    assert account_principals(_statement(principal, "ArnLike", "aws:PrincipalArn", READER)) is None


def test_lists_that_are_cut_off_are_not_compared() -> None:
    """Where not all principals were read, nothing is concluded from those that were."""
    statement = _statement({"AWS": [ACCOUNT] * MOST_PRINCIPALS}, "ArnLike", "aws:PrincipalArn", READER)

    assert account_principals(statement) is None
