from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from jfml_policies.access.evaluate import decide
from jfml_policies.diff.public_access import no_public_access
from jfml_policies.errors import UsageError
from jfml_policies.policy.nodes import Policy

Make = Callable[..., Policy]

ALLOW = {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}
GITHUB = "token.actions.githubusercontent.com"
PROVIDER = f"arn:aws:iam::111122223333:oidc-provider/{GITHUB}"

PINNED = [
    {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}},
    {"StringEqualsIgnoreCase": {"AWS:principalorgid": "o-a1b2c3d4e5"}},
    {"StringEquals": {"aws:SourceVpc": ["vpc-1", "vpc-2"]}},
    {"StringLike": {"aws:SourceVpce": "vpce-1"}},
    {"StringEquals": {"aws:PrincipalAccount": "111122223333"}},
    {"StringEquals": {"kms:CallerAccount": "111122223333", "kms:ViaService": "s3.*.amazonaws.com"}},
    {"ArnEquals": {"aws:SourceArn": "arn:aws:sns:eu-west-1:111122223333:topic"}},
    {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::111122223333:role/*"}},
    {"ArnLike": {"aws:SourceArn": "arn:*:sns:*:111122223333:*"}},
    {"StringLike": {"aws:PrincipalArn": "arn:aws:iam::111122223333:role/a*"}},
    {"IpAddress": {"aws:SourceIp": ["192.0.2.0/24", "2001:db8::/32"]}},
    {"IpAddress": {"aws:SourceIp": "11.0.0.0/8"}},
    {"ForAnyValue:StringLike": {"aws:PrincipalOrgPaths": "o-a1b2c3d4e5/r-ab12/*"}},
    {"StringEquals": {"aws:SourceAccount": "111122223333"}, "StringLike": {"aws:Referer": "*"}},
]
OPEN = [
    {},
    {"StringLike": {"aws:PrincipalOrgID": "o-*"}},
    {"StringEqualsIfExists": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}},
    {"StringNotEquals": {"aws:SourceVpc": "vpc-1"}},
    {"Null": {"aws:SourceVpc": "false"}},
    {"ForAllValues:StringLike": {"aws:PrincipalOrgPaths": "o-a1b2c3d4e5/r-ab12/*"}},
    {"ForAnyValue:StringLike": {"aws:PrincipalOrgPaths": "o-*/r-ab12/*"}},
    {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/admin"}},
    {"ArnLike": {"aws:SourceArn": "arn:aws:s3:::acme-*"}},
    {"StringLike": {"aws:PrincipalArn": "arn:*:iam::111122223333:role/a"}},
    {"StringLike": {"aws:PrincipalArn": "arn:aws:iam::11112222333*:role/a"}},
    {"StringEquals": {"aws:PrincipalOrgID": "${aws:ResourceOrgID}"}},
    {"IpAddress": {"aws:SourceIp": "0.0.0.0/0"}},
    {"IpAddress": {"aws:SourceIp": ["192.0.2.0/24", "128.0.0.0/7"]}},
    {"IpAddress": {"aws:SourceIp": "2000::/31"}},
    {"NotIpAddress": {"aws:SourceIp": "192.0.2.0/24"}},
    {"StringEquals": {"aws:Referer": "https://example.com/"}},
    {"StringEquals": {"aws:UserAgent": "secret"}},
    {"StringEquals": {"aws:PrincipalTag/team": "blue"}},
    {"Bool": {"aws:SecureTransport": "true"}},
    {"Bool": {"aws:PrincipalIsAWSService": "true"}},
]


@pytest.mark.parametrize("condition", PINNED, ids=str)
def test_pinned_access_is_not_public(policy: Make, condition: dict[str, Any]) -> None:
    """A condition on who calls, or from where, with a value written out keeps strangers out."""
    outcome = no_public_access(policy({**ALLOW, "Condition": condition}))

    assert outcome.verdict == "pass", outcome.regions[0].witness


@pytest.mark.parametrize("condition", OPEN, ids=str)
def test_open_access_is_public(policy: Make, condition: dict[str, Any]) -> None:
    """A condition that strangers can meet, or that is in doubt, leaves access public; the witness is allowed."""
    document = policy({**ALLOW, "Condition": condition} if condition else ALLOW)
    outcome = no_public_access(document)

    assert outcome.verdict == "fail"
    assert decide(document, outcome.regions[0].witness) == "allow"


@pytest.mark.parametrize(
    ("principal", "verdict"),
    [
        ({"AWS": "*"}, "fail"),
        ({"AWS": ["111122223333", "*"]}, "fail"),
        ({"AWS": "111122223333"}, "pass"),
        ({"AWS": "arn:aws:iam::111122223333:role/r"}, "pass"),
        ({"Service": "sns.amazonaws.com"}, "pass"),
        ({"CanonicalUser": "a" * 64}, "pass"),
        ({"Federated": "arn:aws:iam::111122223333:saml-provider/own"}, "pass"),
        ({"Federated": "arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/A1"}, "pass"),
        ({"Federated": PROVIDER}, "fail"),
        ({"Federated": "accounts.google.com"}, "fail"),
    ],
)
def test_named_principals_are_no_strangers(policy: Make, principal: dict[str, Any], verdict: str) -> None:
    """Whoever is named is trusted, but for providers of identities that anybody can have."""
    assert verdict == no_public_access(policy({**ALLOW, "Principal": principal})).verdict


def test_everybody_but_some_is_public(policy: Make) -> None:
    """NotPrincipal lets in those whom nobody thought of."""
    statement = {**ALLOW, "NotPrincipal": {"AWS": "111122223333"}}
    del statement["Principal"]

    assert no_public_access(policy(statement)).verdict == "fail"


@pytest.mark.parametrize(
    ("operator", "subject", "verdict"),
    [
        ("StringEquals", "repo:acme/web:ref:refs/heads/main", "pass"),
        ("StringLike", "repo:acme/*", "pass"),
        ("StringLike", "repo:acme*", "fail"),
        ("StringLike", "*", "fail"),
    ],
)
def test_the_owner_of_a_repository_is_pinned(policy: Make, operator: str, subject: str, verdict: str) -> None:
    """Of a shared provider the claim that names the owner counts, and only when the owner is written out."""
    statement = {
        "Effect": "Allow",
        "Principal": {"Federated": PROVIDER},
        "Action": "sts:AssumeRoleWithWebIdentity",
        "Condition": {"StringEquals": {f"{GITHUB}:aud": "sts.amazonaws.com"}, operator: {f"{GITHUB}:sub": subject}},
    }
    if operator == "StringEquals":
        statement["Condition"] = {"StringEquals": {f"{GITHUB}:aud": "sts.amazonaws.com", f"{GITHUB}:sub": subject}}

    assert verdict == no_public_access(policy(statement, kind="trust")).verdict


def test_a_deny_keeps_strangers_out(policy: Make) -> None:
    """Denying all but one organization is as good as allowing only it; denying somebody is not."""
    others = {**ALLOW, "Effect": "Deny", "Condition": {"StringNotEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}}
    one = {**ALLOW, "Effect": "Deny", "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}}

    assert no_public_access(policy(ALLOW, others)).verdict == "pass"
    assert no_public_access(policy(ALLOW, one)).verdict == "fail"


def test_one_public_statement_is_enough(policy: Make) -> None:
    """A statement without condition is public beside one that is pinned, and only it is reported."""
    pinned = {**ALLOW, "Condition": {"StringEquals": {"aws:SourceVpc": "vpc-1"}}}
    outcome = no_public_access(policy(pinned, {**ALLOW, "Action": "s3:ListBucket"}))

    assert [("Statement", 1)] == [region.path for region in outcome.regions]
    assert outcome.regions[0].conditions == ()
    assert outcome.regions[0].principals == ("*",)


@pytest.mark.parametrize("kind", ["identity", "scp", "rcp", "boundary", "session", "endpoint"])
def test_other_kinds_cannot_be_public(policy: Make, kind: str) -> None:
    """The question has no sense for what is not attached to something that others may ask for."""
    with pytest.raises(UsageError, match="can be public"):
        no_public_access(policy(kind=kind))


def test_an_invalid_policy_is_unknown(policy: Make) -> None:
    """A document that AWS would refuse does not pass."""
    assert no_public_access(policy({**ALLOW, "Condition": {"StringEqual": {"a:b": "c"}}})).verdict == "unknown"
