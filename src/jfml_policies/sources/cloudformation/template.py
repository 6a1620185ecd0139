"""The policies in a template: wherever a property of a resource holds statements.

Source: AWS CloudFormation User Guide, "Template sections"; AWS SAM Developer Guide, "AWS SAM template anatomy".
"""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING, Final

from jfml_policies.errors import JsonSyntaxError
from jfml_policies.findings import Span
from jfml_policies.record import replace
from jfml_policies.sources.cloudformation.answer import body_of, is_answer, tree_of
from jfml_policies.sources.cloudformation.intrinsics import Names, function_of, shape_of_value
from jfml_policies.sources.cloudformation.meanings import Meanings
from jfml_policies.sources.cloudformation.resource_types import OTHER_LANGUAGES, policy_kind
from jfml_policies.sources.cloudformation.texts import put_together
from jfml_policies.sources.found import Found, Unread
from jfml_policies.sources.item_labels import item_labels
from jfml_policies.sources.shape import Items, Members, Word
from jfml_policies.sources.source import Quoted, Source
from jfml_policies.sources.strings import document_in_string, is_meant_as_policy
from jfml_policies.text.tree import JsonArray, JsonObject, JsonString

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jfml_policies.sources.attached import Attachments
    from jfml_policies.sources.shape import Shape
    from jfml_policies.text.tree import Json

__all__ = ["may_be", "read"]

_resources = re.compile(r"""(?:"Resources"|(?:^[\ufeff\s]*|[{,]\s*)['"]?Resources['"]?)\s*:""", re.MULTILINE)
#: Statements, or what attaches access by name.
_of_interest = re.compile(
    r"Statement|AWS::(?:IAM|SSO)::|AWS::Lambda::\w*Permission|AWS::Serverless::[AC]|AWS::CloudFormation::Stack"
)
_resource_type = re.compile(r"""["']?Type["']?\s*:\s*["']?(?:AWS|Alexa|Custom)::""")
#: A policy of an event bus may stand in its resource as one statement.
_ONE_STATEMENT: Final = "AWS::Events::EventBusPolicy"
_ANSWER: Final = "answer with a CloudFormation template"
_OF_ORGANIZATIONS: Final = "AWS::Organizations::Policy"
#: Where SAM takes statements of an API's policy without a document around them, in a resource or for all.
_OF_SAM: Final = "CustomStatements"
#: Functions that put texts together.
_TEXTS: Final = frozenset({"Fn::Join", "Fn::Sub"})
#: Where the value of a property is a policy document, perhaps one of two.
_of_documents = re.compile(
    r"(?:PolicyDocument|KeyPolicy|RepositoryPolicyText|ResourcePolicy|AccessPolicies|FileSystemPolicy)(?:\[\d+\])*$"
)
#: Likewise, in resources that are known to have policies; those of SAM name managed policies there.
_of_known_documents = re.compile(r"\.(?:AccessPolicy|Content|InlinePolicy|Policies|Policy|PolicyText)(?:\[\d+\])*$")
#: Where a policy document stands and nothing else.
_of_documents_alone = re.compile(r"(?:PolicyDocument|KeyPolicy|RepositoryPolicyText|FileSystemPolicy)(?:\[\d+\])*$")
_STATEMENT_WORDS: Final = frozenset({"Effect", "Action", "NotAction", "Principal", "Resource", "NotResource"})


def may_be(text: str) -> bool:
    """Whether a text may be a template with policies, told from its words."""
    if _of_interest.search(text) is None:
        return False
    return is_answer(text) or all(word.search(text) is not None for word in (_resources, _resource_type))


def read(text: str, *, yaml: bool) -> Found | None:
    """The policies in a template; None where the text is none after all.

    Args:
        text: the template.
        yaml: whether it is YAML.

    Raises:
        JsonSyntaxError: it is broken.
        InputError: it is YAML, and PyYAML is not installed.
    """
    tree = tree_of(text, yaml=yaml)
    body = body_of(tree, text) if is_answer(text) else None
    if isinstance(body, Unread):
        return Found(_ANSWER, iter((body,)))
    tree = tree if body is None else body
    if not isinstance(tree, JsonObject) or not isinstance(tree.get("Resources"), JsonObject):
        return None
    resources = _all_of(tree, "Resources")
    is_sam = tree.get("Transform") is not None and "AWS::Serverless" in text
    title = "SAM template" if is_sam else "CloudFormation template"
    names = _names(tree, resources)

    def attached() -> Attachments:
        from jfml_policies.sources.cloudformation.attachments import attachments

        return attachments(resources, names, _policies(resources, names, text, yaml=yaml))

    policies: Iterator[Source | Unread] = chain(
        _policies_for_all(tree, names, text, yaml=yaml), _policies(resources, names, text, yaml=yaml)
    )
    if body is not None:
        # Nobody writes an answer, so that there is nothing to mend in it.
        title = _ANSWER
        policies = (one if isinstance(one, Unread) else replace(one, editable=False) for one in policies)
    return Found(title, policies, attached=attached)


def _names(template: JsonObject, resources: JsonObject) -> Names:
    types = {member.key.value: _text(member.value, "Type") for member in resources.members}
    allowed: dict[str, tuple[str, ...]] = {}
    for name, parameter in _members(template.get("Parameters")):
        values = parameter.get("AllowedValues") if isinstance(parameter, JsonObject) else None
        if isinstance(values, JsonArray):
            texts = [item.value for item in values.items if isinstance(item, JsonString) and item.value]
            if texts and len(texts) == len(values.items):
                allowed[name] = tuple(texts)
    mapped = {name: tuple(_texts(value)) for name, value in _members(template.get("Mappings"))}
    return Names(types, allowed, mapped, dict(_negations(template.get("Conditions"))), Meanings(template))


def _negations(conditions: Json | None) -> Iterator[tuple[str, str]]:
    """Conditions that are written as the opposite of another one."""
    for name, value in _members(conditions):
        called = function_of(value)
        if called is not None and called[0] == "Fn::Not" and isinstance(called[1], JsonArray) and called[1].items:
            other = called[1].items[0]
            inner = other.get("Condition") if isinstance(other, JsonObject) else None
            if isinstance(inner, JsonString) and inner.value != name:
                yield name, inner.value


def _policies(
    resources: JsonObject, names: Names, host: str, *, yaml: bool, loop: str = ""
) -> Iterator[Source | Unread]:
    """The policies of resources, which are those that a loop makes of each item where `loop` is its address."""
    for logical_id, resource in _members(resources):
        address = f"{loop}.{logical_id}" if loop else logical_id
        if logical_id.startswith("Fn::"):
            looped = _loop(logical_id, resource)
            if looped is None:
                yield Unread(
                    address, "its resources are known only at deployment", names.key(resource), _span(resource)
                )
            else:
                variable, body = looped
                inside = replace(names, loops=names.loops | {variable})
                yield from _policies(body, inside, host, yaml=yaml, loop=address)
            continue
        resource_type = _text(resource, "Type")
        if not isinstance(resource, JsonObject) or resource_type in OTHER_LANGUAGES:
            continue
        properties = _all_of(resource, "Properties")
        address += _construct(resource)
        reader = _Reader(resource_type, _text(properties, "Type"), names, host, yaml=yaml)
        statement = properties.get("Statement")
        if resource_type == _ONE_STATEMENT and isinstance(statement, JsonObject):
            yield reader.statements(statement, "Statement", address)
            continue
        for name, value in _members(properties):
            if name.startswith("Fn::") and _has_policies(resource_type):
                yield Unread(address, "its properties are known only at deployment", names.key(value), _span(value))
                continue
            yield from reader.below(value, name, f"{address}.{name}")


def _loop(name: str, given: Json) -> tuple[str, JsonObject] | None:
    """The variable of a loop and the resources that it makes of each item; None for anything else."""
    if not name.startswith("Fn::ForEach::") or not isinstance(given, JsonArray) or len(given.items) != 3:
        return None
    variable, _, body = given.items
    return (variable.value, body) if isinstance(variable, JsonString) and isinstance(body, JsonObject) else None


def _policies_for_all(template: JsonObject, names: Names, host: str, *, yaml: bool) -> Iterator[Source | Unread]:
    """The policies that a template of SAM gives to all APIs."""
    for name, value in _members(template.get("Globals")):
        yield from _Reader(f"AWS::Serverless::{name}", "", names, host, yaml=yaml).below(value, name, f"Globals.{name}")


def _construct(resource: Json) -> str:
    """Where the CDK made a resource, as it notes it."""
    metadata = resource.get("Metadata") if isinstance(resource, JsonObject) else None
    path = _text(metadata, "aws:cdk:path") if metadata is not None else ""
    return f" ({path})" if path else ""


def _policy_name(item: Json) -> str:
    """What an inline policy is called; empty of anything else."""
    return _text(item, "PolicyName") if isinstance(item, JsonObject) else ""


class _Reader:
    """Looks for policies below the properties of one resource."""

    def __init__(self, resource_type: str, type_property: str, names: Names, host: str, *, yaml: bool) -> None:
        self._resource_type = resource_type
        self._type_property = type_property
        self._names = names
        self._host = host
        self._yaml = yaml
        #: The conditions on the way to where the reader is.
        self._only_if: tuple[tuple[str, bool, str], ...] = ()

    def below(self, value: Json, name: str, address: str) -> Iterator[Source | Unread]:
        """The policies in a value; `name` is the property's."""
        called = function_of(value)
        if called is not None and called[0] == "Fn::ToJsonString":
            yield from self.below(called[1], name, address)
        elif called is not None and called[0] == "Ref" and shape_of_value(value, self._names) is None:
            return  # no value at all
        elif called is not None and (branches := _branches(*called)) is not None:
            condition, *both = branches
            above = self._only_if
            for number, branch in enumerate(both, start=1):
                self._only_if = (*above, self._names.given(condition, holds=number == 1))
                yield from self.below(branch, name, f"{address}[{number}]")
            self._only_if = above
        elif called is not None and called[0] in _TEXTS:
            yield from self._put_together(value, name, address)
        elif called is not None and self._may_be_document(address):
            yield Unread(address, "it is known only at deployment", self._key(value), _span(value))
        elif isinstance(value, JsonObject) and (
            _has_statements(value) or _calls_for_statements(value) or self._is_document(address)
        ):
            shape = shape_of_value(value, self._names)
            is_written = _has_statements(value) or not _calls_for_statements(value)
            if is_written and isinstance(shape, Members):
                yield self._source(shape, name, address)
            else:
                yield Unread(address, "its statements are known only at deployment", self._key(value), _span(value))
        elif isinstance(value, JsonObject):
            for member in value.members:
                inside = address if member.key.value.startswith("Fn::") else f"{address}.{member.key.value}"
                if member.key.value == _OF_SAM and _are_statements(member.value):
                    yield self.statements(member.value, name, inside)
                else:
                    yield from self.below(member.value, name, inside)
        elif isinstance(value, JsonArray):
            for label, item in zip(item_labels([_policy_name(item) for item in value.items]), value.items, strict=True):
                yield from self.below(item, name, f"{address}[{label}]")
        elif isinstance(value, JsonString) and "Statement" in value.value and value.value.lstrip().startswith("{"):
            quoted = document_in_string(self._host, value)
            if is_meant_as_policy(quoted.text, address):
                yield self._source(quoted, name, address)

    def _may_be_document(self, address: str) -> bool:
        """Whether what stands at an address is meant as a policy, whatever function gives it."""
        if _of_documents.search(address):
            return True
        is_known = _has_policies(self._resource_type) and not self._resource_type.startswith("AWS::Serverless::")
        return is_known and _of_known_documents.search(address) is not None

    def _is_document(self, address: str) -> bool:
        """Whether nothing but a policy may stand at an address, such as one whose `Statement` is misspelt."""
        known = policy_kind(self._resource_type, "", self._type_property or None).kind is not None
        return known and _of_documents_alone.search(address) is not None

    def _key(self, value: Json) -> str:
        """What stands for a value that can not be looked at, and for when it counts."""
        return f"{self._names.key(value)} {self._only_if}"

    def statements(self, value: Json, name: str, address: str) -> Source:
        """A policy that stands in its resource as a statement or a list of them."""
        shape = shape_of_value(value, self._names)
        word = Word(("Statement",), value.start, value.start)
        version = Word(("Version",), value.start, value.start)
        language = Word(("2012-10-17",), value.start, value.start)
        members: list[tuple[Word, Shape]] = [(version, language)]
        if shape is not None:
            listed = shape if isinstance(shape, Items) else Items((shape,), value.start, value.end)
            members.append((word, listed))
        return self._source(Members(tuple(members), value.start, value.end), name, address, editable=False)

    def _put_together(self, value: Json, name: str, address: str) -> Iterator[Source | Unread]:
        """The policy in a text that functions put together."""
        found = put_together(value, self._names, self._host)
        if found is not None and "Statement" in found.text and found.text.lstrip().startswith("{"):
            try:
                shape = found.policy()
            except JsonSyntaxError:
                yield Unread(address, "it is a text with references in it", self._key(value), _span(value))
                return
            if shape is not None:
                yield self._source(shape, name, address, editable=False)
        elif self._may_be_document(address):
            yield Unread(address, "it is known only at deployment", self._key(value), _span(value))

    def _source(self, document: Shape | Quoted, name: str, address: str, *, editable: bool = True) -> Source:
        kind = policy_kind(self._resource_type, name, self._type_property or None)
        return Source(
            address,
            document,
            self._host,
            kind=kind.kind,
            resource_type=kind.resource_type,
            editable=editable and not isinstance(document, Quoted),
            is_yaml=self._yaml,
            only_if=self._only_if,
        )


def _span(value: Json) -> Span:
    return Span(value.start, value.end)


def _has_policies(resource_type: str) -> bool:
    """Whether resources of a type are known to have policies."""
    return resource_type == _OF_ORGANIZATIONS or policy_kind(resource_type, "", None).kind is not None


def _branches(function: str, given: Json) -> tuple[str, Json, Json] | None:
    """The condition and both values of `Fn::If`."""
    if function == "Fn::If" and isinstance(given, JsonArray) and len(given.items) == 3:
        condition, yes, no = given.items
        return (condition.value, yes, no) if isinstance(condition, JsonString) else None
    return None


def _has_statements(value: JsonObject) -> bool:
    """Whether an object is a policy: it has statements, at least one of which is written out."""
    block = value.get("Statement")
    return block is not None and _are_statements(block)


def _are_statements(value: Json) -> bool:
    """Whether one of the statements in a value is written out."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, JsonArray):
            waiting += one.items
        elif isinstance(one, JsonObject):
            called = function_of(one)
            if called is not None:
                waiting.append(called[1])
            elif any(member.key.value in _STATEMENT_WORDS for member in one.members):
                return True
    return False


def _calls_for_statements(value: JsonObject) -> bool:
    """Whether all the statements of an object are given by functions."""
    block = value.get("Statement")
    items = block.items if isinstance(block, JsonArray) else () if block is None else (block,)
    return bool(items) and all(function_of(item) is not None for item in items)


def _all_of(tree: JsonObject, name: str) -> JsonObject:
    """The objects under a name as one: of a name that is there twice each may count, by who reads it."""
    held = [member.value for member in tree.members if member.key.value == name]
    objects = [one for one in held if isinstance(one, JsonObject)] or [JsonObject((), tree.start, tree.end)]
    if len(objects) == 1:
        return objects[0]
    return JsonObject(tuple([one for part in objects for one in part.members]), objects[0].start, objects[-1].end)


def _members(tree: Json | None) -> Iterator[tuple[str, Json]]:
    if isinstance(tree, JsonObject):
        for member in tree.members:
            yield member.key.value, member.value


def _text(tree: Json, name: str) -> str:
    value = tree.get(name) if isinstance(tree, JsonObject) else None
    return value.value if isinstance(value, JsonString) else ""


def _texts(tree: Json) -> Iterator[str]:
    """The texts at the leaves of a value, in order."""
    if isinstance(tree, JsonString):
        yield tree.value
    elif isinstance(tree, JsonArray):
        for item in tree.items:
            yield from _texts(item)
    elif isinstance(tree, JsonObject):
        for member in tree.members:
            yield from _texts(member.value)
