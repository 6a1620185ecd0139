"""Which kind a policy is, by the resource and attribute that it stands in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from jfml_policies.policy.kinds import Kind

__all__ = ["holds_policies", "is_document", "is_of_policies", "kind_of"]

#: Attributes that hold policies, by the end of their names.
_of_policies = re.compile(r"(?:polic(?:y|ies)|document|content)(?:\[\d+\])?$")
#: Attributes at which nothing else stands, in resources that are known to have policies.
_of_documents_alone = re.compile(
    r"(?:^|\.)(?:access_policies|assume_role_policy(?:_document)?|content|inline_policy|policy(?:_document)?)$"
)
#: Types with resource policies whose kind the content tells.
_OF_RESOURCES: Final = frozenset(
    {
        "aws_api_gateway_rest_api",
        "aws_api_gateway_rest_api_policy",
        "aws_backup_vault_policy",
        "aws_cloudwatch_event_bus_policy",
        "aws_cloudwatch_log_resource_policy",
        "aws_codeartifact_domain_permissions_policy",
        "aws_codeartifact_repository_permissions_policy",
        "aws_ecr_registry_policy",
        "aws_ecrpublic_repository_policy",
        "aws_efs_file_system_policy",
        "aws_elasticsearch_domain",
        "aws_elasticsearch_domain_policy",
        "aws_glue_resource_policy",
        "aws_kinesis_resource_policy",
        "aws_kms_external_key",
        "aws_kms_replica_key",
        "aws_opensearch_domain",
        "aws_opensearch_domain_policy",
        "aws_redshift_resource_policy",
        "aws_ses_identity_policy",
        "aws_transfer_user",
        "aws_vpclattice_auth_policy",
        "aws_vpclattice_resource_policy",
    }
)
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


def is_document(resource_type: str, path: str, organization_type: str | None = "") -> bool:
    """Whether a policy stands at an attribute and nothing else, such as one whose `Statement` is misspelt.

    Args:
        resource_type: the type of the resource that it stands in.
        path: the attribute.
        organization_type: as for `kind_of`.

    >>> is_document("aws_iam_role", "inline_policy[0].policy"), is_document("aws_sqs_queue", "redrive_policy")
    (True, False)
    """
    if _of_documents_alone.search(path) is None:
        return False
    return resource_type in _OF_RESOURCES or kind_of(resource_type, path, organization_type)[0] is not None


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
