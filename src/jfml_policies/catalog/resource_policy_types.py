"""Resource types to which a resource policy is attached: what such a policy may speak of.

Names are CloudFormation's. The first six are those for which AWS's policy validation has checks of their own
(`validatePolicyResourceType`, https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_ValidatePolicy.html);
the others follow "Services that work with IAM",
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_aws-services-that-work-with-iam.html, column
"Resource-based policies". Which actions fit follows from the resource types they work on in the catalogue. An access
point also takes the requests that list unfinished uploads, as "Access point compatibility" says,
https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-service-api-support.html.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from jfml_policies.record import record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jfml_policies.catalog.reader import Catalog

__all__ = ["RESOURCE_POLICY_TYPES", "ResourcePolicyType", "actions_in"]


@record
class ResourcePolicyType:
    """One kind of policy holder.

    Attributes:
        name: as in `AWS::S3::Bucket`.
        resource_types: (service prefix, resource type in the catalogue) of what the policy's `Resource` may name.
        validated_by_aws: True when AWS's policy validation takes the name.
        named_actions: actions that fit although they do not follow from the resource types.
    """

    name: str
    resource_types: tuple[tuple[str, str], ...]
    validated_by_aws: bool = False
    named_actions: tuple[str, ...] = ()


#: Name -> type.
RESOURCE_POLICY_TYPES: Mapping[str, ResourcePolicyType] = MappingProxyType(
    {
        kind.name: kind
        for kind in (
            ResourcePolicyType("AWS::S3::Bucket", (("s3", "bucket"), ("s3", "object")), validated_by_aws=True),
            ResourcePolicyType(
                "AWS::S3::AccessPoint",
                (("s3", "accesspoint"), ("s3", "accesspointobject")),
                validated_by_aws=True,
                named_actions=("s3:ListBucketMultipartUploads",),
            ),
            ResourcePolicyType(
                "AWS::S3::MultiRegionAccessPoint",
                (("s3", "multiregionaccesspoint"), ("s3", "accesspoint"), ("s3", "accesspointobject")),
                validated_by_aws=True,
                named_actions=("s3:ListBucketMultipartUploads",),
            ),
            ResourcePolicyType(
                "AWS::S3ObjectLambda::AccessPoint",
                (("s3", "objectlambdaaccesspoint"), ("s3-object-lambda", "objectlambdaaccesspoint")),
                validated_by_aws=True,
            ),
            ResourcePolicyType(
                "AWS::IAM::AssumeRolePolicyDocument",
                (),
                validated_by_aws=True,
                named_actions=(
                    "sts:AssumeRole",
                    "sts:AssumeRoleWithSAML",
                    "sts:AssumeRoleWithWebIdentity",
                    "sts:SetContext",
                    "sts:SetSourceIdentity",
                    "sts:TagSession",
                ),
            ),
            ResourcePolicyType(
                "AWS::DynamoDB::Table", (("dynamodb", "table"), ("dynamodb", "index")), validated_by_aws=True
            ),
            ResourcePolicyType("AWS::ECR::Repository", (("ecr", "repository"),)),
            ResourcePolicyType("AWS::KMS::Key", (("kms", "key"),)),
            ResourcePolicyType("AWS::Lambda::Function", (("lambda", "function"), ("lambda", "function alias"))),
            ResourcePolicyType("AWS::SecretsManager::Secret", (("secretsmanager", "Secret"),)),
            ResourcePolicyType("AWS::SNS::Topic", (("sns", "topic"),)),
            ResourcePolicyType("AWS::SQS::Queue", (("sqs", "queue"),)),
        )
    }
)


def actions_in(name: str, catalog: Catalog) -> frozenset[str]:
    """The actions, as `service:Name`, that a policy on a resource of this type can be about.

    Args:
        name: a name from `RESOURCE_POLICY_TYPES`; any other gives the empty set.
        catalog: where the services' tables are.

    >>> from jfml_policies.catalog import load
    >>> actions = actions_in("AWS::S3::Bucket", load())
    >>> "s3:GetObject" in actions, "s3:ListAllMyBuckets" in actions
    (True, False)
    """
    kind = RESOURCE_POLICY_TYPES.get(name)
    if kind is None:
        return frozenset()
    found = set(kind.named_actions)
    for prefix, resource_type in kind.resource_types:
        service = catalog.service(prefix)
        for action in service.actions if service else ():
            if any(resource.name.lower() == resource_type.lower() for resource in action.resource_types):
                found.add(action.full_name)
    return frozenset(found)
