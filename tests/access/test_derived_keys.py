from __future__ import annotations

import pytest

from jfml_policies.access.derived_keys import derived_context
from jfml_policies.access.evaluate import evaluate
from jfml_policies.access.request import Request

ACCOUNT = "111122223333"
OWN = {"aws:PrincipalAccount": ACCOUNT, "aws:PrincipalIsAWSService": "false"}


@pytest.mark.parametrize(
    ("principal", "expected"),
    [
        (
            f"arn:aws:iam::{ACCOUNT}:user/team/ann",
            {**OWN, "aws:PrincipalArn": f"arn:aws:iam::{ACCOUNT}:user/team/ann", "aws:username": "ann"},
        ),
        (
            f"arn:aws-cn:sts::{ACCOUNT}:assumed-role/R/s",
            {**OWN, "aws:PrincipalArn": f"arn:aws-cn:iam::{ACCOUNT}:role/R"},
        ),
        (
            f"arn:aws:iam::{ACCOUNT}:role/team/R",
            {**OWN, "aws:PrincipalArn": f"arn:aws:iam::{ACCOUNT}:role/team/R"},
        ),
        (ACCOUNT, {**OWN, "aws:PrincipalArn": f"arn:aws:iam::{ACCOUNT}:root"}),
        (
            f"arn:aws:sts::{ACCOUNT}:federated-user/ann",
            {**OWN, "aws:PrincipalArn": f"arn:aws:sts::{ACCOUNT}:federated-user/ann"},
        ),
        (
            "sns.amazonaws.com",
            {"aws:PrincipalIsAWSService": "true", "aws:PrincipalServiceName": "sns.amazonaws.com"},
        ),
        ("anonymous", {"aws:PrincipalAccount": "anonymous"}),
        ("accounts.google.com", {}),
        (None, {}),
    ],
)
def test_what_follows_from_the_principal(principal: str | None, expected: dict[str, str]) -> None:
    """Each kind of requester brings the keys that AWS always sets for it, and no others."""
    assert expected == derived_context(Request("s3:GetObject", "arn:aws:s3:::b/k", principal))


def test_what_follows_from_the_resource() -> None:
    """The account of an ARN is the resource's, where it has one."""
    assert {"aws:ResourceAccount": ACCOUNT} == derived_context(Request("sqs:X", f"arn:aws:sqs:r:{ACCOUNT}:q"))
    assert {} == derived_context(Request("iam:GetPolicy", "arn:aws:iam::aws:policy/X"))


def test_what_the_request_states_stands() -> None:
    """A stated key is not overruled, in whatever letter case, not even by its absence."""
    user = f"arn:aws:iam::{ACCOUNT}:user/ann"
    found = derived_context(Request("s3:X", "*", user, {"AWS:USERNAME": "bob", "aws:PrincipalArn": []}))

    assert OWN == found


def test_only_keys_that_a_policy_asks_for_are_told() -> None:
    """The note names a derived key that a condition tests or a variable uses; without deriving there is none."""
    user = f"arn:aws:iam::{ACCOUNT}:user/ann"
    tested = {"Condition": {"StringEquals": {"AWS:PrincipalAccount": ACCOUNT}}}
    statement = {"Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::b/${aws:UserName}", **tested}
    document = {"Version": "2012-10-17", "Statement": statement}
    request = Request("s3:GetObject", "arn:aws:s3:::b/ann", user)

    assert (
        f"`aws:PrincipalAccount` is taken to be `{ACCOUNT}`",
        "`aws:username` is taken to be `ann`",
    ) == evaluate(document, request).notes
    assert "implicitly-denied" == evaluate(document, request, derive_keys=False).outcome
