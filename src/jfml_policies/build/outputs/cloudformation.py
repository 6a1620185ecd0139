"""A role as a CloudFormation template, in YAML or JSON."""

from __future__ import annotations

import json
import re
from typing import Any, Final

from jfml_policies.build.outputs.quoting import quoted
from jfml_policies.build.outputs.role_documents import RoleDocuments
from jfml_policies.build.statements import Document
from jfml_policies.errors import ParameterError

__all__ = ["cloudformation", "cloudformation_json"]

_REMEDY: Final = "take another format, as `terraform-json` or `aws-cli`"
_DYNAMIC_REFERENCE: Final = "{{resolve:"
#: Words of letters and digits, also joined by colons as in `AWS::IAM::Role`, are strings in YAML as they stand ...
_PLAIN: Final = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:::?[A-Za-z][A-Za-z0-9]*)*")
#: ... but for these, in any letter case (YAML 1.1, types `bool` and `null`).
_NOT_STRINGS: Final = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})


def cloudformation(role: RoleDocuments) -> str:
    """The role as a template in YAML.

    No string of it stands inside a function of CloudFormation, so `${aws:username}` stays what it is.

    Args:
        role: the role's name and documents.

    Raises:
        ParameterError: a policy holds what CloudFormation would replace.

    Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-role.html
    """
    return "\n".join(_yaml(_template(role))) + "\n"


def cloudformation_json(role: RoleDocuments) -> str:
    """The role as a template in JSON; arguments and errors are those of `cloudformation`."""
    return json.dumps(_template(role), indent=2) + "\n"


def _template(role: RoleDocuments) -> Document:
    role.refuse_unless_plain("CloudFormation", remedy=_REMEDY)
    for text in role.texts():
        if _DYNAMIC_REFERENCE in text:
            # Replaced wherever it stands, also within strings that functions make; it has no escape
            # (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html).
            raise ParameterError(
                (f"CloudFormation would replace what begins with `{_DYNAMIC_REFERENCE}`",), hint=_REMEDY
            )
    for document in (role.trust, *role.permissions):
        _refuse_functions(document)
    named: Document = {} if role.name is None else {"RoleName": role.name}
    attached: Document = {"ManagedPolicyArns": list(role.managed_policies)} if role.managed_policies else {}
    resources: Document = {
        "Role": {
            "Type": "AWS::IAM::Role",
            "Properties": {**named, "AssumeRolePolicyDocument": role.trust, **attached},
        }
    }
    for suffix, document in role.suffixes():
        name = {} if role.name is None else {"ManagedPolicyName": f"{role.name}{suffix and '-' + suffix}"}
        properties = {**name, "Roles": [{"Ref": "Role"}], "PolicyDocument": document}
        resources[f"Permissions{suffix}"] = {"Type": "AWS::IAM::ManagedPolicy", "Properties": properties}
    return {"AWSTemplateFormatVersion": "2010-09-09", "Resources": resources}


def _refuse_functions(value: Any) -> None:
    """Refuse an element that CloudFormation would take for one of its functions."""
    if isinstance(value, dict):
        for name, member in value.items():
            if name == "Ref" or name.startswith("Fn::"):
                raise ParameterError((f"CloudFormation would take `{name}` for one of its functions",), hint=_REMEDY)
            _refuse_functions(member)
    elif isinstance(value, list):
        for item in value:
            _refuse_functions(item)


def _yaml(value: Any) -> list[str]:
    """JSON values as lines of YAML in block style."""
    if isinstance(value, dict) and value:
        lines: list[str] = []
        for name, member in value.items():
            inner = _yaml(member)
            if isinstance(member, (dict, list)) and member:
                lines += [f"{_scalar(name)}:", *(f"  {line}" for line in inner)]
            else:
                lines.append(f"{_scalar(name)}: {inner[0]}")
        return lines
    if isinstance(value, list) and value:
        return [f"{'- ' if index == 0 else '  '}{line}" for item in value for index, line in enumerate(_yaml(item))]
    return [_scalar(value)]


def _scalar(value: Any) -> str:
    if isinstance(value, str):
        plain = _PLAIN.fullmatch(value) and value.lower() not in _NOT_STRINGS
        return value if plain else quoted(value)
    # Numbers, truth values and the empty collections are written alike in JSON and YAML.
    return json.dumps(value)
