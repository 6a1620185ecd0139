"""Which reader a file is for, told from its name and a few words in it: a plain policy costs next to nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from jfml_policies.errors import JsonSyntaxError

if TYPE_CHECKING:
    from jfml_policies.sources.found import Found

__all__ = ["ENDINGS", "YAML_ENDINGS", "find_policies", "is_yaml", "may_hold_policies"]

#: How the names of YAML files end.
YAML_ENDINGS: Final = (".yaml", ".yml")
#: How the names of files end that are looked for in folders, and among files that changed.
ENDINGS: Final = (".json", ".template", ".tfstate", *YAML_ENDINGS)
_JSON_ENDINGS: Final = (".json", ".tfstate")
#: What a line of a template or policy in YAML starts with, and no line of JSON.
_yaml_name = re.compile(r"^\ufeff?(?:Resources|Statement)\s*:", re.MULTILINE)
#: A word that stands in each file of the known formats, and in next to no policy.
_sign = re.compile(
    r"""AWS::\w|"terraform_version"|"(?:\w*[Dd]ocument|\w*[Pp]olicy|\w*Policies|policyText|[Cc]ontent|PolicyInJson|\w*onfiguration)"\s*:"""
)


def find_policies(text: str, name: str = "") -> Found | None:
    """The policies inside a file that is no policy itself; None for a plain policy and for any other file.

    Args:
        text: the file's text.
        name: its name, whose ending tells YAML from JSON; where it tells neither, the text does.

    Raises:
        JsonSyntaxError: the file is of a known format and broken; so may going through the policies.
        InputError: the file is YAML, and PyYAML is not installed.

    >>> found = find_policies(
    ...     '{"PolicyName": "p", "PolicyDocument": "%7B%22Statement%22%3A%7B%22Effect%22%3A%22Deny%22%7D%7D"}'
    ... )
    >>> found.format, [policy.resource for policy in found.policies]
    ('AWS answer', ['p'])
    """
    if not may_hold_policies(text, name):
        return None
    yaml = is_yaml(text, name)
    from jfml_policies.sources import aws_answers, cloudformation, terraform

    if cloudformation.may_be(text):
        return cloudformation.read(text, yaml=yaml)
    if yaml:
        return _yaml_policy(text)
    if terraform.may_be(text):
        return terraform.read(text)
    return aws_answers.read(text) if aws_answers.may_be(text) else None


def may_hold_policies(text: str, name: str = "") -> bool:
    """Whether a file may be one of those that hold policies in something else; a first look, without any reader.

    >>> may_hold_policies('{"Version": "2012-10-17", "Statement": []}')
    False
    """
    if "tatement" not in text and "terraform_version" not in text and "AWS::" not in text:
        return False
    return _sign.search(text) is not None or is_yaml(text, name)


def is_yaml(text: str, name: str) -> bool:
    """Whether a file is YAML, by its name; where that says nothing, as of `*.template` and `-`, by how it starts.

    >>> is_yaml("Resources: {}", "-"), is_yaml("Resources: {}", "a.json"), is_yaml('{"Resources": {}}', "-")
    (True, False, False)
    """
    ending = name.lower()
    if ending.endswith(YAML_ENDINGS):
        return True
    if ending.endswith(_JSON_ENDINGS) or text.lstrip("\ufeff \t\r\n").startswith(("{", "[")):
        return False
    return ending.endswith(".template") or _yaml_name.search(text) is not None


def _yaml_policy(text: str) -> Found | None:
    from jfml_policies.sources import yaml_policy

    if not yaml_policy.may_be(text):
        return None
    try:
        return yaml_policy.read(text)
    except JsonSyntaxError:
        # Other tools' files speak of statements, too, and are not always one YAML document.
        return None
