"""What Terraform and OpenTofu write as JSON: plans and states by `show -json`, and state files.

Source: Terraform documentation, "JSON Output Format" (plan and state representation, `sensitive_values`,
`after_unknown`); the state file's form is that of version 4.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from jfml_policies.findings import Span
from jfml_policies.record import record
from jfml_policies.sources.found import Found, Unread
from jfml_policies.sources.source import Source
from jfml_policies.sources.strings import quoted_document
from jfml_policies.text.skim import skim

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jfml_policies.policy.kinds import Kind
    from jfml_policies.text.skim import Skimmed

__all__ = ["may_be", "read"]

_mark = re.compile(r'"terraform_version"\s*:')
_statement = re.compile(r'\\"Statement\\"')
#: Attributes that hold policies, by the end of their names.
_of_policies = re.compile(r"(?:polic(?:y|ies)|document|content)(?:\[\d+\])?$")
_TRUST: Final = "assume_role_policy"
_identity = re.compile(
    r"aws_iam_(?:policy|(?:user|group|role)(?:_policy)?)|aws_ssoadmin_permission_set_inline_policy",
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
#: Modules are not followed deeper, nor are attributes.
_DEEPEST: Final = 30


@record(eq=False)
class _Resource:
    """A resource of a plan or state: its address, type, attributes, and which of them are sensitive or unknown."""

    address: str
    type: str
    values: Skimmed
    sensitive: object
    unknown: object


def may_be(text: str) -> bool:
    """Whether a text may be such a file, told from its words.

    >>> may_be('{"format_version": "1.2", "terraform_version": "1.9.0"}')
    True
    """
    return _mark.search(text) is not None


def read(text: str) -> Found | None:
    """The policies in a plan or state; None where the text is none.

    Nothing but policies is ever shown of such a file: the values beside them may be secrets.

    Raises:
        JsonSyntaxError: the text is no JSON.
    """
    document = skim(text)
    if document.first != "{":
        return None
    title, resources = _resources({member.name: member for member in document.members()})
    if title is None:
        return None
    policies: list[Source | Unread] = []
    shown: list[Span] = []
    for resource in resources:
        for policy, span in _policies(resource):
            policies.append(policy)
            if span is not None:
                shown.append(span)
    return Found(title, iter(policies), tuple(_complement(shown, len(text))))


def _resources(top: dict[str, Skimmed]) -> tuple[str | None, Iterator[_Resource]]:
    if "planned_values" in top:
        unknown = dict(_unknown(top.get("resource_changes")))
        root = top["planned_values"].get("root_module")
        return "Terraform plan", _in_module(root, unknown, 0)
    if "values" in top:
        return "Terraform state", _in_module(top["values"].get("root_module"), {}, 0)
    if "lineage" in top or "serial" in top:
        return "Terraform state", _in_state_file(top.get("resources"))
    return None, iter(())


def _unknown(changes: Skimmed | None) -> Iterator[tuple[str, object]]:
    """What is known only after apply, by address."""
    for change in changes.items() if changes is not None else ():
        address, unknown = change.get("address"), change.get("change", "after_unknown")
        if address is not None and unknown is not None:
            yield str(address.value()), unknown.value()


def _in_module(module: Skimmed | None, unknown: dict[str, object], depth: int) -> Iterator[_Resource]:
    if module is None or depth > _DEEPEST:
        return
    for member in module.members():
        if member.name == "resources":
            for item in member.items():
                parts = {part.name: part for part in item.members()}
                if "values" in parts and "address" in parts and "type" in parts and not _is_data(parts):
                    address = str(parts["address"].value())
                    sensitive = parts["sensitive_values"].value() if "sensitive_values" in parts else None
                    kind = str(parts["type"].value())
                    yield _Resource(address, kind, parts["values"], sensitive, unknown.get(address))
        elif member.name == "child_modules":
            for child in member.items():
                yield from _in_module(child, unknown, depth + 1)


def _in_state_file(resources: Skimmed | None) -> Iterator[_Resource]:
    for item in resources.items() if resources is not None else ():
        parts = {part.name: part for part in item.members()}
        if not {"type", "name", "instances"} <= parts.keys() or _is_data(parts):
            continue
        module = f"{parts['module'].value()}." if "module" in parts else ""
        kind = str(parts["type"].value())
        for instance in parts["instances"].items():
            attributes, index = instance.get("attributes"), instance.get("index_key")
            key = "" if index is None else f"[{index.text[index.start : index.end]}]"
            if attributes is not None:
                sensitive = instance.get("sensitive_attributes")
                marks = _marked_paths(sensitive.value() if sensitive is not None else None)
                yield _Resource(f"{module}{kind}.{parts['name'].value()}{key}", kind, attributes, marks, None)


def _is_data(parts: dict[str, Skimmed]) -> bool:
    """Whether it is a data source, whose policies stand in resources, too, where they are used."""
    return "mode" in parts and parts["mode"].value() == "data"


def _marked_paths(paths: object) -> object:
    """The attributes that a state file calls sensitive, in the form of `sensitive_values`."""
    marks: dict[str, object] = {}
    for path in paths if isinstance(paths, list) else ():
        first = path[0] if isinstance(path, list) and path else None
        if isinstance(first, dict) and isinstance(first.get("value"), str):
            marks[first["value"]] = True
    return marks


def _policies(resource: _Resource) -> Iterator[tuple[Source | Unread, Span | None]]:
    if resource.type in _OTHER_LANGUAGES or not resource.type.startswith("aws_"):
        return
    for path in _unknown_policies(resource.unknown, ""):
        yield Unread(f"{resource.address}.{path}", "it is known only after apply"), None
    yield from _below(resource.values, resource, "", resource.sensitive, 0)


def _unknown_policies(unknown: object, path: str) -> Iterator[str]:
    """Where policies may stand that only apply tells; the depth of `after_unknown` is that of the values."""
    if unknown is True:
        if _of_policies.search(path):
            yield path
    elif isinstance(unknown, dict):
        for name, inner in unknown.items():
            yield from _unknown_policies(inner, f"{path}.{name}" if path else name)
    elif isinstance(unknown, list):
        for number, inner in enumerate(unknown):
            yield from _unknown_policies(inner, f"{path}[{number}]")


def _below(
    value: Skimmed, resource: _Resource, path: str, sensitive: object, depth: int
) -> Iterator[tuple[Source | Unread, Span | None]]:
    if depth > _DEEPEST:
        return
    if value.first == '"':
        if _statement.search(value.text, value.start, value.end) is None:
            return
        quoted = quoted_document(value.text, value.start, value.end)
        if quoted is None:
            return
        address = f"{resource.address}.{path}"
        if sensitive:
            yield Unread(address, "it is marked as sensitive"), None
            return
        kind, resource_type = _kind(resource, path)
        source = Source(address, quoted, value.text, kind=kind, resource_type=resource_type)
        yield source, Span(value.start, value.end)
    elif value.first == "{":
        for member in value.members():
            inner = sensitive.get(member.name) if isinstance(sensitive, dict) else sensitive
            yield from _below(member, resource, f"{path}.{member.name}" if path else member.name, inner, depth + 1)
    elif value.first == "[":
        for number, item in enumerate(value.items()):
            inner = sensitive
            if isinstance(sensitive, list):
                inner = sensitive[number] if number < len(sensitive) else None
            yield from _below(item, resource, f"{path}[{number}]", inner, depth + 1)


def _kind(resource: _Resource, path: str) -> tuple[Kind | None, str | None]:
    """The kind of a policy by its resource and attribute; None where only its content tells."""
    if path == _TRUST:
        return "trust", None
    if resource.type in _ENDPOINTS:
        return "endpoint", None
    if resource.type == "aws_organizations_policy":
        written = resource.values.get("type")
        return _ORGANIZATION_KINDS.get(str(written.value() or "") if written is not None else ""), None
    if resource.type in _RESOURCE_TYPES:
        return "resource", _RESOURCE_TYPES[resource.type]
    return ("identity" if _identity.fullmatch(resource.type) else None), None


def _complement(shown: list[Span], length: int) -> Iterator[Span]:
    """The places between some places."""
    at = 0
    for span in sorted(shown, key=lambda one: one.start):
        if span.start > at:
            yield Span(at, span.start)
        at = max(at, span.end)
    if at < length:
        yield Span(at, length)
