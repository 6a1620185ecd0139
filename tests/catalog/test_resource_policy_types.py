"""Resource types that hold policies."""

from __future__ import annotations

import pytest

from jfml_policies.catalog import load
from jfml_policies.catalog.resource_policy_types import RESOURCE_POLICY_TYPES, actions_in


@pytest.mark.parametrize("name", RESOURCE_POLICY_TYPES)
def test_every_type_is_in_the_catalogue(name: str) -> None:
    """Each named resource type and action exists, and some actions fit."""
    catalog = load()
    for prefix, resource_type in RESOURCE_POLICY_TYPES[name].resource_types:
        service = catalog.service(prefix)
        assert service is not None
        assert service.resource_type(resource_type) is not None, resource_type
    assert all(map(catalog.matches_any, RESOURCE_POLICY_TYPES[name].named_actions))

    assert actions_in(name, catalog)


@pytest.mark.parametrize(
    ("name", "fits", "does_not"),
    [
        ("AWS::S3::Bucket", "s3:PutBucketPolicy", "s3:ListAllMyBuckets"),
        ("AWS::S3::Bucket", "s3:GetObject", "kms:Decrypt"),
        ("AWS::S3::AccessPoint", "s3:GetObject", "s3:CreateBucket"),
        ("AWS::S3ObjectLambda::AccessPoint", "s3-object-lambda:GetObject", "s3:CreateBucket"),
        ("AWS::IAM::AssumeRolePolicyDocument", "sts:AssumeRole", "s3:GetObject"),
        ("AWS::DynamoDB::Table", "dynamodb:Query", "dynamodb:ListTables"),
        ("AWS::KMS::Key", "kms:Decrypt", "kms:CreateAliasNothing"),
        ("AWS::SQS::Queue", "sqs:SendMessage", "sqs:ListQueues"),
    ],
)
def test_actions(name: str, fits: str, does_not: str) -> None:
    """A policy can be about actions on its own resource and not about others."""
    actions = actions_in(name, load())

    assert fits in actions
    assert does_not not in actions


def test_other_types_have_no_actions() -> None:
    """A type that holds no policy gives the empty set."""
    assert frozenset() == actions_in("AWS::EC2::Instance", load())
