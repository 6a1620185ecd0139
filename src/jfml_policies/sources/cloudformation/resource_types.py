"""What is known of resource types: the kinds of their policies, and what `Ref` and `GetAtt` give.

Source: AWS CloudFormation Template Reference, the pages of the resource types ("Return values"); AWS SAM Developer
Guide for `AWS::Serverless`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jfml_policies.record import record

if TYPE_CHECKING:
    from jfml_policies.policy.kinds import Kind
    from jfml_policies.sources.shape import Nature

__all__ = ["OTHER_LANGUAGES", "PolicyKind", "arn_examples", "policy_kind", "ref_of"]


@record
class PolicyKind:
    """The kind of a policy, and for resource policies the type of the resource that it is attached to."""

    kind: Kind | None
    resource_type: str | None = None


#: Types whose policies are written in a language of their own.
OTHER_LANGUAGES: Final = frozenset({"AWS::IoT::Policy", "AWS::VerifiedPermissions::Policy"})

_IDENTITY: Final = PolicyKind("identity")
_RESOURCE: Final = PolicyKind("resource")
_TRUST: Final = PolicyKind("trust")
#: By resource type; a property alone where a type has policies of several kinds.
_KINDS: Final[dict[str, PolicyKind]] = {
    "AWS::IAM::Group": _IDENTITY,
    "AWS::IAM::GroupPolicy": _IDENTITY,
    "AWS::IAM::ManagedPolicy": _IDENTITY,
    "AWS::IAM::Policy": _IDENTITY,
    "AWS::IAM::Role": _IDENTITY,
    "AWS::IAM::RolePolicy": _IDENTITY,
    "AWS::IAM::User": _IDENTITY,
    "AWS::IAM::UserPolicy": _IDENTITY,
    "AWS::SSO::PermissionSet": _IDENTITY,
    "AWS::Serverless::Function": _IDENTITY,
    "AWS::Serverless::StateMachine": _IDENTITY,
    "AWS::Transfer::User": PolicyKind("session"),
    "AWS::EC2::VPCEndpoint": PolicyKind("endpoint"),
    "AWS::S3::AccessPoint": PolicyKind("resource", "AWS::S3::AccessPoint"),
    "AWS::S3::BucketPolicy": PolicyKind("resource", "AWS::S3::Bucket"),
    "AWS::S3::MultiRegionAccessPointPolicy": PolicyKind("resource", "AWS::S3::MultiRegionAccessPoint"),
    "AWS::S3ObjectLambda::AccessPointPolicy": PolicyKind("resource", "AWS::S3ObjectLambda::AccessPoint"),
    "AWS::DynamoDB::GlobalTable": PolicyKind("resource", "AWS::DynamoDB::Table"),
    "AWS::DynamoDB::Table": PolicyKind("resource", "AWS::DynamoDB::Table"),
    "AWS::ECR::Repository": PolicyKind("resource", "AWS::ECR::Repository"),
    "AWS::KMS::Key": PolicyKind("resource", "AWS::KMS::Key"),
    "AWS::KMS::ReplicaKey": PolicyKind("resource", "AWS::KMS::Key"),
    "AWS::SNS::TopicInlinePolicy": PolicyKind("resource", "AWS::SNS::Topic"),
    "AWS::SNS::TopicPolicy": PolicyKind("resource", "AWS::SNS::Topic"),
    "AWS::SQS::QueueInlinePolicy": PolicyKind("resource", "AWS::SQS::Queue"),
    "AWS::SQS::QueuePolicy": PolicyKind("resource", "AWS::SQS::Queue"),
    "AWS::SecretsManager::ResourcePolicy": PolicyKind("resource", "AWS::SecretsManager::Secret"),
    **dict.fromkeys(
        (
            "AWS::ApiGateway::RestApi",
            "AWS::Backup::BackupVault",
            "AWS::CodeArtifact::Domain",
            "AWS::CodeArtifact::Repository",
            "AWS::ECR::PublicRepository",
            "AWS::ECR::RegistryPolicy",
            "AWS::EFS::FileSystem",
            "AWS::Elasticsearch::Domain",
            "AWS::Events::EventBus",
            "AWS::Events::EventBusPolicy",
            "AWS::Kinesis::ResourcePolicy",
            "AWS::Logs::LogGroup",
            "AWS::Logs::ResourcePolicy",
            "AWS::OpenSearchService::Domain",
            "AWS::Organizations::ResourcePolicy",
            "AWS::RedshiftServerless::Namespace",
            "AWS::S3Express::BucketPolicy",
            "AWS::S3Outposts::BucketPolicy",
            "AWS::S3Tables::TableBucketPolicy",
            "AWS::S3Tables::TablePolicy",
            "AWS::SSM::ResourcePolicy",
            "AWS::Schemas::RegistryPolicy",
            "AWS::VpcLattice::AuthPolicy",
            "AWS::VpcLattice::ResourcePolicy",
            "AWS::XRay::ResourcePolicy",
            "AWS::Serverless::Api",
        ),
        _RESOURCE,
    ),
}
_ORGANIZATION_KINDS: Final[dict[str, Kind]] = {"SERVICE_CONTROL_POLICY": "scp", "RESOURCE_CONTROL_POLICY": "rcp"}

#: What `Ref` gives: an ARN, or a name or id.
_REF_IS_ARN: Final = frozenset(
    {
        "AWS::ECS::Service",
        "AWS::ECS::TaskDefinition",
        "AWS::ElasticLoadBalancingV2::LoadBalancer",
        "AWS::IAM::ManagedPolicy",
        "AWS::SNS::Topic",
        "AWS::SecretsManager::Secret",
        "AWS::StepFunctions::StateMachine",
    }
)
#: Names of parameters of Systems Manager often begin with a slash, so that of those nothing is known.
_REF_IS_NAME: Final = frozenset(
    {
        "AWS::CodeBuild::Project",
        "AWS::DynamoDB::Table",
        "AWS::EC2::VPC",
        "AWS::EC2::VPCEndpoint",
        "AWS::ECR::Repository",
        "AWS::ECS::Cluster",
        "AWS::Events::EventBus",
        "AWS::Events::Rule",
        "AWS::Glue::Database",
        "AWS::Glue::Table",
        "AWS::IAM::Group",
        "AWS::IAM::Role",
        "AWS::IAM::User",
        "AWS::KMS::Key",
        "AWS::Kinesis::Stream",
        "AWS::Lambda::Function",
        "AWS::Logs::LogGroup",
        "AWS::S3::Bucket",
        "AWS::Serverless::Function",
        "AWS::Serverless::SimpleTable",
    }
)
_ARNS: Final = {
    "AWS::CodeBuild::Project": "codebuild:us-east-1:444455556666:project/opaque-{n}",
    "AWS::DynamoDB::Table": "dynamodb:us-east-1:444455556666:table/opaque-{n}",
    "AWS::ECR::Repository": "ecr:us-east-1:444455556666:repository/opaque-{n}",
    "AWS::ECS::Cluster": "ecs:us-east-1:444455556666:cluster/opaque-{n}",
    "AWS::ECS::TaskDefinition": "ecs:us-east-1:444455556666:task-definition/opaque-{n}:1",
    "AWS::Events::EventBus": "events:us-east-1:444455556666:event-bus/opaque-{n}",
    "AWS::Events::Rule": "events:us-east-1:444455556666:rule/opaque-{n}",
    "AWS::IAM::Group": "iam::444455556666:group/opaque-{n}",
    "AWS::IAM::ManagedPolicy": "iam::444455556666:policy/opaque-{n}",
    "AWS::IAM::Role": "iam::444455556666:role/opaque-{n}",
    "AWS::IAM::User": "iam::444455556666:user/opaque-{n}",
    "AWS::KMS::Key": "kms:us-east-1:444455556666:key/00000000-0000-0000-0000-00000000000{n}",
    "AWS::Kinesis::Stream": "kinesis:us-east-1:444455556666:stream/opaque-{n}",
    "AWS::KinesisFirehose::DeliveryStream": "firehose:us-east-1:444455556666:deliverystream/opaque-{n}",
    "AWS::Lambda::Function": "lambda:us-east-1:444455556666:function:opaque-{n}",
    "AWS::Logs::LogGroup": "logs:us-east-1:444455556666:log-group:opaque-{n}:*",
    "AWS::S3::Bucket": "s3:::opaque-{n}",
    "AWS::SNS::Topic": "sns:us-east-1:444455556666:opaque-{n}",
    "AWS::SQS::Queue": "sqs:us-east-1:444455556666:opaque-{n}",
    "AWS::SecretsManager::Secret": "secretsmanager:us-east-1:444455556666:secret:opaque-{n}-a1b2c3",
    "AWS::Serverless::Function": "lambda:us-east-1:444455556666:function:opaque-{n}",
    "AWS::Serverless::SimpleTable": "dynamodb:us-east-1:444455556666:table/opaque-{n}",
    "AWS::Serverless::StateMachine": "states:us-east-1:444455556666:stateMachine:opaque-{n}",
    "AWS::StepFunctions::StateMachine": "states:us-east-1:444455556666:stateMachine:opaque-{n}",
}


def policy_kind(resource_type: str, property_name: str, organization_type: str | None) -> PolicyKind:
    """The kind of a policy that stands below a property of a resource; without a kind where only its content tells.

    >>> policy_kind("AWS::IAM::Role", "AssumeRolePolicyDocument", None).kind
    'trust'
    """
    if property_name == "AssumeRolePolicyDocument":
        return _TRUST
    if resource_type == "AWS::Organizations::Policy":
        return PolicyKind(_ORGANIZATION_KINDS.get(organization_type or ""))
    return _KINDS.get(resource_type) or PolicyKind(None)


def arn_examples(resource_type: str) -> tuple[str, ...]:
    """ARNs of resources of a type; none where their form is not known."""
    known = _ARNS.get(resource_type)
    return () if known is None else (f"arn:aws:{known}",)


def ref_of(resource_type: str) -> tuple[Nature, tuple[str, ...]]:
    """What is known of the value that `Ref` gives for a resource: its nature, and examples."""
    if resource_type in _REF_IS_NAME:
        return "name", ()
    return "any", arn_examples(resource_type) if resource_type in _REF_IS_ARN else ()
