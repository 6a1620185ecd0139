"""A role as Terraform configuration, with its policies as data sources or as plain JSON."""

from __future__ import annotations

from typing import Any, Final

from jfml_policies.build.json_output import json_text
from jfml_policies.build.outputs.hcl import Block, Lines, heredoc, string, strings, written
from jfml_policies.build.outputs.role_documents import RoleDocuments
from jfml_policies.build.statements import Document
from jfml_policies.errors import ParameterError

__all__ = ["terraform", "terraform_json"]

_REMEDY: Final = "the variant with plain JSON (`terraform-json`) keeps the document as it is"
_MARKER: Final = "POLICY"
#: Elements of a statement that hold patterns, with the data source's arguments for them, in the order written.
_LISTS: Final = {
    "Action": "actions",
    "NotAction": "not_actions",
    "Resource": "resources",
    "NotResource": "not_resources",
}
_PRINCIPALS: Final = {"Principal": "principals", "NotPrincipal": "not_principals"}
_STATEMENT_ELEMENTS: Final = {"Sid", "Effect", "Condition", *_LISTS, *_PRINCIPALS}
_DEFAULT_VERSION: Final = "2012-10-17"


def terraform(role: RoleDocuments) -> str:
    """The role with its policies as `aws_iam_policy_document` data sources.

    Args:
        role: the role's name and documents.

    Raises:
        ParameterError: a policy holds what the data source would change or cannot hold.

    Source: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document
    """
    role.refuse_unless_plain("the data source `aws_iam_policy_document`", remedy=_REMEDY)
    if any("&{" in text for text in role.texts()):
        # The provider takes `&{` for the `${` of a policy variable and has no way to write it as itself.
        raise ParameterError(("the data source `aws_iam_policy_document` turns `&{` into `${`",), hint=_REMEDY)
    sources = [_data_source(f"{role.label}_trust", role.trust)]
    policies: list[str | Lines] = []
    for suffix, document in role.suffixes():
        name = f"{role.label}_permissions{suffix}"
        sources.append(_data_source(name, document))
        policies.append(f"data.aws_iam_policy_document.{name}.json")
    return written([*sources, *_resources(role, f"data.aws_iam_policy_document.{role.label}_trust.json", policies)])


def terraform_json(role: RoleDocuments) -> str:
    """The role with its policies as JSON text in heredocs, the very text that the JSON files hold.

    Args:
        role: the role's name and documents.

    Source: https://developer.hashicorp.com/terraform/language/expressions/strings#heredoc-strings
    """
    policies: list[str | Lines] = [_json(document) for document in role.permissions]
    return written(_resources(role, _json(role.trust), policies))


def _json(document: Document) -> Lines:
    # Every line of it begins with a brace, a space or a bracket, so none can be the marker.
    return heredoc(json_text(document), _MARKER)


def _resources(role: RoleDocuments, trust: str | Lines, policies: list[str | Lines]) -> list[Block]:
    def named(suffix: str) -> dict[str, str | Lines]:
        return {} if role.name is None else {"name": string(f"{role.name}{suffix and '-' + suffix}")}

    blocks = [Block(f'resource "aws_iam_role" "{role.label}"', {**named(""), "assume_role_policy": trust})]
    for (suffix, _), policy in zip(role.suffixes(), policies, strict=True):
        label = f"{role.label}{suffix and '_' + suffix}"
        blocks += [
            Block(f'resource "aws_iam_policy" "{label}"', {**named(suffix), "policy": policy}),
            Block(
                f'resource "aws_iam_role_policy_attachment" "{label}"',
                {"role": f"aws_iam_role.{role.label}.name", "policy_arn": f"aws_iam_policy.{label}.arn"},
            ),
        ]
    for number, arn in enumerate(role.managed_policies, start=1):
        blocks.append(
            Block(
                f'resource "aws_iam_role_policy_attachment" "{role.label}_managed{number}"',
                {"role": f"aws_iam_role.{role.label}.name", "policy_arn": string(arn)},
            )
        )
    return blocks


def _data_source(name: str, document: Document) -> Block:
    unknown = set(document) - {"Version", "Id", "Statement"}
    if unknown:
        raise _not_held(unknown)
    attributes: dict[str, str | Lines] = {}
    # Without the element the oldest version holds, while the data source would write the newest.
    version = document.get("Version", "2008-10-17")
    if version != _DEFAULT_VERSION:
        attributes["version"] = string(version)
    if "Id" in document:
        attributes["policy_id"] = string(document["Id"])
    statements = tuple(_statement(statement) for statement in _list(document["Statement"]))
    return Block(f'data "aws_iam_policy_document" "{name}"', attributes, statements)


def _statement(statement: Document) -> Block:
    unknown = set(statement) - _STATEMENT_ELEMENTS
    if unknown:
        raise _not_held(unknown)
    attributes: dict[str, str | Lines] = {}
    if "Sid" in statement:
        attributes["sid"] = string(statement["Sid"])
    attributes["effect"] = string(statement["Effect"])
    for element, argument in _LISTS.items():
        if element in statement:
            attributes[argument] = strings(_list(statement[element]))
    blocks: list[Block] = []
    for element, argument in _PRINCIPALS.items():
        if element in statement:
            principals = statement[element]
            # `Principal: "*"` is written with the type `*`, which the provider gives back as that.
            by_type = {"*": principals} if isinstance(principals, str) else principals
            blocks += [
                Block(argument, {"type": string(kind), "identifiers": strings(_list(values))})
                for kind, values in sorted(by_type.items())
            ]
    for operator, tests in sorted(statement.get("Condition", {}).items()):
        for key, values in sorted(tests.items()):
            texts = [_text(value) for value in _list(values)]
            blocks.append(
                Block("condition", {"test": string(operator), "variable": string(key), "values": strings(texts)})
            )
    return Block("statement", attributes, tuple(blocks))


def _text(value: Any) -> str:
    """A condition value as the string that it is the same as: `true` for the boolean."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _not_held(names: set[str]) -> ParameterError:
    shown = ", ".join(f"`{name}`" for name in sorted(names))
    return ParameterError((f"the data source `aws_iam_policy_document` does not hold {shown}",), hint=_REMEDY)
