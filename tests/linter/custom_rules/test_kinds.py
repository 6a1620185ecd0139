"""Rules without code, kind by kind: what they find, and the nearest that they leave alone."""

from __future__ import annotations

import json
import pickle
from typing import Any

import pytest

import jfml_policies as jp
from jfml_policies.findings import Finding
from jfml_policies.linter import RuleSettings
from jfml_policies.linter.configuration import read_configuration, read_layer

ENDPOINT = """
[[custom-rules]]
code = "lake-endpoint"
kind = "required-condition"
message = "the lake is read through our VPC endpoint only"
actions = ["s3:GetObject", "s3:PutObject"]
resources = ["arn:aws:s3:::lake/*"]
condition = {StringEquals = {"aws:SourceVpce" = ["vpce-11111111", "vpce-22222222"]}}
"""
TLS = """
[[custom-rules]]
code = "tls"
kind = "required-condition"
message = "nothing goes over the wire in clear"
actions = ["s3:*"]
condition = [{Bool = {"aws:SecureTransport" = true}}, {StringEquals = {"aws:PrincipalTag/exempt" = "yes"}}]
"""
USERS = """
[[custom-rules]]
code = "no-users"
kind = "forbidden-access"
message = "users come from the directory"
actions = ["iam:CreateUser", "iam:CreateAccessKey"]
"""
SECRETS = """
[[custom-rules]]
code = "secrets"
kind = "forbidden-access"
message = "secrets are read by the vault alone"
resources = ["arn:aws:secretsmanager:*:*:secret:prod-*"]
unless = {ArnEquals = {"aws:PrincipalArn" = "arn:aws:iam::111122223333:role/vault"}}
"""
TAGS = """
[[custom-rules]]
code = "team-tag"
kind = "required-tags"
message = "whatever is made belongs to a team"
actions = ["ec2:RunInstances"]
request-tags = {team = []}
"""
STAGE = """
[[custom-rules]]
code = "own-stage"
kind = "required-tags"
message = "only what is of the stage is stopped"
actions = ["ec2:StopInstances"]
resource-tags = {stage = ["dev", "test-*"]}
"""
TRUST = """
[[custom-rules]]
code = "who"
kind = "allowed-principals"
message = "strangers stay out"
principals = ["111122223333", "arn:aws:iam::444455556666:role/ci-*", "lambda.amazonaws.com", "*.amazonaws.com.cn",
  "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"]
organization-ids = ["o-a1b2c3d4e5"]
"""


def rules(text: str) -> RuleSettings:
    layer = read_layer(text, file="a.toml", folder="/repo", is_pyproject=False)
    return read_configuration([layer]).rules


def check(text: str, *statements: dict[str, Any], kind: str | None = None) -> list[Finding]:
    document = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", **one} for one in statements]}
    return jp.lint(document, kind=kind, select=["custom"], settings=rules(text))


def when(operator: str, key: str, *values: str) -> dict[str, Any]:
    return {"Condition": {operator: {key: list(values)}}}


READ = {"Action": "s3:GetObject", "Resource": "arn:aws:s3:::lake/*"}


@pytest.mark.parametrize(
    ("statements", "said"),
    [
        ([READ], "`s3:GetObject` on `arn:aws:s3:::lake/` without `aws:SourceVpce` is allowed"),
        ([{**READ, **when("StringEqualsIfExists", "aws:SourceVpce", "vpce-11111111")}], "without `aws:SourceVpce`"),
        ([{**READ, **when("StringLike", "aws:SourceVpce", "*")}], "with `aws:SourceVpce`"),
        ([{**READ, **when("StringEquals", "aws:SourceVpce", "vpce-11111111", "vpce-3")}], "`aws:SourceVpce` `vpce-3`"),
        ([{**READ, **when("ForAllValues:StringEquals", "aws:SourceVpce", "vpce-11111111")}], "without"),
        ([{**READ, **when("Null", "aws:SourceVpce", "false")}], "with `aws:SourceVpce`"),
        ([{**READ, **when("StringEquals", "aws:SourceVpc", "vpc-1")}], "without `aws:SourceVpce`"),
        ([{"Action": "*", "Resource": "*"}], "s3:GetObject"),
        ([{"NotAction": "iam:*", "NotResource": "arn:aws:s3:::other/*"}], "s3:GetObject"),
        ([READ, {**READ, "Effect": "Deny", **when("StringEquals", "aws:SourceVpce", "vpce-3")}], "without"),
    ],
    ids=range(10),
)
def test_a_condition_that_does_not_restrict_is_missing(statements: list[dict[str, Any]], said: str) -> None:
    """A condition counts when it keeps all others out, and a finding has a request that gets past it."""
    (finding,) = check(ENDPOINT, *statements)

    assert ("LAKE_ENDPOINT", "security-warning") == (finding.code, finding.severity)
    assert finding.message.startswith("the lake is read through our VPC endpoint only: `s3:GetObject` on `arn:aws:s3")
    assert said in finding.message
    assert finding.hint == "allow it only where `aws:SourceVpce` is one of `vpce-11111111`, `vpce-22222222`"


@pytest.mark.parametrize(
    "statements",
    [
        [{**READ, **when("StringEquals", "AWS:sourcevpce", "vpce-11111111")}],
        [{**READ, **when("StringLike", "aws:SourceVpce", "vpce-22222222")}],
        [
            READ,
            {
                "Effect": "Deny",
                "Action": "*",
                "Resource": "*",
                **when("StringNotEquals", "aws:SourceVpce", "vpce-11111111"),
            },
        ],
        [READ, {"Effect": "Deny", "Action": "s3:Get*", "Resource": "*"}],
        [{"Action": "s3:ListBucket", "Resource": "arn:aws:s3:::lake"}],
        [{"Action": "s3:GetObject", "Resource": "arn:aws:s3:::lakeside/*"}],
        [{**READ, "Effect": "Deny"}],
    ],
    ids=range(7),
)
def test_a_condition_that_restricts_is_enough(statements: list[dict[str, Any]]) -> None:
    """However it is written, and where a Deny does the same."""
    assert [] == check(ENDPOINT, *statements)


def test_the_entry_that_lets_it_in_is_pointed_at() -> None:
    """Of several entries those are told that do; tests on the same key are told beside."""
    (finding,) = check(
        ENDPOINT,
        {
            "Sid": "Read",
            "Action": ["s3:ListBucket", "s3:GetObject"],
            "Resource": ["arn:aws:s3:::lake", "arn:aws:s3:::lake/*"],
            **when("StringLike", "aws:SourceVpce", "vpce-*"),
        },
    )

    assert ("Statement", 0, "Resource", 1) == finding.path
    assert finding.sid == "Read"
    assert ["does not restrict enough"] == [one.note for one in finding.related]


def test_a_key_that_every_request_carries_is_there() -> None:
    """A Deny of requests in clear counts, although it says nothing of requests without the key; there are none."""
    bucket = {"Principal": {"AWS": "111122223333"}, "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}
    deny = {**bucket, "Effect": "Deny", "Principal": "*", **when("Bool", "aws:SecureTransport", "false")}
    exempt = when("StringEquals", "aws:PrincipalTag/exempt", "yes")

    assert [] == check(TLS, bucket, deny)
    assert [] == check(TLS, {**bucket, **exempt})
    assert "`aws:SecureTransport` `false`" in check(TLS, bucket)[0].message


SERVICES = """
[[custom-rules]]
code = "own"
kind = "required-condition"
message = "ours alone"
actions = ["sqs:*"]
condition = [
  {StringEquals = {"aws:PrincipalOrgID" = "o-a1b2c3d4e5"}},
  {Bool = {"aws:PrincipalIsAWSService" = true}, StringEquals = {"aws:SourceAccount" = "111122223333"}},
  {StringEquals = {"aws:PrincipalAccount" = ["111122223333", "444455556666"]}},
  {ArnLike = {"aws:PrincipalArn" = "arn:aws:iam::777788889999:role/ci-*"}},
]
"""


@pytest.mark.parametrize(
    ("principal", "condition", "found"),
    [
        ({"AWS": "111122223333"}, {}, 0),
        ({"AWS": ["arn:aws:iam::444455556666:role/x", "arn:aws:iam::777788889999:role/ci-1"]}, {}, 0),
        ({"AWS": ["arn:aws:iam::777788889999:role/x", "arn:aws:iam::777788889999:root"]}, {}, 1),
        ({"Service": "sns.amazonaws.com"}, {}, 1),
        ({"Service": "sns.amazonaws.com"}, when("StringEquals", "aws:SourceAccount", "111122223333"), 0),
        ({"AWS": "999999999999"}, when("StringEquals", "aws:SourceAccount", "111122223333"), 1),
    ],
    ids=range(6),
)
def test_what_follows_from_the_principal_counts(principal: Any, condition: dict[str, Any], found: int) -> None:
    """Whoever names an account, a role or a service need not say its keys as well."""
    statement = {"Principal": principal, "Action": "sqs:SendMessage", "Resource": "arn:aws:sqs:*:*:q", **condition}

    assert found == len(check(SERVICES, statement, kind="resource"))


@pytest.mark.parametrize(
    ("statement", "entries"),
    [
        ({"Action": "iam:CreateUser", "Resource": "*"}, ["iam:CreateUser"]),
        ({"Action": ["iam:*", "s3:*"], "Resource": "*"}, ["iam:*"]),
        ({"Action": ["IAM:createuser", "iam:Create*Key"], "Resource": "*"}, ["IAM:createuser", "iam:Create*Key"]),
        ({"Action": ["iam:GetUser", "iam:CreateRole"], "Resource": "*"}, []),
        ({"Action": "iam:*", "Resource": "*", "Effect": "Deny"}, []),
    ],
    ids=range(5),
)
def test_forbidden_actions_are_found_in_wildcards(statement: dict[str, Any], entries: list[str]) -> None:
    """Whatever pattern holds them is told."""
    policy = {"Version": "2012-10-17", "Statement": {"Effect": "Allow", **statement}}
    text = json.dumps(policy)

    found = [finding.span for finding in jp.lint(text, select=["custom"], settings=rules(USERS))]

    assert entries == [text[span.start + 1 : span.end - 1] for span in found if span]


def test_forbidden_actions_that_are_denied_are_not_allowed() -> None:
    """A Deny takes one of them out, and the other one is still told."""
    everything = {"Action": "*", "Resource": "*"}
    deny = {"Effect": "Deny", "Action": "iam:CreateUser", "Resource": "*"}

    assert "`iam:CreateAccessKey`" in check(USERS, everything, deny)[0].message
    assert [] == check(USERS, everything, deny, {**deny, "Action": "iam:CreateAccessKey"})


def test_forbidden_resources_are_about_actions_on_them() -> None:
    """`Resource: "*"` beside actions that take no such resource is not about it."""
    vault = when("ArnEquals", "aws:PrincipalArn", "arn:aws:iam::111122223333:role/vault")

    assert ["`secretsmanager:CancelRotateSecret`"] == [
        finding.message.split(" ")[7] for finding in check(SECRETS, {"Action": "*", "Resource": "*"})
    ]
    assert [] == check(SECRETS, {"Action": ["s3:*", "secretsmanager:ListSecrets"], "Resource": "*"})
    assert [] == check(SECRETS, {"Action": "*", "Resource": "*", **vault})
    assert [] == check(SECRETS, {"Action": "*", "Resource": "arn:aws:secretsmanager:*:*:secret:dev-*"})


@pytest.mark.parametrize(
    ("condition", "found"),
    [
        ({}, 1),
        (when("StringEquals", "aws:RequestTag/team", "a", "b"), 0),
        (when("Null", "aws:RequestTag/team", "false"), 0),
        (when("ForAnyValue:StringEquals", "aws:TagKeys", "team"), 0),
        (when("ForAllValues:StringEquals", "aws:TagKeys", "team"), 1),
        (when("StringLikeIfExists", "aws:RequestTag/team", "*"), 1),
        (when("StringNotEquals", "aws:RequestTag/team", "none"), 1),
        (when("StringEquals", "aws:ResourceTag/team", "a"), 1),
    ],
    ids=range(8),
)
def test_tags_of_a_request(condition: dict[str, Any], found: int) -> None:
    """A tag must be there in each request that is allowed."""
    assert found == len(check(TAGS, {"Action": "ec2:Run*", "Resource": "*", **condition}))


def test_tags_of_a_resource() -> None:
    """The service's own key is as good as the global one; values must be among those that are named."""
    stop = {"Action": "ec2:StopInstances", "Resource": "*"}

    assert [] == check(STAGE, {**stop, **when("StringEquals", "aws:ResourceTag/stage", "dev")})
    assert [] == check(STAGE, {**stop, **when("StringLike", "ec2:ResourceTag/stage", "test-1*")})
    assert "`prod`" in check(STAGE, {**stop, **when("StringEquals", "aws:ResourceTag/stage", "dev", "prod")})[0].message
    assert 1 == len(check(STAGE, stop))


def assume(**elements: Any) -> dict[str, Any]:
    return {"Action": "sts:AssumeRole", **elements}


@pytest.mark.parametrize(
    "statement",
    [
        assume(Principal={"AWS": ["111122223333", "arn:aws:iam::111122223333:role/any/path"]}),
        assume(
            Principal={"AWS": ["arn:aws:iam::444455556666:role/ci-1", "arn:aws:sts::444455556666:assumed-role/ci-2/s"]}
        ),
        assume(Principal={"Service": ["lambda.amazonaws.com", "ec2.amazonaws.com.cn"]}),
        assume(Principal={"AWS": "*"}, **when("StringEquals", "aws:PrincipalOrgID", "o-a1b2c3d4e5")),
        assume(Principal={"AWS": "999999999999"}, **when("StringEquals", "aws:PrincipalOrgID", "o-a1b2c3d4e5")),
        assume(
            Principal={"AWS": "*"}, **when("ForAnyValue:StringLike", "aws:PrincipalOrgPaths", "o-a1b2c3d4e5/r-1/ou-2/*")
        ),
        assume(Principal={"AWS": "*"}, **when("ArnLike", "aws:PrincipalArn", "arn:aws:iam::444455556666:role/ci-*")),
        assume(Principal={"AWS": "*"}, **when("StringLike", "aws:PrincipalArn", "arn:aws:iam::111122223333:role/*")),
        assume(Principal={"AWS": "*"}, **when("StringEquals", "aws:PrincipalAccount", "111122223333")),
        {
            "Action": "sts:AssumeRoleWithWebIdentity",
            "Principal": {"Federated": "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"},
        },
    ],
    ids=range(10),
)
def test_those_who_may_be_let_in_are(statement: dict[str, Any]) -> None:
    """By name, by pattern, by account and by organization, in the element and in conditions."""
    assert [] == check(TRUST, statement, kind="trust")


@pytest.mark.parametrize(
    ("statement", "who"),
    [
        (assume(Principal={"AWS": "*"}), None),
        (assume(Principal={"AWS": "444455556666"}), "444455556666"),
        (assume(Principal={"AWS": "arn:aws:iam::444455556666:role/admin"}), "role/admin"),
        (assume(Principal={"Service": ["lambda.amazonaws.com", "ec2.amazonaws.com"]}), "ec2.amazonaws.com"),
        (assume(Principal={"AWS": "*"}, **when("StringEqualsIfExists", "aws:PrincipalOrgID", "o-a1b2c3d4e5")), None),
        (assume(Principal={"AWS": "*"}, **when("StringEquals", "aws:PrincipalOrgID", "o-zzzzzzzzzz")), None),
        (
            assume(Principal={"AWS": "*"}, **when("StringLike", "aws:PrincipalArn", "arn:aws:iam::4444*:role/ci-1")),
            None,
        ),
        (assume(Principal={"Federated": "cognito-identity.amazonaws.com"}), "cognito-identity.amazonaws.com"),
    ],
    ids=range(8),
)
def test_strangers_are_told(statement: dict[str, Any], who: str | None) -> None:
    """Each stranger by the entry that names him."""
    (finding,) = check(TRUST, statement, kind="trust")

    assert finding.message.startswith("strangers stay out: `sts:AssumeRole` by `")
    assert who is None or who in finding.message
    assert "Principal" in finding.path


def test_a_stranger_whom_a_deny_keeps_out_is_not_let_in() -> None:
    """Denies count for principals as well."""
    deny = {
        **assume(Effect="Deny", Principal="*"),
        **when("StringNotEquals", "aws:PrincipalOrgID", "o-a1b2c3d4e5"),
    }

    assert [] == check(TRUST, assume(Principal={"AWS": "*"}), deny, kind="trust")


def test_only_kinds_that_grant_are_looked_at() -> None:
    """A guardrail or boundary grants nothing by itself; whoever names its kind has it looked at."""
    everything = {"Action": "*", "Resource": "*"}

    assert [] == check(USERS, everything, kind="scp")
    assert 1 == len(check(USERS + 'kinds = ["boundary"]', everything, kind="boundary"))
    assert [] == check(USERS + 'kinds = ["boundary"]', everything, kind="identity")


def test_policies_that_mean_nothing_are_told() -> None:
    """Nothing can be said of a document that AWS would refuse, and silence would be taken for approval."""
    (finding,) = check(USERS, {"Action": "iam:*", "Resource": "*", **when("StringEqual", "a", "b")})

    assert finding.message == (
        "users come from the directory: that this holds here could be neither proved nor refuted, "
        "AWS would refuse the policy: `StringEqual` is not a condition operator"
    )


def test_rules_travel_to_other_processes() -> None:
    """A rule that is unpickled is the same class, and its name, page and place are what the settings say."""
    (rule,) = rules(USERS + 'url = "https://wiki.example.com/users"\nseverity = "error"').rules

    assert rule is pickle.loads(pickle.dumps(rule))  # noqa: S301 -- our own bytes
    assert ("no-users", "error", "custom") == (rule.name(), rule.severity, rule.family())
    assert ("users come from the directory.", "a.toml:2:3") == (rule.summary(), rule.defined_in)
    assert "<https://wiki.example.com/users>" in rule.page()
