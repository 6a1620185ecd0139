"""Which files of a folder are policies, for verbs that read plain policies in JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jfml_policies.cli.single_policies import refuse_yaml
from jfml_policies.errors import JsonSyntaxError
from jfml_policies.policy.detect import is_policy_shaped
from jfml_policies.sources.find import find_policies, is_yaml
from jfml_policies.text.parse import parse_json

if TYPE_CHECKING:
    from jfml_policies.cli.inputs import Input

__all__ = ["is_policy_in_folder"]


def is_policy_in_folder(item: Input, text: str) -> bool:
    """Whether a file that nobody named is a policy; templates and other tools' files are passed over.

    Raises:
        JsonSyntaxError: it is no JSON.
        InputError: it is a policy in YAML, which must not be passed over in silence.
    """
    try:
        if not is_yaml(text, item.shown):
            return is_policy_shaped(parse_json(text))
        found = find_policies(text, item.shown)
    except JsonSyntaxError as error:
        error.file = item.shown
        raise
    if found is not None and found.format == "YAML":
        refuse_yaml(item.shown)
    return False
