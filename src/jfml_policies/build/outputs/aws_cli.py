"""A role as commands of the AWS CLI, in a script for any POSIX shell."""

from __future__ import annotations

from shlex import quote
from typing import Final

from jfml_policies.build.json_output import json_text
from jfml_policies.build.outputs.role_documents import RoleDocuments
from jfml_policies.build.statements import Document

__all__ = ["aws_cli"]

_MARKER: Final = "POLICY"
_START: Final = """\
#!/bin/sh
set -eu
"""


def aws_cli(role: RoleDocuments) -> str:
    """A script that makes the role, its policies, and attaches them; one without a name takes it as argument.

    Documents stand in quoted here-documents, in which a shell replaces nothing, and every name is quoted.

    Args:
        role: the role's name and documents.

    Source: https://docs.aws.amazon.com/cli/latest/reference/iam/create-role.html
    """
    name = "${1:?give the name of the role}" if role.name is None else quote(role.name)
    parts = [_START, f"role_name={name}\n", _function("trust_policy", role.trust)]
    parts += [_function(f"permissions_policy{suffix}", document) for suffix, document in role.suffixes()]
    parts.append(_command("create-role", "--role-name=$role_name", "--assume-role-policy-document=$(trust_policy)"))
    for suffix, _ in role.suffixes():
        policy_name = f"--policy-name=$role_name{suffix and '-' + suffix}"
        arguments = (policy_name, f"--policy-document=$(permissions_policy{suffix})")
        created = _command("create-policy", *arguments, plain=("--query=Policy.Arn", "--output=text"))
        parts.append(f"policy_arn=$({created.rstrip()})\n")
        parts.append(_command("attach-role-policy", "--role-name=$role_name", "--policy-arn=$policy_arn"))
    for arn in role.managed_policies:
        parts.append(f"policy_arn={quote(arn)}\n")
        parts.append(_command("attach-role-policy", "--role-name=$role_name", "--policy-arn=$policy_arn"))
    return "\n".join(parts)


def _function(name: str, document: Document) -> str:
    """A function that prints the document, because some shells misread a here-document within `$(...)`."""
    # Each line of the JSON begins with a brace, a bracket or a space, so none can be the marker.
    return f"{name}() {{\n  cat <<'{_MARKER}'\n{json_text(document)}{_MARKER}\n}}\n"


def _command(verb: str, *arguments: str, plain: tuple[str, ...] = ()) -> str:
    """A command of `aws iam`; an option and its value are one word, so that no value is taken for an option."""
    words = [*(f'"{argument}"' for argument in arguments), *plain]
    return " \\\n  ".join([f"aws iam {verb}", *words]) + "\n"
