"""Passing roles to AWS services."""

from __future__ import annotations

from dataclasses import dataclass

from jfml_policies.build.statements import Condition, Statement
from jfml_policies.build.task import Task

__all__ = ["PassRoles"]


@dataclass(frozen=True, slots=True)
class PassRoles(Task):
    """Hand named roles to named services, as when starting a job that runs as one of them.

    Whoever may pass a role has, through the service, what the role may do; so the roles are written out, and
    `iam:PassedToService` names who may get them ("Grant a user permissions to pass a role to an AWS service" in the IAM
    User Guide, https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html).

    Attributes:
        roles: the ARNs of the roles.
        services: principals of the services, as in `sagemaker.amazonaws.com`.
    """

    roles: tuple[str, ...]
    services: tuple[str, ...]

    def statements(self) -> tuple[Statement, ...]:
        """What passing takes; joined with other tasks by `statements.joined`."""
        services = Condition("StringEquals", "iam:PassedToService", tuple(dict.fromkeys(self.services)))
        return (Statement("PassRoles", ("iam:PassRole",), tuple(dict.fromkeys(self.roles)), (services,)),)
