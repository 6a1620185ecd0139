"""JFrog ML's role, by example."""

from __future__ import annotations

import dataclasses
import inspect
from fnmatch import fnmatchcase
from typing import Any

import pytest

from jfml_policies.build import Role, explain, jfrog_ml, unguessable_role_name

KEY = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
OTHER_KEY = "arn:aws:kms:eu-west-1:111122223333:key/mrk-1234abcd12ab34cd56ef1234567890ab"


def allows(policy: dict[str, Any], action: str, resource: str, **context: str) -> bool:
    """The plainest possible reading of the built Allow statements; `__` in a context name stands for `:`."""
    values = {name.replace("__", ":"): value for name, value in context.items()}
    return any(
        action in _list(statement["Action"])
        and any(fnmatchcase(resource, pattern) for pattern in _list(statement["Resource"]))
        and all(
            key in values and any(fnmatchcase(values[key], pattern) for pattern in _list(patterns))
            for block in statement.get("Condition", {}).values()
            for key, patterns in block.items()
        )
        for statement in policy["Statement"]
    )


def _list(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


def test_the_default_role_trusts_both_documented_patterns_in_one_statement() -> None:
    """The vendor's account is the principal; the condition names its roles."""
    role = jfrog_ml.role(bucket="acme-features", prefix="train/")

    assert role.trust == {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "AssumeRoleFromJFrogML",
                "Effect": "Allow",
                "Principal": {"AWS": "arn:aws:iam::377488441568:root"},
                "Action": "sts:AssumeRole",
                "Condition": {
                    "ArnLike": {
                        "aws:PrincipalArn": [
                            "arn:aws:iam::377488441568:role/eksctl-Qwak-EKS-Cluster-nodegroup-*",
                            "arn:aws:iam::377488441568:role/qwak-eks-base*",
                        ]
                    }
                },
            }
        ],
    }


def test_only_the_base_pattern_is_a_stated_choice() -> None:
    """The other pattern disappears and the words say so."""
    role = jfrog_ml.role(bucket="acme-features", prefix="train/", role_patterns="base")

    assert role.trust["Statement"][0]["Condition"] == {
        "ArnLike": {"aws:PrincipalArn": "arn:aws:iam::377488441568:role/qwak-eks-base*"}
    }
    assert any(choice.startswith("only `qwak-eks-base*` may assume the role") for choice in role.choices)


def test_account_and_partition_reach_every_arn() -> None:
    """Another deployment in GovCloud has its own account and ARNs."""
    role = jfrog_ml.role(bucket="acme-features", account="111122223333", partition="aws-us-gov")

    assert "arn:aws:" not in role.trust_json + role.permissions_json
    assert "arn:aws-us-gov:iam::111122223333:role/qwak-eks-base*" in role.trust_json
    assert any("111122223333 is not the account of JFrog ML Cloud" in warning for warning in role.warnings)


def test_reading_a_folder_works_as_clients_do_it() -> None:
    """Listings of the folder with and without its slash, objects, the region; nothing beside."""
    policy = jfrog_ml.role(bucket="acme", prefix="train/").permissions
    bucket = "arn:aws:s3:::acme"

    for prefix in ("train/", "train", "train/2024/"):
        assert allows(policy, "s3:ListBucket", bucket, s3__prefix=prefix)
    assert allows(policy, "s3:GetObject", f"{bucket}/train/2024/a.parquet")
    assert allows(policy, "s3:GetBucketLocation", bucket)

    for prefix in ("", "training/", "other/"):
        assert not allows(policy, "s3:ListBucket", bucket, s3__prefix=prefix)
    assert not allows(policy, "s3:ListBucket", bucket)
    assert not allows(policy, "s3:GetObject", f"{bucket}/training/a.parquet")
    assert not allows(policy, "s3:PutObject", f"{bucket}/train/a.parquet")


def test_the_compatible_form_serves_clients_that_probe_the_bucket() -> None:
    """Listing needs no prefix, reading stays in the folder."""
    policy = jfrog_ml.role(bucket="acme", prefix="train/", strict_prefix=False).permissions

    assert allows(policy, "s3:ListBucket", "arn:aws:s3:::acme")
    assert not allows(policy, "s3:GetObject", "arn:aws:s3:::acme/other/a.parquet")


def test_writing_is_granted_only_where_asked() -> None:
    """Results go to the destination, objects there cannot be read or deleted."""
    policy = jfrog_ml.role(bucket="acme", prefix="in/", write_bucket="acme-out", write_prefix="scores").permissions

    for action in ("s3:PutObject", "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"):
        assert allows(policy, action, "arn:aws:s3:::acme-out/scores/part-0.csv")
        assert not allows(policy, action, "arn:aws:s3:::acme-out/other/part-0.csv")
        assert not allows(policy, action, "arn:aws:s3:::acme/in/part-0.csv")
    for action in ("s3:GetObject", "s3:DeleteObject"):
        assert not allows(policy, action, "arn:aws:s3:::acme-out/scores/part-0.csv")


def test_a_write_prefix_alone_writes_to_the_bucket_that_is_read() -> None:
    """The words say which bucket that is."""
    role = jfrog_ml.role(bucket="acme", prefix="in/", write_prefix="out/")

    assert allows(role.permissions, "s3:PutObject", "arn:aws:s3:::acme/out/x")
    assert any(choice.startswith("results go to `acme`") for choice in role.choices)


def test_keys_serve_only_s3_in_their_region() -> None:
    """Decrypting for reading; encrypting only when something is written."""
    reader = jfrog_ml.role(bucket="acme", prefix="in/", kms_keys=[KEY]).permissions
    writer = jfrog_ml.role(bucket="acme", prefix="in/", write_prefix="out/", kms_keys=[KEY]).permissions
    through_s3 = {"kms__ViaService": "s3.us-east-1.amazonaws.com"}

    assert allows(reader, "kms:Decrypt", KEY, **through_s3)
    assert not allows(reader, "kms:Decrypt", KEY)
    assert not allows(reader, "kms:GenerateDataKey", KEY, **through_s3)
    assert allows(writer, "kms:GenerateDataKey", KEY, **through_s3)


def test_results_may_have_keys_of_their_own() -> None:
    """The key of the data then encrypts nothing, even when the buckets are in two regions."""
    policy = jfrog_ml.role(
        bucket="acme", prefix="in/", write_bucket="acme-eu", kms_keys=[KEY], write_kms_keys=[OTHER_KEY]
    ).permissions

    assert not allows(policy, "kms:GenerateDataKey", KEY, kms__ViaService="s3.us-east-1.amazonaws.com")
    assert allows(policy, "kms:GenerateDataKey", OTHER_KEY, kms__ViaService="s3.eu-west-1.amazonaws.com")
    assert len({statement["Sid"] for statement in policy["Statement"]}) == len(policy["Statement"])


def test_the_own_account_guards_against_buckets_of_others() -> None:
    """The same name in another account is refused."""
    policy = jfrog_ml.role(bucket="acme", prefix="in/", own_account="111122223333").permissions

    assert allows(policy, "s3:GetObject", "arn:aws:s3:::acme/in/x", aws__ResourceAccount="111122223333")
    assert not allows(policy, "s3:GetObject", "arn:aws:s3:::acme/in/x", aws__ResourceAccount="999999999999")


@pytest.mark.parametrize(
    ("arguments", "warning"),
    [
        ({}, "JFrog ML sends no external id"),
        ({"role_name": "qwak-access-role"}, "`qwak-access-role` is a name from the vendor's documentation"),
        ({}, "without a prefix the role reads the whole bucket `acme`"),
        ({}, "no KMS key was given"),
        ({"write_bucket": "acme-out"}, "can overwrite every object in the bucket `acme-out`"),
        ({"prefix": "a/", "write_prefix": "a/b/"}, "a later run may take them for input"),
        ({"prefix": "train/data.bin"}, "`train/data.bin` looks like one file"),
        ({"prefix": "a//b/"}, "holds an empty folder name"),
        ({"prefix": "日本/"}, "beyond U+00FF"),
        ({"kms_keys": ["arn:aws:kms:us-east-1:111122223333:key/abc"]}, "does not end in an id as KMS gives them out"),
        ({"account": "111122223333", "own_account": "111122223333"}, "the vendor's account and yours are the same"),
        ({"as_documented": True}, "the documented policies read the whole bucket"),
    ],
)
def test_what_cannot_be_put_right_is_warned_of(arguments: dict[str, Any], warning: str) -> None:
    """Each weakness has its line."""
    assert warning in "\n".join(jfrog_ml.role(bucket="acme", **arguments).warnings)


def test_a_careful_request_is_warned_of_the_external_id_alone() -> None:
    """Nothing else is left to watch."""
    role = jfrog_ml.role(bucket="acme", prefix="train/", kms_keys=[KEY], role_name=unguessable_role_name())

    assert len(role.warnings) == 1
    assert "the name cannot be guessed" in role.warnings[0]


def test_the_report_reads_well() -> None:
    """The whole of it, as a person sees it."""
    role = jfrog_ml.role(bucket="acme-features", prefix="train", own_account="111122223333", kms_keys=[KEY])

    assert (
        "\n".join(explain(role)).partition("\nHand over:")[0]
        == """\
Chosen:
  the account 377488441568 is JFrog ML Cloud's; other deployments have their own
  both role patterns of the vendor's page may assume the role, `eksctl-Qwak-EKS-Cluster-nodegroup-*` and \
`qwak-eks-base*`: the page for data sources names both, those for real-time and batch only the second; role_patterns \
`base` keeps that one alone
  the prefix `train` is taken as the folder `train/`
  listings must name the folder (strict); a client that probes the bucket or lists without a prefix, as older Hadoop \
versions do, needs the compatible form
  keys serve only calls that S3 makes for the role in the key's region (`kms:ViaService`)
  buckets must belong to the account 111122223333, so that a bucket name that somebody else takes over is of no use
  keys in the role's own account get no statement for it: their policies have to leave access to IAM, as the default \
one does by allowing `kms:*` to the root of the account 111122223333
Allows:
  roles named `eksctl-Qwak-EKS-Cluster-nodegroup-*` and `qwak-eks-base*` in the account 377488441568 may assume this \
role
  read every object in `s3://acme-features/train/`
  list the keys of `s3://acme-features/train/`, and with `train` as prefix also the names of keys that begin with it
  look up the region of the bucket `acme-features`
  decrypt those objects through S3 with `arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab`
Leaves out:
  writing: batch results need write_bucket or write_prefix
  deleting, older versions of objects, tags and access lists
  reading anything else in the bucket `acme-features`
  Athena, Redshift and whatever else the code of a model or build calls
Warnings:
  JFrog ML sends no external id for customers' roles, so any of its tenants who knows this role's ARN can have it \
assumed; take an unguessable name, as unguessable_role_name makes"""
    )


def test_a_role_is_a_value() -> None:
    """Frozen, hashable, equal by content, and its documents cannot be changed through it."""
    role, again = (jfrog_ml.role(bucket="acme", prefix="train/", role_name="reader") for _ in range(2))
    role.trust["Statement"].clear()

    assert isinstance(role, Role)
    assert (role, hash(role)) == (again, hash(again))
    assert role.trust["Statement"]
    assert role.name == "reader"
    with pytest.raises(dataclasses.FrozenInstanceError):
        role.name = "other"  # type: ignore[misc]


def test_arguments_and_parameters_are_the_same() -> None:
    """`role` takes every field of the model, with the same default and none beside."""
    signature = inspect.signature(jfrog_ml.role)
    defaults = {
        name: ... if parameter.default is inspect.Parameter.empty else parameter.default
        for name, parameter in signature.parameters.items()
    }
    fields = {
        name: ... if field.is_required() else field.default
        for name, field in jfrog_ml.RoleParameters.model_fields.items()
    }

    assert fields == defaults


def test_a_role_too_large_for_one_policy_takes_several() -> None:
    """Fifty keys and long prefixes exceed a managed policy."""
    keys = [f"arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-{n:012}" for n in range(50)]

    role = jfrog_ml.role(bucket="acme", prefix="p" * 900, kms_keys=keys)

    assert 2 == len(role.permission_documents)
    assert "so they are split into 2 policies; attach all of them: together they allow it all" in role.choices[-1]
