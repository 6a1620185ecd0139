"""What a template attaches by name: managed policies, boundaries, whom policies are for, and permissions of functions.

Source: AWS CloudFormation Template Reference, the pages of the resource types; AWS SAM Developer Guide.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jfml_policies.policy.write import compact
from jfml_policies.sources.attached import Attached
from jfml_policies.sources.bounds import key_of
from jfml_policies.sources.cloudformation.intrinsics import function_of, shape_of_value
from jfml_policies.sources.cloudformation.resource_types import policy_kind
from jfml_policies.text.tree import JsonArray, JsonObject, JsonString

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jfml_policies.sources.attached import Bearing
    from jfml_policies.sources.cloudformation.intrinsics import Names
    from jfml_policies.text.tree import Json

__all__ = ["attachments"]

_OF_PRINCIPALS: Final[dict[str, Bearing]] = {"ManagedPolicyArns": "grant", "PermissionsBoundary": "limit"}
_HOLDERS: Final[dict[str, Bearing]] = {"Groups": "target", "Roles": "target", "Users": "target"}
#: By resource type and property.
_PROPERTIES: Final[dict[str, dict[str, Bearing]]] = {
    "AWS::IAM::Group": {"ManagedPolicyArns": "grant"},
    "AWS::IAM::GroupPolicy": {"GroupName": "target"},
    "AWS::IAM::ManagedPolicy": _HOLDERS,
    "AWS::IAM::Policy": _HOLDERS,
    "AWS::IAM::Role": _OF_PRINCIPALS,
    "AWS::IAM::RolePolicy": {"RoleName": "target"},
    "AWS::IAM::User": {**_OF_PRINCIPALS, "Groups": "grant"},
    "AWS::IAM::UserPolicy": {"UserName": "target"},
    "AWS::Organizations::Policy": {"TargetIds": "limit"},
    "AWS::S3::BucketPolicy": {"Bucket": "target"},
    "AWS::SNS::TopicInlinePolicy": {"TopicArn": "target"},
    "AWS::SNS::TopicPolicy": {"Topics": "target"},
    "AWS::SQS::QueueInlinePolicy": {"Queue": "target"},
    "AWS::SQS::QueuePolicy": {"Queues": "target"},
    "AWS::SSO::PermissionSet": {
        "CustomerManagedPolicyReferences": "grant",
        "ManagedPolicies": "grant",
        "PermissionsBoundary": "limit",
    },
    "AWS::SecretsManager::ResourcePolicy": {"SecretId": "target"},
    "AWS::Serverless::Function": {"PermissionsBoundary": "limit", "Policies": "grant"},
    "AWS::Serverless::StateMachine": {"PermissionsBoundary": "limit", "Policies": "grant"},
}
#: Types whose resources are grants as a whole; a stack within the stack may grant anything, by what it is given.
_WHOLE: Final = frozenset(
    {
        "AWS::CloudFormation::Stack",
        "AWS::CloudFormation::StackSet",
        "AWS::IAM::UserToGroupAddition",
        "AWS::Lambda::LayerVersionPermission",
        "AWS::Lambda::Permission",
        "AWS::SSO::Assignment",
        "AWS::Serverless::Application",
        "AWS::Serverless::Connector",
    }
)


def attachments(resources: JsonObject, names: Names) -> Iterator[tuple[str, Attached]]:
    """What is attached in each resource, by address; places that hold nothing are there, too."""
    for member in resources.members:
        resource, address = member.value, member.key.value
        if not isinstance(resource, JsonObject):
            continue
        written = resource.get("Type")
        resource_type = written.value if isinstance(written, JsonString) else ""
        properties = resource.get("Properties")
        if resource_type in _WHOLE:
            yield address, Attached("grant", tuple(_names(properties, names)))
        for name, bearing in _PROPERTIES.get(resource_type, {}).items():
            value = properties.get(name) if isinstance(properties, JsonObject) else None
            yield f"{address}.{name}", Attached(bearing, tuple(_names(value, names)))
        if resource_type in _WHOLE or policy_kind(resource_type, "", None).kind is not None:
            # A resource is made only where its condition holds.
            condition = resource.get("Condition")
            call = names.choice(condition.value, None, None) if isinstance(condition, JsonString) else None
            known = () if call is None else ((key_of(call), f"the condition {call.condition}"),)
            yield f"{address}.Condition", Attached("limit", known)


def _names(value: Json | None, names: Names) -> Iterator[tuple[str, str]]:
    for item in value.items if isinstance(value, JsonArray) else () if value is None else (value,):
        if isinstance(item, JsonObject) and function_of(item) is None and item.get("Statement") is not None:
            continue  # a document, which is compared as one
        shape = shape_of_value(item, names)
        if shape is not None:
            yield key_of(shape), item.value if isinstance(item, JsonString) else compact(item)
