"""Which attributes of a plan's resources its configuration gives an expression for.

Source: Terraform documentation, "JSON Output Format", configuration representation.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from jfml_policies.sources.terraform.uses import module_path

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jfml_policies.text.skim import Skimmed

__all__ = ["configured", "resource_key"]

#: The type and name of a resource at the end of its address, and the key of its instance.
_resource = re.compile(r'([\w-]+\.[\w-]+)(?:\[(?:\d+|"(?:[^"\\]|\\.)*")\])?$')
#: Modules are not followed deeper.
_DEEPEST: Final = 30


def resource_key(address: str) -> str:
    """What stands for a resource in the configuration: its address without the keys of instances.

    >>> resource_key('module.roles["a.b"].aws_iam_role.reader[0]')
    'roles/aws_iam_role.reader'
    """
    match = _resource.search(address)
    return "/".join([*module_path(address), match[1] if match is not None else address])


def configured(root: Skimmed | None) -> Mapping[str, frozenset[str]] | None:
    """The attributes that have an expression, by `resource_key`; None where there is no configuration."""
    return None if root is None else dict(_in_module(root, ()))


def _in_module(module: Skimmed, path: tuple[str, ...]) -> Iterator[tuple[str, frozenset[str]]]:
    if len(path) > _DEEPEST:
        return
    parts = {part.name: part for part in module.members()}
    for resource in parts["resources"].items() if "resources" in parts else ():
        address, expressions = resource.get("address"), resource.get("expressions")
        if address is not None:
            names = [one.name for one in expressions.members()] if expressions is not None else []
            yield "/".join([*path, str(address.value())]), frozenset(names)
    for call in parts["module_calls"].members() if "module_calls" in parts else ():
        inner = call.get("module")
        if inner is not None:
            yield from _in_module(inner, (*path, call.name))
