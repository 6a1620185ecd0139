"""Builders: typed parameters in, a checked and explained role out.

A *task* is something a workload does ("read this folder") and knows the statements that takes.
A *preset* is a vendor's role as typed parameters; it says who may assume the role and joins tasks. JFrog ML's is a
module, the others are data.

>>> from jfml_policies.build import jfrog_ml
>>> jfrog_ml.role(bucket="acme-features", prefix="train/").trust["Version"]
'2012-10-17'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jfml_policies.build.granted import access_of
    from jfml_policies.build.outputs.role_documents import RoleDocuments
    from jfml_policies.build.plain_words import explain
    from jfml_policies.build.presets import jfrog_ml
    from jfml_policies.build.presets.from_preset import preset_role
    from jfml_policies.build.presets.preset_files import preset_named, preset_names, read_preset
    from jfml_policies.build.role import Role
    from jfml_policies.build.role_names import unguessable_role_name

__all__ = [
    "Role",
    "RoleDocuments",
    "access_of",
    "explain",
    "jfrog_ml",
    "preset_named",
    "preset_names",
    "preset_role",
    "read_preset",
    "unguessable_role_name",
]

#: Where each public name lives, looked up on first use because presets load pydantic; no attribute means the module.
_HOMES = {
    "Role": ("jfml_policies.build.role", "Role"),
    "RoleDocuments": ("jfml_policies.build.outputs.role_documents", "RoleDocuments"),
    "access_of": ("jfml_policies.build.granted", "access_of"),
    "explain": ("jfml_policies.build.plain_words", "explain"),
    "jfrog_ml": ("jfml_policies.build.presets.jfrog_ml", None),
    "preset_named": ("jfml_policies.build.presets.preset_files", "preset_named"),
    "preset_names": ("jfml_policies.build.presets.preset_files", "preset_names"),
    "preset_role": ("jfml_policies.build.presets.from_preset", "preset_role"),
    "read_preset": ("jfml_policies.build.presets.preset_files", "read_preset"),
    "unguessable_role_name": ("jfml_policies.build.role_names", "unguessable_role_name"),
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    home, attribute = _HOMES[name]
    module = import_module(home)
    value: object = getattr(module, attribute) if attribute else module
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
