from __future__ import annotations

from typing import Any

import pytest

from jfml_policies.access.evaluate import evaluate
from jfml_policies.errors import UndecidedError, UsageError
from jfml_policies.policy.nodes import Policy
from jfml_policies.policy.parse import parse_document
from jfml_policies.privilege.escalation import PathAnswer, closing_statement, escalation, first_open
from jfml_policies.privilege.escalation_paths import PATHS
from jfml_policies.privilege.holdings import Holdings

Statement = dict[str, Any]
BY_ID = {path.id: path for path in PATHS}
ROLES = "arn:aws:iam::111122223333:role/"

EC2 = "ec2.amazonaws.com"


def allow(action: str | list[str], resource: str | list[str] = "*", **condition: Any) -> Statement:
    statement: Statement = {"Effect": "Allow", "Action": action, "Resource": resource}
    return {**statement, "Condition": condition} if condition else statement


def deny(action: str | list[str], resource: str | list[str] = "*", **condition: Any) -> Statement:
    return {**allow(action, resource, **condition), "Effect": "Deny"}


def policy(*statements: Statement, kind: str = "identity", version: str = "2012-10-17") -> Policy:
    return parse_document({"Version": version, "Statement": [*statements]}, kind=kind)


def answer(path: str, *statements: Statement, **limits: Any) -> PathAnswer:
    """What comes of one path for a principal with one policy."""
    return escalation(Holdings([policy(*statements)], **limits), [BY_ID[path]])[0]


# --------------------------------------------------------------------------------------------------- open

OPEN: dict[str, tuple[str, tuple[Statement, ...]]] = {
    "roles of the account and functions of any name": (
        "lambda-001",
        (
            allow("iam:PassRole", f"{ROLES}*"),
            allow(["lambda:CreateFunction", "lambda:InvokeFunction"], "arn:aws:lambda:*:*:function:*"),
        ),
    ),
    "a condition that the caller meets as it likes": (
        "lambda-001",
        (allow(["iam:PassRole", "lambda:*"], StringEquals={"aws:RequestedRegion": "eu-west-1"}),),
    ),
    "policies of any name": ("iam-001", (allow("iam:CreatePolicyVersion", "arn:aws:iam::*:policy/*"),)),
    "roles of a path": (
        "ec2-001",
        (allow("iam:PassRole", f"{ROLES}service-role/*"), allow("ec2:*")),
    ),
    "other roles of a path": ("sts-001", (allow("sts:AssumeRole", f"{ROLES}team/*"),)),
    "the service that the role is passed to": (
        "lambda-001",
        (allow("iam:PassRole", StringEquals={"iam:PassedToService": "lambda.amazonaws.com"}), allow("lambda:*")),
    ),
    "a service by its name in China": (
        "ec2-001",
        (
            allow("iam:PassRole", "arn:aws-*:iam::*:role/*", StringNotEquals={"iam:PassedToService": EC2}),
            allow("ec2:*"),
        ),
    ),
    "a service by its name in China, which the condition has": (
        "ec2-001",
        (allow("iam:PassRole", StringEquals={"iam:PassedToService": f"{EC2}.cn"}), allow("ec2:*")),
    ),
    "the user itself, by a variable": ("iam-007", (allow("iam:Put*", "arn:aws:iam::*:user/${aws:username}"),)),
    "a Deny of something else": ("iam-009", (allow("iam:*"), deny("iam:AttachRolePolicy", f"{ROLES}admin"))),
    "a Deny of named policies only": (
        "iam-009",
        (allow("iam:*"), deny("iam:*", ArnEquals={"iam:PolicyARN": "arn:aws:iam::aws:policy/PowerUserAccess"})),
    ),
    "everything but": ("iam-005", ({"Effect": "Allow", "NotAction": "s3:*", "Resource": "*"},)),
    "a Deny under a condition that does not hold": (
        "iam-005",
        (allow("iam:*"), deny("iam:*", StringEquals={"aws:RequestedRegion": "eu-west-1"})),
    ),
    "another user": ("iam-002", (allow("iam:CreateAccessKey", "arn:aws:iam::111122223333:user/*"),)),
    "a Deny for callers on behalf of others": (
        "sts-001",
        (allow("sts:*"), deny("*", Bool={"aws:ViaAWSService": "true"})),
    ),
}


@pytest.mark.parametrize("case", OPEN)
def test_a_path_is_open(case: str) -> None:
    """What is granted on whatever there is, on nobody's condition, is open, with a request for each permission."""
    path, statements = OPEN[case]
    found = answer(path, *statements)

    assert ("open", ()) == (found.state, found.reasons)
    for permission in found.permissions:
        assert permission.witness is not None
        assert evaluate(policy(*statements), permission.witness).allowed


# --------------------------------------------------------------------------------------------------- closed

CLOSED: dict[str, tuple[str, tuple[Statement, ...], str]] = {
    "a permission is missing": (
        "lambda-001",
        (allow("iam:PassRole"), allow("lambda:CreateFunction")),
        "`lambda:InvokeFunction` is not granted",
    ),
    "a Deny": ("iam-001", (allow("iam:*"), deny("iam:Create*")), "a Deny closes `iam:CreatePolicyVersion`"),
    "other services": (
        "lambda-001",
        (allow("iam:PassRole", StringEquals={"iam:PassedToService": "ec2.amazonaws.com"}), allow("lambda:*")),
        "`iam:PassedToService` keeps `lambda.amazonaws.com` out",
    ),
    "other services, denied": (
        "lambda-001",
        (
            allow(["iam:PassRole", "lambda:*"]),
            deny("iam:PassRole", StringNotEquals={"iam:PassedToService": "ec2.amazonaws.com"}),
        ),
        "a Deny closes `iam:PassRole`",
    ),
    "a service, by the one name that it has outside of China": (
        "lambda-001",
        (
            allow("iam:PassRole", StringNotEquals={"iam:PassedToService": "lambda.amazonaws.com"}),
            allow("lambda:*", "arn:aws:lambda:*:*:function:*"),
        ),
        "`iam:PassedToService` keeps `lambda.amazonaws.com` out",
    ),
    "a service by its name in China, on roles elsewhere": (
        "ec2-001",
        (allow("iam:PassRole", f"{ROLES}*", StringLike={"iam:PassedToService": "*.com.cn"}), allow("ec2:*")),
        "`iam:PassedToService` keeps `ec2.amazonaws.com` out",
    ),
    "its own user only": (
        "iam-002",
        (allow("iam:*AccessKey", "arn:aws:iam::*:user/${aws:username}"),),
        "`iam:CreateAccessKey` is not granted on another user",
    ),
    "resources of another type": (
        "iam-009",
        (allow("iam:*", "arn:aws:iam::*:user/*"),),
        "`iam:AttachRolePolicy` is not granted on its own role",
    ),
    "resources where an action has none": (
        "own-029",
        (allow("iam:PassRole"), allow("elasticmapreduce:*", "arn:aws:elasticmapreduce:*:*:cluster/*")),
        "`elasticmapreduce:RunJobFlow` is not granted on `*`, which it needs",
    ),
    "a key that the action never carries": (
        "iam-009",
        (allow("iam:*", StringEquals={"iam:PassedToService": "ec2.amazonaws.com"}),),
        "`iam:AttachRolePolicy` is granted under a condition that is never met",
    ),
    "two roles": (
        "iam-017",
        (allow("iam:PutRolePolicy", f"{ROLES}a"), allow("sts:AssumeRole", f"{ROLES}b")),
        "`iam:PutRolePolicy` and `sts:AssumeRole` are not granted on the same role",
    ),
    "service-linked roles": (
        "iam-012",
        (allow("iam:*", f"{ROLES}aws-service-role/*"),),
        "`iam:UpdateAssumeRolePolicy` is not granted on another role",
    ),
}


@pytest.mark.parametrize("case", CLOSED)
def test_a_path_is_closed(case: str) -> None:
    """A path is closed when a permission is proved not to be granted on what it must be aimed at; it says by what."""
    path, statements, reason = CLOSED[case]
    found = answer(path, *statements)

    assert ("closed", (reason,)) == (found.state, found.reasons)


def test_the_closing_deny_is_named() -> None:
    """A Deny that closes a path is found in whichever policy it stands."""
    granting, denying = policy(allow("iam:*")), policy(deny("s3:*"), deny("iam:PutRolePolicy"))
    found = escalation(Holdings([granting, denying]), [BY_ID["iam-005"]])[0]
    (place,) = found.permissions[0].closing

    assert "closed" == found.state
    assert denying is place.policy
    assert denying.statements[1] is place.statement


def test_limits_close_a_path() -> None:
    """A boundary or a level of service control policies that does not allow it, or denies it, closes a path."""
    everything = allow("*")
    narrow = policy(allow("s3:*"), kind="boundary")
    scps = [[policy(everything, kind="scp")], [policy(everything, deny("iam:*"), kind="scp")]]

    assert ("the permissions boundary does not allow `iam:PutRolePolicy`",) == answer(
        "iam-005", everything, boundary=[narrow]
    ).reasons
    assert ("service control policies of level 2 close `iam:PutRolePolicy`",) == answer(
        "iam-005", everything, scps=scps
    ).reasons
    assert "open" == answer("iam-005", everything, scps=scps[:1], boundary=[policy(everything, kind="boundary")]).state


# --------------------------------------------------------------------------------------------------- potential

POTENTIAL: dict[str, tuple[str, tuple[Statement, ...], str]] = {
    "named roles": (
        "ec2-001",
        (allow("iam:PassRole", f"{ROLES}app"), allow("ec2:*")),
        f"`iam:PassRole` is granted only on `{ROLES}app`, which may be able to do more or not",
    ),
    "roles by the beginning of their names": (
        "ec2-001",
        (allow("iam:PassRole", f"{ROLES}flow-logs-*"), allow("ec2:*")),
        f"`iam:PassRole` is granted only on `{ROLES}flow-logs-*`, which may be able to do more or not",
    ),
    "MFA": (
        "iam-009",
        (allow("iam:*", Bool={"aws:MultiFactorAuthPresent": "true"}),),
        "`iam:AttachRolePolicy` is granted only when `aws:MultiFactorAuthPresent` is `true`",
    ),
    "MFA, by a Deny": (
        "iam-009",
        (allow("iam:*"), deny("*", BoolIfExists={"aws:MultiFactorAuthPresent": "false"})),
        "`iam:AttachRolePolicy` is granted only as `aws:MultiFactorAuthPresent` permits, which somebody else decides",
    ),
    "a tag": (
        "sts-001",
        (allow("sts:AssumeRole", StringEquals={"aws:ResourceTag/team": "${aws:PrincipalTag/team}"}),),
        "`sts:AssumeRole` is granted only when `aws:ResourceTag/team` is `${aws:PrincipalTag/team}`",
    ),
    "a user who may be the caller": (
        "iam-007",
        (allow("iam:PutUserPolicy", "arn:aws:iam::111122223333:user/ann"),),
        "`iam:PutUserPolicy` is granted only on `arn:aws:iam::111122223333:user/ann`, which may be its own or not",
    ),
    "roles of a path in which the caller may be": (
        "iam-009",
        (allow("iam:AttachRolePolicy", f"{ROLES}team/*"),),
        f"`iam:AttachRolePolicy` is granted only on `{ROLES}team/*`, which may be its own or not",
    ),
    "a bucket that it may be allowed to use": (
        "own-036",
        (allow("s3:PutBucketPolicy", "arn:aws:s3:::acme-*"),),
        "`s3:PutBucketPolicy` is granted only on `arn:aws:s3:::acme-*`, which it may be allowed to use anyhow or not",
    ),
    "a function that may have a strong role": (
        "lambda-003",
        (allow("lambda:*", ["arn:aws:lambda:*:*:f*:f", "arn:aws:s3:::b"]),),
        "`lambda:UpdateFunctionCode` is granted only on `arn:aws:lambda:*:*:f*:f`, which may have a strong role or not",
    ),
    "named managed policies": (
        "iam-009",
        (allow("iam:*", ArnEquals={"iam:PolicyARN": "arn:aws:iam::aws:policy/ReadOnlyAccess"}),),
        "`iam:AttachRolePolicy` is granted only when `iam:PolicyARN` matches `arn:aws:iam::aws:policy/ReadOnlyAccess`",
    ),
}


@pytest.mark.parametrize("case", POTENTIAL)
def test_a_path_is_potential(case: str) -> None:
    """What depends on what the policies do not tell is potential, with a request and the reason."""
    path, statements, reason = POTENTIAL[case]
    found = answer(path, *statements)

    assert ("potential", (reason,)) == (found.state, found.reasons)
    assert all(permission.witness is not None for permission in found.permissions)


def test_a_missing_resource_beside_leaves_doubt() -> None:
    """An action that AWS's reference says needs further resources is not called open without them."""
    found = answer(
        "own-025", allow(["iam:PassRole", "batch:Reg*"]), allow("batch:SubmitJob", "arn:aws:batch:*:*:job/*")
    )

    assert "potential" == found.state
    assert ("`batch:SubmitJob` also needs resources of type `job-queue`, on which it is not granted",) == found.reasons


def test_either_where_or_when() -> None:
    """Two statements that each leave a doubt give both doubts."""
    found = answer(
        "iam-009",
        allow("iam:AttachRolePolicy", f"{ROLES}app"),
        allow("iam:AttachRolePolicy", Bool={"aws:MultiFactorAuthPresent": "true"}),
    )

    assert "potential" == found.state
    assert 2 == len(found.reasons)


# --------------------------------------------------------------------------------------------------- together


def test_policies_grant_together() -> None:
    """A path may need permissions of several policies of one principal."""
    passing, running = policy(allow("iam:PassRole")), policy(allow("lambda:*"))
    found = escalation(Holdings([passing, running]), [BY_ID["lambda-001"]])[0]

    assert "open" == found.state
    assert [passing, running] == [place.policy for place in found.places]


def test_variables_are_those_of_a_documents_version() -> None:
    """In an old document `${aws:username}` is a name like any other, also beside a new document."""
    old = policy(allow("iam:PutUserPolicy", "arn:aws:iam::*:user/${aws:username}"), version="2008-10-17")
    new = policy(allow("iam:PutUserPolicy", "arn:aws:iam::*:user/${aws:username}"))
    other = policy(allow("s3:*"))

    assert "potential" == escalation(Holdings([other, old]), [BY_ID["iam-007"]])[0].state
    assert "open" == escalation(Holdings([other, new]), [BY_ID["iam-007"]])[0].state


def test_an_administrator_has_every_path() -> None:
    """Whoever may do everything has all paths, the worst first, and a boundary without IAM leaves few."""
    found = escalation(Holdings([policy(allow("*"))]))
    bounded = escalation(Holdings([policy(allow("*"))], boundary=[policy(allow("s3:*"), kind="boundary")]))

    assert {"open"} == {one.state for one in found}
    assert len(PATHS) == len(found)
    assert ["self-escalation", "resource-policy"] == [found[0].path.category, found[-1].path.category]
    assert ["own-036"] == [one.path.id for one in bounded if one.state != "closed"]


def test_what_closes_a_path_closes_it() -> None:
    """The Deny that is offered for a path closes it for an administrator."""
    for path in PATHS:
        holdings = Holdings([policy(allow("*"), closing_statement(path))])

        assert "closed" == escalation(holdings, [path])[0].state, path.id
        assert first_open(holdings, [path]) is None


def test_no_policy_and_a_broken_one() -> None:
    """Nothing is said of no policy, of two boundaries, or of a document that AWS would refuse."""
    fine, boundary = policy(allow("*")), policy(allow("*"), kind="boundary")
    with pytest.raises(UsageError, match="there is no policy"):
        Holdings([])
    with pytest.raises(UsageError, match="one permissions boundary, not 2"):
        Holdings([fine], boundary=[boundary, boundary])
    with pytest.raises(UndecidedError, match="AWS would refuse a policy"):
        Holdings([fine, policy({"Effect": "Permit", "Action": "*", "Resource": "*"})])
