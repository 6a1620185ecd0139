from __future__ import annotations

from typing import Any

import pytest

import jfml_policies as jp
from jfml_policies.build import RoleDocuments, jfrog_ml
from jfml_policies.build.outputs.cross_account import bucket_policies, key_policy_statements
from jfml_policies.errors import ParameterError

KEY = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
ROLE_ACCOUNT = "444455556666"
SESSION = f"arn:aws:sts::{ROLE_ACCOUNT}:assumed-role/reader/session"
STRANGER = f"arn:aws:sts::{ROLE_ACCOUNT}:assumed-role/other/session"
OTHER_ACCOUNT = {"aws:ResourceAccount": "111122223333"}
ROLE = jfrog_ml.role(
    bucket="acme-features", prefix="train/", write_bucket="acme-scores", kms_keys=[KEY], role_name="reader"
)
CALLS = [
    ("s3:GetObject", "arn:aws:s3:::acme-features/train/a.csv", True),
    ("s3:GetObject", "arn:aws:s3:::acme-features/other/a.csv", False),
    ("s3:PutObject", "arn:aws:s3:::acme-features/train/a.csv", False),
    ("s3:PutObject", "arn:aws:s3:::acme-scores/a.csv", True),
    ("s3:GetObject", "arn:aws:s3:::acme-scores/a.csv", False),
]


@pytest.mark.parametrize(("action", "resource", "allowed"), CALLS)
def test_both_accounts_together_allow_what_the_role_asked_for(action: str, resource: str, *, allowed: bool) -> None:
    """The role alone gets nothing from another account's bucket, with the bucket's policy exactly its share."""
    policies = ROLE.bucket_policies(role_account=ROLE_ACCOUNT)
    policy = policies[resource.split(":::")[1].split("/", maxsplit=1)[0]]
    request = jp.Request(action, resource, principal=SESSION, context=OTHER_ACCOUNT)

    assert not jp.evaluate([], request, identity=ROLE.permissions, resource=[]).allowed
    assert allowed == jp.evaluate([], request, identity=ROLE.permissions, resource=policy).allowed


def test_nobody_else_gets_anything() -> None:
    """A role with the same permissions beside it is refused by the bucket."""
    policy = ROLE.bucket_policies(role_account=ROLE_ACCOUNT)["acme-features"]
    request = jp.Request(
        "s3:GetObject", "arn:aws:s3:::acme-features/train/a.csv", principal=STRANGER, context=OTHER_ACCOUNT
    )

    assert not jp.evaluate([], request, identity=ROLE.permissions, resource=policy).allowed


def test_bucket_policies_are_clean() -> None:
    """One for each bucket, and the linter has nothing against them."""
    policies = ROLE.bucket_policies(role_account=ROLE_ACCOUNT)

    assert {"acme-features", "acme-scores"} == set(policies)
    for policy in policies.values():
        assert [] == jp.lint(policy, kind="resource", resource_type="AWS::S3::Bucket")


def test_the_keys_statements_name_the_role_and_keep_their_conditions() -> None:
    """In a key's policy the resource is the key itself; only calls that S3 makes are allowed."""
    via_s3 = {"StringEquals": {"kms:ViaService": "s3.us-east-1.amazonaws.com"}}
    shared = {"Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{ROLE_ACCOUNT}:role/reader"}, "Resource": "*"}
    expected = {
        KEY: (
            {"Sid": "DecryptObjects", **shared, "Action": "kms:Decrypt", "Condition": via_s3},
            {"Sid": "EncryptObjects", **shared, "Action": "kms:GenerateDataKey", "Condition": via_s3},
        )
    }

    assert expected == ROLE.key_policy_statements(role_account=ROLE_ACCOUNT)


def test_the_role_needs_a_name_and_an_account() -> None:
    """Both problems are told at once."""
    with pytest.raises(ParameterError) as refused:
        jfrog_ml.role(bucket="acme-features").bucket_policies(role_account="12")

    assert ["role_name", "role_account"] == [problem.partition(":")[0] for problem in refused.value.problems]


@pytest.mark.parametrize(
    "statement",
    [
        {"Action": "s3:GetObject", "Resource": "*"},
        {"Action": "s3:GetObject", "Resource": "arn:aws:s3:::acme-*/*"},
        {"Action": ["kms:Decrypt"], "Resource": "arn:aws:kms:*:111122223333:key/*"},
        {"NotAction": "s3:GetObject", "Resource": "*"},
    ],
)
def test_what_names_no_single_bucket_or_key_is_refused(statement: dict[str, Any]) -> None:
    """Nothing is left out without a word."""
    document = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", **statement}]}
    role = RoleDocuments("reader", document, (document,))
    write = key_policy_statements if "kms" in str(statement) else bucket_policies
    with pytest.raises(ParameterError):
        write(role, principal="x")
