"""Which conditions keep a stranger out of a role."""

from __future__ import annotations

import json

import pytest

from jfml_policies import Request, evaluate, loads
from jfml_policies.linter.questions.stranger_tests import keeps_strangers_out
from jfml_policies.policy.parse import parse_text

STRANGER = "arn:aws:iam::999988887777:role/deploy"
CONTEXT = {
    "aws:PrincipalTag/team": "ops",
    "aws:MultiFactorAuthPresent": "true",
    "aws:PrincipalOrgID": "o-stranger123",
    "sts:RoleSessionName": "ci-1",
}
#: What a stranger with that role, in an organization of their own, meets or can arrange to meet.
MET = [
    {"StringEquals": {"aws:PrincipalTag/team": "ops"}},
    {"Bool": {"aws:MultiFactorAuthPresent": "true"}},
    {"StringLike": {"sts:RoleSessionName": "ci-*"}},
    {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/deploy"}},
    {"StringNotEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}},
    {"Null": {"aws:PrincipalOrgID": "false"}},
]
NOT_MET = [
    {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}},
    {"StringEquals": {"aws:PrincipalAccount": "111122223333"}},
    {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::111122223333:role/*"}},
    {"ArnLikeIfExists": {"aws:PrincipalArn": "arn:aws:iam::111122223333:role/*"}},
]


def _trust(condition: dict[str, dict[str, str]]) -> str:
    statement = {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole", "Condition": condition}
    return json.dumps({"Version": "2012-10-17", "Statement": statement})


@pytest.mark.parametrize("condition", MET, ids=str)
def test_what_a_stranger_meets_keeps_nobody_out(condition: dict[str, dict[str, str]]) -> None:
    """A condition that does not keep strangers out is met by some stranger, as the evaluator says."""
    text = _trust(condition)

    assert not keeps_strangers_out(parse_text(text).statements[0])
    assert _decision(text)


@pytest.mark.parametrize("condition", NOT_MET, ids=str)
def test_what_a_stranger_does_not_meet_keeps_them_out(condition: dict[str, dict[str, str]]) -> None:
    """A condition on account or organization keeps the stranger out, as the evaluator says."""
    text = _trust(condition)

    assert keeps_strangers_out(parse_text(text).statements[0])
    assert not _decision(text)


@pytest.mark.parametrize(
    "condition",
    [
        {"StringEquals": {"acme:colour": "red"}},
        {"ArnLike": {"aws:PrincipalArn": "${CallerArn}"}},
        {"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}},
    ],
    ids=str,
)
def test_in_doubt_a_condition_keeps_strangers_out(condition: dict[str, dict[str, str]]) -> None:
    """Of an unknown key, a template's reference or a network nobody can say that strangers meet it."""
    assert keeps_strangers_out(parse_text(_trust(condition)).statements[0])


def _decision(text: str) -> bool:
    request = Request(
        action="sts:AssumeRole", resource="arn:aws:iam::111122223333:role/reader", principal=STRANGER, context=CONTEXT
    )
    return evaluate([loads(text, kind="trust")], request).allowed
