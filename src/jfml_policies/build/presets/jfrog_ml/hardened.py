"""The least-privilege version of JFrog ML's role."""

from __future__ import annotations

from jfml_policies.build.presets.jfrog_ml.parameters import RoleParameters
from jfml_policies.build.presets.jfrog_ml.trusts import cloud_statement
from jfml_policies.build.statements import Document, document, joined
from jfml_policies.build.tasks.s3 import ReadFolder, WriteFolder

__all__ = ["hardened_permissions", "hardened_trust", "tasks_of"]


def hardened_trust(parameters: RoleParameters) -> Document:
    """One statement: the vendor's account, narrowed to its documented roles."""
    return document([cloud_statement(parameters.partition, parameters.account, parameters.role_patterns)])


def hardened_permissions(parameters: RoleParameters) -> Document:
    """What the tasks take and nothing more."""
    return document(joined(statement for task in tasks_of(parameters) for statement in task.statements()))


def tasks_of(parameters: RoleParameters) -> tuple[ReadFolder | WriteFolder, ...]:
    """What the role is for: reading always, writing when asked."""
    owner = parameters.own_account
    read = ReadFolder(parameters.source, parameters.strict_prefix, owner, parameters.read_keys)
    destination = parameters.destination
    if destination is None:
        return (read,)
    return (read, WriteFolder(destination, owner, parameters.write_keys))
