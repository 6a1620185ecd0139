"""The least-privilege version of JFrog ML's role."""

from __future__ import annotations

from jfml_policies.build.presets.jfrog_ml.facts import ROLE_PATTERNS
from jfml_policies.build.presets.jfrog_ml.parameters import RoleParameters
from jfml_policies.build.statements import Condition, Document, Statement, document, joined
from jfml_policies.build.tasks.s3 import ReadFolder, WriteFolder

__all__ = ["hardened_permissions", "hardened_trust", "tasks_of"]


def hardened_trust(parameters: RoleParameters) -> Document:
    """One statement: the vendor's account, narrowed to its documented roles.

    A Principal cannot hold a pattern ("AWS JSON policy elements: Principal"), so it names the account and the
    condition compares the caller's role. `aws:PrincipalArn` is the role's ARN also in a session.
    """
    account = f"arn:{parameters.partition}:iam::{parameters.account}"
    roles = tuple(f"{account}:role/{pattern}" for pattern in ROLE_PATTERNS[parameters.role_patterns])
    statement = Statement(
        sid="AssumeRoleFromJFrogML",
        actions=("sts:AssumeRole",),
        conditions=(Condition("ArnLike", "aws:PrincipalArn", roles),),
        principal=f"{account}:root",
    )
    return document([statement])


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
