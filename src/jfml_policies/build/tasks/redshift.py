"""Logging in to Redshift with temporary passwords."""

from __future__ import annotations

from dataclasses import dataclass

from jfml_policies.build.place import Place
from jfml_policies.build.statements import Statement
from jfml_policies.build.task import Task

__all__ = ["RedshiftLogin", "RedshiftServerlessLogin"]


@dataclass(frozen=True, slots=True)
class RedshiftLogin(Task):
    """Log in to a database of a cluster as one user that exists there; what the user may do is the database's affair.

    `redshift:GetClusterCredentials` is decided on the user and the database, and `redshift:DescribeClusters` serves
    drivers that look the endpoint up by the cluster's name ("Using IAM authentication to generate database user
    credentials" in the Redshift Management Guide, section "Create an IAM role or user with permissions to call
    GetClusterCredentials", https://docs.aws.amazon.com/redshift/latest/mgmt/generating-iam-credentials-role-permissions.html).
    Creating users and joining groups (`redshift:CreateClusterUser`, `redshift:JoinGroup`) is left out.

    Attributes:
        place: where the cluster is.
        cluster: the cluster's identifier.
        database: the database's name.
        user: the database user.
        look_up: whether the driver looks the cluster up; False when it is given host and port.
    """

    place: Place
    cluster: str
    database: str
    user: str
    look_up: bool = True

    def statements(self) -> tuple[Statement, ...]:
        """What logging in takes; joined with other tasks by `statements.joined`."""
        login = Statement(
            "LogInToRedshift",
            ("redshift:GetClusterCredentials",),
            (
                self.place.arn("redshift", f"dbuser:{self.cluster}/{self.user}"),
                self.place.arn("redshift", f"dbname:{self.cluster}/{self.database}"),
            ),
        )
        if not self.look_up:
            return (login,)
        cluster = self.place.arn("redshift", f"cluster:{self.cluster}")
        return (login, Statement("FindCluster", ("redshift:DescribeClusters",), (cluster,)))


@dataclass(frozen=True, slots=True)
class RedshiftServerlessLogin(Task):
    """Log in to a workgroup of Redshift Serverless, as the database user that stands for the role.

    `redshift-serverless:GetCredentials` is decided on the workgroup, whose ARN ends in its id and not its name
    ("GetCredentials" in the Redshift Serverless API Reference,
    https://docs.aws.amazon.com/redshift-serverless/latest/APIReference/API_GetCredentials.html);
    `redshift-serverless:GetWorkgroup` serves drivers that look the endpoint up.

    Attributes:
        place: where the workgroup is.
        workgroup_id: the id at the end of the workgroup's ARN.
        look_up: whether the driver looks the workgroup up; False when it is given host and port.
    """

    place: Place
    workgroup_id: str
    look_up: bool = True

    def statements(self) -> tuple[Statement, ...]:
        """What logging in takes; joined with other tasks by `statements.joined`."""
        workgroup = (self.place.arn("redshift-serverless", f"workgroup/{self.workgroup_id}"),)
        login = Statement("LogInToRedshiftServerless", ("redshift-serverless:GetCredentials",), workgroup)
        if not self.look_up:
            return (login,)
        return (login, Statement("FindWorkgroup", ("redshift-serverless:GetWorkgroup",), workgroup))
