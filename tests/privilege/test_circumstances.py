from __future__ import annotations

from jfml_policies.policy.parse import parse_document
from jfml_policies.privilege.circumstances import is_decided_by_others, plain_conditions


def test_who_decides_a_key() -> None:
    """The caller chooses what it asks for; its account is its own; anything else is for others to decide."""
    own = [
        "aws:RequestedRegion",
        "AWS:SecureTransport",
        "aws:RequestTag/team",
        "iam:PassedToService",
        "aws:PrincipalOrgID",
    ]
    others = ["aws:SourceIp", "aws:PrincipalTag/team", "ec2:ResourceTag/a", "iam:PermissionsBoundary", "acme:NoSuchKey"]

    assert [False] * len(own) == [is_decided_by_others(key) for key in own]
    assert [True] * len(others) == [is_decided_by_others(key) for key in others]


def test_plain_conditions_are_about_mentioned_keys() -> None:
    """Keys of others are absent, also those that a variable reads; a direct call comes through no other service."""
    statement = {
        "Effect": "Allow",
        "Action": "*",
        "Resource": "arn:aws:iam::*:role/${aws:PrincipalTag/Team}-${aws:username, 'x'}${*}",
        "Condition": {
            "Bool": {"aws:ViaAWSService": "true", "aws:MultiFactorAuthPresent": "true"},
            "StringLike": {"aws:RequestedRegion": "${aws:SourceVpc}"},
        },
    }
    policy = parse_document({"Version": "2012-10-17", "Statement": statement}, kind="identity")
    absent = dict.fromkeys(
        ["aws:MultiFactorAuthPresent", "aws:PrincipalTag/Team", "aws:SourceVpc", "aws:username"], "true"
    )

    assert {"Bool": {"aws:ViaAWSService": "false"}, "Null": absent} == plain_conditions([policy])
    absent.pop("aws:username")
    assert {
        "StringEquals": {"aws:username": "ann"},
        "Bool": {"aws:ViaAWSService": "false"},
        "Null": absent,
    } == plain_conditions([policy], name="ann")
