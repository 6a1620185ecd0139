"""What a template attaches by name: managed policies, boundaries, whom policies are for, and permissions of functions.

Source: AWS CloudFormation Template Reference, the pages of the resource types; AWS SAM Developer Guide.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from jfml_policies.policy.write import compact
from jfml_policies.sources.attached import Attached, Attachments, Name, is_harmless_policy
from jfml_policies.sources.bounds import key_of
from jfml_policies.sources.cloudformation.intrinsics import function_of, shape_of_value
from jfml_policies.sources.cloudformation.resource_types import policy_kind
from jfml_policies.sources.denying import policy_may_deny
from jfml_policies.sources.shape import Word
from jfml_policies.text.tree import JsonArray, JsonObject, JsonString

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jfml_policies.sources.attached import Bearing
    from jfml_policies.sources.cloudformation.intrinsics import Names
    from jfml_policies.sources.found import Unread
    from jfml_policies.sources.shape import Shape
    from jfml_policies.sources.source import Source
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
_MANAGED: Final = "AWS::IAM::ManagedPolicy"
_TO_GROUP: Final = "AWS::IAM::UserToGroupAddition"
#: What stands after the logical id in the address of a policy.
_logical_id: Final = re.compile(r"[ .\[]")
#: How a hole is called that stands for a resource or an attribute of one.
_reference: Final = re.compile(r"\$\{([^.{}]+)(?:\.[^.{}]*)?\}")
#: Types whose resources are grants as a whole; a stack within the stack may grant anything, by what it is given.
_WHOLE: Final = frozenset(
    {
        "AWS::CloudFormation::Stack",
        "AWS::CloudFormation::StackSet",
        _TO_GROUP,
        "AWS::Lambda::LayerVersionPermission",
        "AWS::Lambda::Permission",
        "AWS::SSO::Assignment",
        "AWS::Serverless::Application",
        "AWS::Serverless::Connector",
    }
)
#: Those of them that deny nothing: permissions of functions, and sessions in which a Deny of theirs counts alone.
_NEVER_DENY: Final = frozenset(
    {
        "AWS::Lambda::LayerVersionPermission",
        "AWS::Lambda::Permission",
        "AWS::SSO::Assignment",
        "AWS::Serverless::Connector",
    }
)
#: Types without whose resources a policy for them is not missed; a group's users stay.
_HOLDER_TYPES: Final = frozenset(
    {
        "AWS::IAM::Role",
        "AWS::IAM::User",
        "AWS::S3::Bucket",
        "AWS::SNS::Topic",
        "AWS::SQS::Queue",
        "AWS::SecretsManager::Secret",
    }
)
#: Types that hold others back, who stay where they are gone.
_GUARDS: Final = frozenset({"AWS::EC2::VPCEndpoint", "AWS::IAM::Group"})
#: Types whose policies are for the resource itself: without it nobody misses a Deny. A group's are for its users.
_OWN: Final = frozenset(
    {
        "AWS::DynamoDB::GlobalTable",
        "AWS::DynamoDB::Table",
        "AWS::ECR::PublicRepository",
        "AWS::ECR::Repository",
        "AWS::EFS::FileSystem",
        "AWS::Elasticsearch::Domain",
        "AWS::Events::EventBus",
        "AWS::IAM::Role",
        "AWS::IAM::User",
        "AWS::KMS::Key",
        "AWS::OpenSearchService::Domain",
        "AWS::SSO::PermissionSet",
        "AWS::Serverless::Function",
        "AWS::Serverless::StateMachine",
        "AWS::Transfer::User",
    }
)


def attachments(resources: JsonObject, names: Names, policies: Iterable[Source | Unread]) -> Attachments:
    """What a template attaches.

    Args:
        resources: its resources.
        names: what it says of the names in it.
        policies: its policies.
    """
    may_deny: dict[str, bool] = {}
    for policy in policies:
        owner = _logical_id.split(policy.resource, maxsplit=1)[0]
        may_deny[owner] = may_deny.get(owner, False) or policy_may_deny(policy)
    known = _Known(names, may_deny)
    places: dict[str, Attached] = {}
    bearers: dict[str, frozenset[str]] = {}
    for member in resources.members:
        if member.key.value.startswith("Fn::"):
            # How many resources a loop makes is not known, nor what they are without its items.
            loop = Name(names.key(member.value), "the items of the loop and what it makes of them")
            places[member.key.value] = Attached("grant", (loop,))
        elif isinstance(member.value, JsonObject):
            found = dict(_of_resource(member.key.value, member.value, known))
            places |= found
            targets = [name.holders for one in found.values() if one.bearing == "target" for name in one.names]
            if _text(member.value, "Type") in _OWN:
                bearers[member.key.value] = frozenset({member.key.value})
            elif targets and all(targets):
                bearers[member.key.value] = frozenset().union(*targets)
    kept = {one.key.value for one in resources.members if _is_kept(one.value)}
    return Attachments(places, frozenset(names.types), frozenset(kept), bearers)


class _Known(NamedTuple):
    """What there is to know of a template: its names, and which of its resources with policies may deny anything."""

    names: Names
    may_deny: dict[str, bool]


def _of_resource(address: str, resource: JsonObject, known: _Known) -> Iterator[tuple[str, Attached]]:
    """What is attached in a resource, by address; places that hold nothing are there, too."""
    resource_type, properties = _text(resource, "Type"), resource.get("Properties")
    own = frozenset({address}) if resource_type in _OWN else frozenset[str]()
    may_deny = known.may_deny.get(address, True) and resource_type not in _NEVER_DENY
    if resource_type in _WHOLE:
        names = [name._replace(is_harmless=not may_deny, holders=own) for name in _names(properties, known)]
        if resource_type == _TO_GROUP and isinstance(properties, JsonObject):
            users = [name.holders for name in _names(properties.get("Users"), known)]
            everyone = frozenset[str]().union(*users) if all(users) else frozenset[str]()
            names = [name._replace(holders=everyone) for name in names]
        yield address, Attached("grant", tuple(names))
    for property_name, bearing in _PROPERTIES.get(resource_type, {}).items():
        value = properties.get(property_name) if isinstance(properties, JsonObject) else None
        names = list(_names(value, known))
        if bearing == "grant":
            names = [name._replace(holders=own) for name in names]
        elif bearing == "target":
            names = [name._replace(is_harmless=not may_deny) for name in names]
        yield f"{address}.{property_name}", Attached(bearing, tuple(names))
    if resource_type in _WHOLE or policy_kind(resource_type, "", None).kind is not None:
        # A resource is made only where its condition holds.
        condition = resource.get("Condition")
        call = known.names.choice(condition.value, None, None) if isinstance(condition, JsonString) else None
        has_something = address in known.may_deny or resource_type in _WHOLE
        is_missed = resource_type in _GUARDS or (has_something and may_deny and not own)
        when = () if call is None else (Name(key_of(call), f"the condition {call.condition}", not is_missed),)
        yield f"{address}.Condition", Attached("condition", when)


def _names(value: Json | None, known: _Known) -> Iterator[Name]:
    for item in value.items if isinstance(value, JsonArray) else () if value is None else (value,):
        if isinstance(item, JsonObject) and function_of(item) is None and item.get("Statement") is not None:
            continue  # a document, which is compared as one
        shape = shape_of_value(item, known.names)
        if shape is None:
            continue
        shown = item.value if isinstance(item, JsonString) else compact(item)
        owner = _referred(shape)
        owner_type = known.names.types.get(owner)
        is_harmless = owner_type == _MANAGED and not known.may_deny.get(owner, True)
        holders = frozenset({owner}) if owner_type in _HOLDER_TYPES else frozenset[str]()
        yield Name(
            key_of(shape), shown, is_harmless or is_harmless_policy(_arn(shape)) or _is_policy_template(item), holders
        )


def _referred(shape: Shape) -> str:
    """What a value refers to; empty where it is something else than a reference."""
    hole = shape.hole if isinstance(shape, Word) else None
    match = _reference.fullmatch(hole.label) if hole is not None else None
    return match[1] if match is not None else ""


def _arn(shape: Shape) -> str:
    """A text, in the partition that most are in."""
    parts = shape.parts if isinstance(shape, Word) else ()
    return "".join([part if isinstance(part, str) else "aws" if part.nature == "partition" else " " for part in parts])


def _is_kept(resource: Json) -> bool:
    """Whether a resource stays where it is taken out of the template."""
    policy = resource.get("DeletionPolicy") if isinstance(resource, JsonObject) else None
    return policy is not None and not (isinstance(policy, JsonString) and policy.value == "Delete")


def _is_policy_template(item: Json) -> bool:
    """Whether a value is one of SAM's policy templates, all of which allow."""
    if not isinstance(item, JsonObject) or len(item.members) != 1:
        return False
    return item.members[0].key.value.endswith("Policy")


def _text(tree: JsonObject, name: str) -> str:
    value = tree.get(name)
    return value.value if isinstance(value, JsonString) else ""
