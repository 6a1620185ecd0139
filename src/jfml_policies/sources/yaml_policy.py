"""Policies that are written as YAML."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jfml_policies.policy.detect import is_policy_shaped, locate
from jfml_policies.sources.found import Found
from jfml_policies.sources.shape import shape_of
from jfml_policies.sources.source import Source

if TYPE_CHECKING:
    from jfml_policies.sources.found import Unread

__all__ = ["may_be", "read"]

_statement = re.compile(r"""^\s*['"]?Statement['"]?\s*:""", re.MULTILINE)
_element = re.compile(r"""['"]?(?:Effect|Action|NotAction)['"]?\s*:""")


def may_be(text: str) -> bool:
    """Whether a text may be such a policy, told from its words."""
    return _statement.search(text) is not None and _element.search(text) is not None


def read(text: str) -> Found | None:
    """The policy; None where the document is something else.

    Raises:
        JsonSyntaxError: the text is not YAML.
        InputError: PyYAML is not installed.
    """
    from jfml_policies.text.yaml_tree import parse_yaml

    tree = parse_yaml(text, template=True)
    if not is_policy_shaped(tree):
        return None
    located = locate(tree)
    source: Source | Unread = Source("", shape_of(located.tree), text, kind=located.kind, editable=True, is_yaml=True)
    return Found("YAML", iter((source,)))
