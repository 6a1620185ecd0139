"""What Terraform and OpenTofu write as JSON: plans and states by `show -json`, and state files.

Source: Terraform documentation, "JSON Output Format" (plan and state representation, `sensitive_values`,
`after_unknown`); the state file's form is that of version 4.
"""

from __future__ import annotations

import re
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from jfml_policies.findings import Span
from jfml_policies.sources.found import Found, Unread
from jfml_policies.sources.item_labels import item_labels
from jfml_policies.sources.source import Source
from jfml_policies.sources.strings import is_meant_as_policy, quoted_document
from jfml_policies.sources.terraform.arguments import Argument, NotTold
from jfml_policies.sources.terraform.documents import DATA_TYPE, document_of
from jfml_policies.sources.terraform.kinds import holds_policies, is_document, is_of_policies, kind_of
from jfml_policies.sources.terraform.resource import Resource
from jfml_policies.sources.terraform.uses import Document, Use, module_path, uses_of
from jfml_policies.text.skim import skim

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from jfml_policies.sources.attached import Attachments
    from jfml_policies.text.skim import Skimmed

__all__ = ["may_be", "read"]

_mark = re.compile(r'"terraform_version"\s*:')
_statement = re.compile(r'\\"Statement\\"')
_empty = re.compile(r"\s*\{\s*\}\s*")
#: Modules are not followed deeper, nor are attributes.
_DEEPEST: Final = 30


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
    top = {member.name: member for member in document.members()}
    changes = _Changes(top.get("resource_changes") if "planned_values" in top else None)
    title, resources = _resources(top, changes.unknown)
    if title is None:
        return None
    policies: list[Source | Unread] = []
    shown: list[Span] = []
    of_resources: list[tuple[str, Source | Unread]] = []
    # Few files have such values, and a configuration is large.
    stamp = cache(lambda: _stamp(text, top))
    # A file without a configuration does not tell what the values may come from.
    grounds = stamp if "configuration" in top else str
    for resource in resources:
        for policy, span in _policies(resource, grounds):
            policies.append(policy)
            of_resources.append((resource.address, policy))
            if span is not None:
                shown.append(span)
    root = top["configuration"].get("root_module") if changes.documents and "configuration" in top else None
    uses = uses_of(root)
    for change in changes.documents:
        policy, spans = _document(change, uses, grounds)
        policies.append(policy)
        shown += spans

    def attached() -> Attachments:
        from jfml_policies.sources.terraform.attachments import Grounds, attachments

        configuration = top["configuration"].get("root_module") if "configuration" in top else None
        beside = Grounds(stamp(), configuration, changes.forgotten)
        return attachments(_resources(top, changes.unknown)[1], of_resources, beside)

    return Found(title, iter(policies), tuple(_complement(shown, len(text))), attached)


def _stamp(text: str, top: dict[str, Skimmed]) -> str:
    """What stands for all that the file tells of where values known only after apply may come from."""
    texts = [text[one.start : one.end] for one in (top.get("configuration"), top.get("variables")) if one]
    return _digest("\n".join(texts))


def _resources(top: dict[str, Skimmed], unknown: dict[str, object]) -> tuple[str | None, Iterator[Resource]]:
    if "planned_values" in top:
        root = top["planned_values"].get("root_module")
        return "Terraform plan", _in_module(root, unknown, 0)
    if "values" in top:
        return "Terraform state", _in_module(top["values"].get("root_module"), {}, 0)
    if "lineage" in top or "serial" in top:
        return "Terraform state", _in_state_file(top.get("resources"))
    return None, iter(())


class _Changes:
    """What a plan says of its changes.

    Attributes:
        unknown: what is known only after apply, by address.
        documents: the changes that are policy documents to be read during apply.
        forgotten: the changes after which a resource stays and is no longer looked after.
    """

    def __init__(self, changes: Skimmed | None) -> None:
        self.unknown: dict[str, object] = {}
        self.documents: list[dict[str, Skimmed]] = []
        self.forgotten: list[Resource] = []
        for item in changes.items() if changes is not None else ():
            parts = {part.name: part for part in item.members()}
            actions, was = item.get("change", "actions"), item.get("change", "before")
            if actions is not None and actions.value() == ["forget"] and was is not None and "type" in parts:
                address, kind = str(parts["address"].value()), str(parts["type"].value())
                self.forgotten.append(Resource(address, kind, was, None, None))
            unknown = item.get("change", "after_unknown")
            if "address" not in parts or unknown is None:
                continue
            self.unknown[str(parts["address"].value())] = unknown.value()
            if _is_data(parts) and "type" in parts and parts["type"].value() == DATA_TYPE:
                self.documents.append(parts)


def _document(
    change: dict[str, Skimmed], uses: Mapping[Document, set[Use]], grounds: Callable[[], str]
) -> tuple[Source | Unread, tuple[Span, ...]]:
    """A policy document that only apply makes, and the places that it comes from."""
    address = str(change["address"].value())
    parts = {part.name: part for part in change["change"].members()}
    after = parts.get("after")
    place = _span(change["address"])
    if after is None or after.first != "{":
        return Unread(address, "it is known only after apply", grounds() or None, place), ()
    if _is_marked(parts["after_sensitive"].value() if "after_sensitive" in parts else None):
        return Unread(address, "it is marked as sensitive", span=place), ()
    data = Argument(after, parts["after_unknown"].value(), address, after.start, after.end)
    try:
        document, spans = document_of(data)
    except NotTold as reason:
        return Unread(address, str(reason), grounds() or None, place), ()
    module = str(change["module_address"].value()) if "module_address" in change else ""
    name = str(change["name"].value()) if "name" in change else ""
    found = uses.get((module_path(module), name), set())
    kind, resource_type = next(iter(found)) if len(found) == 1 else (None, None)
    return Source(address, document, after.text, kind=kind, resource_type=resource_type, grounds=grounds()), spans


def _is_marked(sensitive: object) -> bool:
    """Whether anything in a value is sensitive."""
    if isinstance(sensitive, (dict, list)):
        return any(map(_is_marked, sensitive.values() if isinstance(sensitive, dict) else sensitive))
    return sensitive is True


def _in_module(module: Skimmed | None, unknown: dict[str, object], depth: int) -> Iterator[Resource]:
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
                    yield Resource(address, kind, parts["values"], sensitive, unknown.get(address))
        elif member.name == "child_modules":
            for child in member.items():
                yield from _in_module(child, unknown, depth + 1)


def _in_state_file(resources: Skimmed | None) -> Iterator[Resource]:
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
                yield Resource(f"{module}{kind}.{parts['name'].value()}{key}", kind, attributes, marks, None)


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


def _policies(resource: Resource, grounds: Callable[[], str]) -> Iterator[tuple[Source | Unread, Span | None]]:
    if not holds_policies(resource.type):
        return
    for path in _unknown_policies(resource.unknown, ""):
        address = f"{resource.address}.{path}"
        yield Unread(address, "it is known only after apply", grounds() or None, _span(resource.values)), None
    yield from _below(resource.values, resource, "", resource.sensitive, 0)


def _unknown_policies(unknown: object, path: str) -> Iterator[str]:
    """Where policies may stand that only apply tells; the depth of `after_unknown` is that of the values."""
    if unknown is True:
        if is_of_policies(path):
            yield path
    elif isinstance(unknown, dict):
        for name, inner in unknown.items():
            yield from _unknown_policies(inner, f"{path}.{name}" if path else name)
    elif isinstance(unknown, list):
        for number, inner in enumerate(unknown):
            yield from _unknown_policies(inner, f"{path}[{number}]")


def _below(
    value: Skimmed, resource: Resource, path: str, sensitive: object, depth: int
) -> Iterator[tuple[Source | Unread, Span | None]]:
    if depth > _DEEPEST:
        return
    if value.first == '"':
        written = resource.values.get("type") if resource.type == "aws_organizations_policy" else None
        organization_type = str(written.value() or "") if written is not None else ""
        is_alone = is_document(resource.type, path, organization_type)
        if not is_alone and _statement.search(value.text, value.start, value.end) is None:
            return
        quoted = quoted_document(value.text, value.start, value.end)
        # An empty object stands for no policy.
        if quoted is None or _empty.fullmatch(quoted.text):
            return
        address = f"{resource.address}.{path}"
        if not is_alone and not is_meant_as_policy(quoted.text, address):
            return
        if sensitive:
            yield Unread(address, "it is marked as sensitive", _digest(quoted.text), _span(value)), None
            return
        kind, resource_type = kind_of(resource.type, path, organization_type)
        source = Source(address, quoted, value.text, kind=kind, resource_type=resource_type)
        yield source, _span(value)
    elif value.first == "{":
        for member in value.members():
            inner = sensitive.get(member.name) if isinstance(sensitive, dict) else sensitive
            yield from _below(member, resource, f"{path}.{member.name}" if path else member.name, inner, depth + 1)
    elif value.first == "[":
        items = list(value.items())
        marks = [_mark_of(sensitive, number) for number in range(len(items))]
        names = [""] * len(items)
        if path.rpartition(".")[2] == "inline_policy":
            names = [_shown_name(item, mark) for item, mark in zip(items, marks, strict=True)]
        for label, item, mark in zip(item_labels(names), items, marks, strict=True):
            yield from _below(item, resource, f"{path}[{label}]", mark, depth + 1)


def _mark_of(sensitive: object, number: int) -> object:
    """What is marked as sensitive in an item of a list."""
    if isinstance(sensitive, list):
        return sensitive[number] if number < len(sensitive) else None
    return sensitive


def _shown_name(block: Skimmed, mark: object) -> str:
    """The name in a block, unless it is marked as sensitive."""
    name = block.get("name")
    if name is None or mark is True or (isinstance(mark, dict) and mark.get("name")):
        return ""
    return str(name.value() or "")


def _span(value: Skimmed) -> Span:
    return Span(value.start, value.end)


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _complement(shown: list[Span], length: int) -> Iterator[Span]:
    """The places between some places."""
    at = 0
    for span in sorted(shown, key=lambda one: one.start):
        if span.start > at:
            yield Span(at, span.start)
        at = max(at, span.end)
    if at < length:
        yield Span(at, length)
