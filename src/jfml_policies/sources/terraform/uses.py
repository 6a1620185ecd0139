"""What the policy documents of a plan are used for, told from the references in its configuration.

Source: Terraform documentation, "JSON Output Format", configuration and expression representation.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, TypeAlias

from jfml_policies.sources.terraform.kinds import holds_policies, is_of_policies, kind_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jfml_policies.policy.kinds import Kind
    from jfml_policies.text.skim import Skimmed

__all__ = ["Document", "Use", "module_path", "uses_of"]

_reference = re.compile(r"data\.aws_iam_policy_document\.([\w-]+)")
_module = re.compile(r'module\.([\w-]+)(?:\[(?:\d+|"(?:[^"\\]|\\.)*")\])?(?:\.|$)')
#: Modules and blocks are not followed deeper.
_DEEPEST: Final = 30

#: A document by the names of its modules and its own.
Document: TypeAlias = tuple[tuple[str, ...], str]
#: Kind and resource type; None where only the content tells.
Use: TypeAlias = "tuple[Kind | None, str | None]"


def module_path(address: str) -> tuple[str, ...]:
    """The names of the modules in a module's address, without the keys of their instances.

    >>> module_path('module.roles["a.b"].module.reader[0]')
    ('roles', 'reader')
    """
    names: list[str] = []
    at = 0
    while match := _module.match(address, at):
        names.append(match[1])
        at = match.end()
    return tuple(names)


def uses_of(root: Skimmed | None) -> Mapping[Document, set[Use]]:
    """The kinds as which each policy document is used, by its module and name, as far as references tell.

    A document that goes through a local value is not followed.
    """
    uses: dict[Document, set[Use]] = {}
    if root is not None:
        _collect(root, (), {}, uses)
    return uses


def _collect(
    module: Skimmed,
    path: tuple[str, ...],
    variables: Mapping[str, set[Document]],
    uses: dict[Document, set[Use]],
) -> None:
    if len(path) > _DEEPEST:
        return
    parts = {part.name: part for part in module.members()}
    for resource in parts["resources"].items() if "resources" in parts else ():
        fields = {field.name: field for field in resource.members()}
        if "type" not in fields or "expressions" not in fields:
            continue
        kind, expressions = str(fields["type"].value()), fields["expressions"].value()
        if fields.get("mode") is not None and fields["mode"].value() == "data":
            continue
        each = fields.get("for_each_expression")
        every = [one for _, listed in _attributes({"_": each.value()}, "", 0) for one in listed] if each else []
        for attribute, references in _attributes(expressions, "", 0):
            if any(isinstance(one, str) and one.startswith("each.value") for one in references):
                references = [*references, *every]
            if is_of_policies(attribute) and holds_policies(kind):
                for document in _documents(references, path, variables):
                    uses.setdefault(document, set()).add(kind_of(kind, attribute, _organization_type(expressions)))
    for call in parts["module_calls"].members() if "module_calls" in parts else ():
        given = call.get("expressions")
        inner = call.get("module")
        arguments = given.value() if given is not None else {}
        known = {name: _documents(references, path, variables) for name, references in _attributes(arguments, "", 0)}
        if inner is not None:
            _collect(inner, (*path, call.name), known, uses)


def _documents(
    references: list[object], path: tuple[str, ...], variables: Mapping[str, set[Document]]
) -> set[Document]:
    """The policy documents among what an expression refers to."""
    found: set[Document] = set()
    for reference in references:
        text = reference if isinstance(reference, str) else ""
        if match := _reference.match(text):
            found.add((path, match[1]))
        elif text.startswith("var."):
            found |= variables.get(text.split(".")[1], set())
    return found


def _attributes(expressions: object, path: str, depth: int) -> Iterator[tuple[str, list[object]]]:
    """The attributes of a block and of the blocks in it, with what each refers to."""
    if depth > _DEEPEST:
        return
    if isinstance(expressions, dict):
        references = expressions.get("references")
        if path and isinstance(references, list):
            yield path, references
            return
        for name, inner in expressions.items():
            yield from _attributes(inner, f"{path}.{name}" if path else name, depth + 1)
    elif isinstance(expressions, list):
        for number, inner in enumerate(expressions):
            yield from _attributes(inner, f"{path}[{number}]", depth + 1)


def _organization_type(expressions: object) -> str | None:
    """The `type` of an organization's policy; None where an expression gives it."""
    written = expressions.get("type") if isinstance(expressions, dict) else None
    if written is None:
        return ""
    constant = written.get("constant_value") if isinstance(written, dict) else None
    return constant if isinstance(constant, str) else None
