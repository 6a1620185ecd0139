"""Which kind a policy is, by the resource and attribute that it stands in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from jfml_policies.policy.kinds import Kind

__all__ = ["holds_policies", "is_of_policies", "kind_of"]

#: Attributes that hold policies, by the end of their names.
_of_policies = re.compile(r"(?:polic(?:y|ies)|document|content)(?:\[\d+\])?$")
#: How the types of resources begin that hold policies of AWS; others' policies look alike.
_PROVIDERS: Final = ("aws_", "awscc_", "vault_aws_")
_TRUST: Final = frozenset({"assume_role_policy", "assume_role_policy_document"})
_identity = re.compile(
    r"aws(?:cc)?_iam_(?:(?:managed_)?policy|(?:user|group|role)(?:_policy)?)"
    r"|aws_ssoadmin_permission_set_inline_policy|awscc_sso_permission_set|vault_aws_secret_backend_role",
)
_RESOURCE_TYPES: Final = {
    "aws_dynamodb_resource_policy": "AWS::DynamoDB::Table",
    "aws_ecr_repository_policy": "AWS::ECR::Repository",
    "aws_kms_key": "AWS::KMS::Key",
    "aws_kms_key_policy": "AWS::KMS::Key",
    "aws_s3_access_point": "AWS::S3::AccessPoint",
    "aws_s3_bucket": "AWS::S3::Bucket",
    "aws_s3_bucket_policy": "AWS::S3::Bucket",
    "aws_s3control_access_point_policy": "AWS::S3::AccessPoint",
    "aws_secretsmanager_secret": "AWS::SecretsManager::Secret",
    "aws_secretsmanager_secret_policy": "AWS::SecretsManager::Secret",
    "aws_sns_topic": "AWS::SNS::Topic",
    "aws_sns_topic_policy": "AWS::SNS::Topic",
    "aws_sqs_queue": "AWS::SQS::Queue",
    "aws_sqs_queue_policy": "AWS::SQS::Queue",
}
_ENDPOINTS: Final = frozenset({"aws_vpc_endpoint", "aws_vpc_endpoint_policy"})
#: Types whose policies are written in a language of their own.
_OTHER_LANGUAGES: Final = frozenset({"aws_iot_policy", "aws_verifiedpermissions_policy"})
#: By the `type` beside the `content` of `aws_organizations_policy`; the first is its default.
_ORGANIZATION_KINDS: Final[dict[str, Kind]] = {
    "": "scp",
    "SERVICE_CONTROL_POLICY": "scp",
    "RESOURCE_CONTROL_POLICY": "rcp",
}


def holds_policies(resource_type: str) -> bool:
    """Whether a type of resource may hold policies in IAM's language.

    >>> holds_policies("aws_iam_role"), holds_policies("aws_iot_policy")
    (True, False)
    """
    return resource_type.startswith(_PROVIDERS) and resource_type not in _OTHER_LANGUAGES


def is_of_policies(path: str) -> bool:
    """Whether an attribute may hold a policy, by its name.

    >>> is_of_policies("inline_policy[0].policy"), is_of_policies("name")
    (True, False)
    """
    return _of_policies.search(path) is not None


def kind_of(resource_type: str, path: str, organization_type: str | None = "") -> tuple[Kind | None, str | None]:
    """The kind of a policy, and what it is attached to; None where only its content tells.

    Args:
        resource_type: the type of the resource that it stands in.
        path: the attribute.
        organization_type: the `type` of an organization's policy; None where it is not known.

    >>> kind_of("aws_s3_bucket_policy", "policy")
    ('resource', 'AWS::S3::Bucket')
    """
    if path in _TRUST:
        return "trust", None
    if resource_type in _ENDPOINTS:
        return "endpoint", None
    if resource_type == "aws_organizations_policy":
        return None if organization_type is None else _ORGANIZATION_KINDS.get(organization_type), None
    if resource_type in _RESOURCE_TYPES:
        return "resource", _RESOURCE_TYPES[resource_type]
    return ("identity" if _identity.fullmatch(resource_type) else None), None
