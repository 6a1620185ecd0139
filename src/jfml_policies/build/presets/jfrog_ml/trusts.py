"""Who assumes the role: JFrog ML Cloud, or JFrog ML in a cluster of one's own."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from jfml_policies.build.fields import Account, Url, named
from jfml_policies.build.parameters import list_of_at_most
from jfml_policies.build.presets.jfrog_ml.facts import CLOUD_ACCOUNT, ROLE_PATTERNS, RolePatterns
from jfml_policies.build.specs.part import Part
from jfml_policies.build.statements import Condition, Statement

__all__ = ["CloudTrust", "SelfManagedTrust", "Trust", "cloud_statement"]

_ServiceAccount = Annotated[
    str,
    *named(
        "a service account with its namespace",
        r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?:[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?",
        "qwak:kube-deployment-captain-access",
    ),
]
_Audience = Annotated[str, *named("an audience", r"[A-Za-z0-9._:/-]{1,255}", "sts.amazonaws.com")]


def cloud_statement(partition: str, vendor: str, patterns: RolePatterns) -> Statement:
    """The vendor's account, narrowed to its documented roles.

    A Principal cannot hold a pattern ("AWS JSON policy elements: Principal"), so it names the account and the
    condition compares the caller's role. `aws:PrincipalArn` is the role's ARN also in a session.
    """
    account = f"arn:{partition}:iam::{vendor}"
    roles = tuple(f"{account}:role/{pattern}" for pattern in ROLE_PATTERNS[patterns])
    return Statement(
        sid="AssumeRoleFromJFrogML",
        actions=("sts:AssumeRole",),
        conditions=(Condition("ArnLike", "aws:PrincipalArn", roles),),
        principal=f"{account}:root",
    )


class CloudTrust(Part):
    """JFrog ML Cloud, or another deployment that JFrog runs, assumes the role from its account."""

    kind: Literal["cloud"]
    account: Annotated[Account, Field(description="AWS account of the JFrog ML deployment")] = CLOUD_ACCOUNT
    role_patterns: Annotated[
        RolePatterns | None,
        Field(description="both documented patterns, or the base one; when left out, what the uses are documented for"),
    ] = None

    def statement(self, partition: str, own: str, patterns: RolePatterns) -> Statement:
        """The trust policy's statement."""
        del own
        return cloud_statement(partition, self.account, self.role_patterns or patterns)


class SelfManagedTrust(Part):
    """JFrog ML in an EKS cluster of one's own assumes the role with the tokens of named service accounts.

    "Storage-based Execution" in the JFrog ML documentation names a service account, its installation guide the
    audience only, which every pod of the cluster can have; so the subject is always compared, and exactly ("IAM roles
    for service accounts" in the EKS User Guide,
    https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html).
    """

    kind: Literal["self-managed"]
    oidc_provider: Annotated[Url, Field(description="the cluster's OIDC provider, without `https://`")]
    service_accounts: Annotated[
        tuple[_ServiceAccount, ...],
        BeforeValidator(list_of_at_most(20)),
        Field(min_length=1, description="service accounts with their namespace"),
    ]
    audience: Annotated[_Audience, Field(description="the audience of the tokens")] = "sts.amazonaws.com"

    def statement(self, partition: str, own: str, patterns: RolePatterns) -> Statement:
        """The trust policy's statement."""
        del patterns
        subjects = tuple(f"system:serviceaccount:{name}" for name in dict.fromkeys(self.service_accounts))
        return Statement(
            sid="AssumeRoleFromJFrogML",
            actions=("sts:AssumeRoleWithWebIdentity",),
            conditions=(
                Condition("StringEquals", f"{self.oidc_provider}:aud", (self.audience,)),
                Condition("StringEquals", f"{self.oidc_provider}:sub", subjects),
            ),
            principal=f"arn:{partition}:iam::{own}:oidc-provider/{self.oidc_provider}",
            principal_type="Federated",
        )


Trust = Annotated[CloudTrust | SelfManagedTrust, Field(discriminator="kind")]
