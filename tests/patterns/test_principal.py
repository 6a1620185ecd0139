from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jfml_policies.patterns.principal import PRINCIPAL_TYPES, Principal

ACCOUNT = "111122223333"


@pytest.mark.parametrize(
    ("type_name", "value", "kind", "parts"),
    [
        (None, "*", "everyone", {}),
        ("AWS", "*", "everyone", {}),
        ("AWS", ACCOUNT, "account", {"account": ACCOUNT}),
        ("AWS", f"arn:aws-cn:iam::{ACCOUNT}:root", "account", {"account": ACCOUNT, "partition": "aws-cn"}),
        ("AWS", f"arn:aws:iam::{ACCOUNT}:role/Reader", "role", {"path": "/", "name": "Reader"}),
        ("AWS", f"arn:aws:iam::{ACCOUNT}:role/a/b/Reader", "role", {"path": "/a/b/", "name": "Reader"}),
        ("AWS", f"arn:aws:iam::{ACCOUNT}:user/ann", "user", {"account": ACCOUNT, "name": "ann"}),
        ("AWS", f"arn:aws:sts::{ACCOUNT}:assumed-role/R/s@x.y", "assumed-role", {"name": "R", "session": "s@x.y"}),
        ("AWS", f"arn:aws:sts::{ACCOUNT}:federated-user/ann", "federated-user", {"name": "ann", "path": ""}),
        ("AWS", "AROAEXAMPLEEXAMPLE12", "unique-id", {"unique_id_owner": "role"}),
        ("AWS", "AIDAEXAMPLEEXAMPLE12", "unique-id", {"unique_id_owner": "user"}),
        (
            "AWS",
            "arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E12",
            "cloudfront-identity",
            {"name": "E12"},
        ),
        ("Service", "ec2.amazonaws.com.cn", "service", {"name": "ec2.amazonaws.com.cn"}),
        ("Federated", f"arn:aws:iam::{ACCOUNT}:saml-provider/Okta", "saml-provider", {"name": "Okta"}),
        (
            "Federated",
            f"arn:aws:iam::{ACCOUNT}:oidc-provider/gitlab.example.com/group",
            "oidc-provider",
            {"name": "gitlab.example.com/group", "account": ACCOUNT},
        ),
        ("Federated", "accounts.google.com", "oidc-provider", {"name": "accounts.google.com", "account": ""}),
        ("CanonicalUser", "0aF9" * 16, "canonical-user", {"name": "0aF9" * 16}),
    ],
)
def test_forms(type_name: str | None, value: str, kind: str, parts: dict[str, str]) -> None:
    """Every form is told from the others and taken apart."""
    principal = Principal.parse(type_name, value)

    assert (kind, None) == (principal.kind, principal.problem)
    assert parts == {name: getattr(principal, name) for name in parts}


@pytest.mark.parametrize(
    ("type_name", "value", "code"),
    [
        (None, ACCOUNT, "bare-text"),
        (None, "", "bare-text"),
        ("aws", "*", "unknown-type"),
        ("AWS", f"arn:aws:iam::{ACCOUNT}:role/*", "wildcard"),
        ("AWS", "arn:aws:iam::*:root", "wildcard"),
        ("Service", "*", "wildcard"),
        ("Federated", "*", "wildcard"),
        ("AWS", "11112222333", "malformed-account"),
        ("AWS", "1111-2222-3333", "malformed-account"),
        ("AWS", "arn:aws:iam::1111:root", "malformed-account"),
        ("AWS", "arn:aws:iam::1111:role/R", "malformed-account"),
        ("Federated", "arn:aws:iam::1:saml-provider/Okta", "malformed-account"),
        ("AWS", f"arn:aws:iam::{ACCOUNT}:group/Admins", "not-a-principal"),
        ("AWS", f"arn:aws:iam::{ACCOUNT}:instance-profile/web", "not-a-principal"),
        ("AWS", f"arn:aws:iam::{ACCOUNT}:policy/P", "not-a-principal"),
        ("AWS", "AGPAEXAMPLEEXAMPLE12", "not-a-principal"),
        ("AWS", f"arn:aws:iam::{ACCOUNT}:saml-provider/Okta", "wrong-type"),
        ("AWS", "ec2.amazonaws.com", "wrong-type"),
        ("AWS", "accounts.google.com", "wrong-type"),
        ("AWS", f"arn:aws:iam::{ACCOUNT}:role/", "malformed-arn"),
        ("AWS", f"arn:aws:iam::{ACCOUNT}:assumed-role/R/S", "malformed-arn"),
        ("AWS", f"arn:aws:sts::{ACCOUNT}:assumed-role/R", "malformed-arn"),
        ("AWS", f"arn:aws:sts::{ACCOUNT}:assumed-role/path/R/S", "malformed-arn"),
        ("AWS", f"arn:aws:iam:us-east-1:{ACCOUNT}:role/R", "malformed-arn"),
        ("AWS", f"arn:aws:s3::{ACCOUNT}:role/R", "malformed-arn"),
        ("AWS", f"arn:aws:iam::{ACCOUNT}:Role/R", "malformed-arn"),
        ("AWS", "arn:aws:iam", "malformed-arn"),
        ("AWS", "", "malformed-arn"),
        ("AWS", "ann", "malformed-arn"),
        ("Service", "EC2.amazonaws.com", "malformed-service"),
        ("Service", "ec2", "malformed-service"),
        ("Service", "ec2..com", "malformed-service"),
        ("Federated", "arn:aws:iam::1:role/R", "malformed-provider"),
        ("Federated", "arn:aws:iam", "malformed-provider"),
        ("Federated", "okta", "malformed-provider"),
        ("CanonicalUser", "0aF9", "malformed-canonical-user"),
    ],
)
def test_faults(type_name: str | None, value: str, code: str) -> None:
    """What is no principal is told by a code, with words that follow the house style."""
    problem = Principal.parse(type_name, value).problem

    assert problem is not None
    assert code == problem.code
    assert problem.message[0] != problem.message[0].swapcase() or problem.message[0] == "`"
    assert not problem.message.endswith(".")


def test_meaning() -> None:
    """Account id and root ARN mean the same; the two writings of everyone too; different roles do not."""
    parse = Principal.parse

    assert parse("AWS", ACCOUNT).meaning == parse("AWS", f"arn:aws:iam::{ACCOUNT}:root").meaning
    assert parse("AWS", "*").meaning == parse(None, "*").meaning
    assert (
        parse("AWS", f"arn:aws:iam::{ACCOUNT}:role/R").meaning != parse("AWS", f"arn:aws:iam::{ACCOUNT}:role/r").meaning
    )
    assert (
        parse("AWS", f"arn:aws:iam::{ACCOUNT}:role/R").meaning != parse("AWS", f"arn:aws:iam::{ACCOUNT}:user/R").meaning
    )


def test_unknown_is_not_invalid() -> None:
    """A value that only deployment knows is neither right nor wrong."""
    principal = Principal.unknown("AWS", "${aws_iam_role.reader.arn}")

    assert principal.kind == "unknown"
    assert principal.is_valid


@given(st.sampled_from([None, *PRINCIPAL_TYPES, "x"]), st.text(max_size=30))
def test_any_text_parses(type_name: str | None, value: str) -> None:
    """No text raises, and a problem is there exactly when the kind is invalid."""
    principal = Principal.parse(type_name, value)

    assert (principal.kind == "invalid") == (principal.problem is not None) == (not principal.is_valid)
