"""Reads single policies, and says of a template, a plan or a policy in YAML that it is something else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jfml_policies.diff.pairs import read_policy
from jfml_policies.errors import InputError, JsonSyntaxError
from jfml_policies.policy.detect import is_policy_shaped
from jfml_policies.policy.parse import MAX_CHARACTERS
from jfml_policies.sources.find import find_policies, is_yaml, may_hold_policies
from jfml_policies.text.parse import parse_json

if TYPE_CHECKING:
    from jfml_policies.cli.asked_settings import ReadAs
    from jfml_policies.diff.sides import Side
    from jfml_policies.policy.nodes import Policy

__all__ = ["format_of", "policy_of", "refuse_files_of_policies", "refuse_yaml"]

#: What a file is in a sentence, where its format alone makes none.
_TITLES: Final = {"AWS answer": "an answer of AWS's API", "YAML": "a policy in YAML"}
_HINT: Final = "`jfml-policies diff` compares the policies in such files, and `jfml-policies check` looks for mistakes"


def policy_of(side: Side, read_as: ReadAs) -> Policy:
    """The policy that a document is.

    Raises:
        InputError: it is a file that holds policies in something else.
        JsonSyntaxError: it is no JSON; the error knows the name, line and column.
        UsageError: there is no such kind.
    """
    refuse_files_of_policies(side.text or "", side.name, side.file)
    return read_policy(side, kind=read_as.kind, resource_type=read_as.resource_type)


def refuse_files_of_policies(text: str, shown: str, name: str | None = None) -> None:
    """Tells of a file that holds policies in something else, where single policies are read.

    Args:
        text: the file's text.
        shown: what to call it.
        name: its own name, whose ending tells YAML from JSON, where that is another one.

    Raises:
        InputError: it is such a file, or a policy in YAML.
    """
    title = format_of(text, name or shown)
    if title == _TITLES["YAML"]:
        refuse_yaml(shown)
    if title is not None:
        raise InputError(f"is {title}, and this verb reads single policies", file=shown, hint=_HINT)


def refuse_yaml(shown: str) -> None:
    """Says of a policy in YAML that it is not read.

    Raises:
        InputError: always.
    """
    raise InputError("is a policy in YAML, and only JSON is read here", file=shown, hint="write it as JSON")


def format_of(text: str, name: str) -> str | None:
    """What a file is that holds policies in something else, with its article; None for any other file.

    >>> format_of('{"terraform_version": "1.9.0", "planned_values": {}}', "plan.json")
    'a Terraform plan'
    """
    if not may_hold_policies(text, name):
        return None
    try:
        # No policy is larger; a plan may be a hundred times that.
        if len(text) <= MAX_CHARACTERS and not is_yaml(text, name) and is_policy_shaped(parse_json(text)):
            return None
        found = find_policies(text, name)
    except JsonSyntaxError:
        # Whoever reads the policy tells what is broken, and where.
        return None
    except InputError:
        return _TITLES["YAML"]  # or a template; without PyYAML nobody knows
    return None if found is None else _TITLES.get(found.format, f"a {found.format}")
