"""CREDENTIALS_EXPOSURE."""

from __future__ import annotations

from typing import Final

from jfml_policies.linter.rule import Context, Findings, Rule, related
from jfml_policies.policy.nodes import Policy

__all__ = ["CredentialsExposure"]

_MOST_NAMED: Final = 4


class CredentialsExposure(Rule):
    """A statement lets whoever has the policy get credentials of any resource.

    ## Why is this bad?

    Passwords, tokens and presigned links go on working where this policy no longer counts, for as long as they are
    valid, and what is done with them is done in the name of another: a database user, an instance's administrator, a
    notebook's role.
    On any resource, that is each one of the account, and each one to come.

    ## Example

    ```json
    {"Effect": "Allow", "Action": ["ec2:DescribeInstances", "ec2:GetPasswordData"], "Resource": "*"}
    ```

    ## Use instead

    ```json
    [
      {"Effect": "Allow", "Action": "ec2:DescribeInstances", "Resource": "*"},
      {"Effect": "Allow", "Action": "ec2:GetPasswordData", "Resource": "arn:aws:ec2:*:*:instance/i-0abc"}
    ]
    ```

    Reported are actions that return credentials or log in, granted on a resource that nobody has named, under no
    condition that somebody else decides, where nothing in the document denies it.
    There is one finding a statement.
    Not reported are actions that take no resource, as `ecr:GetAuthorizationToken` and `sts:GetSessionToken`, for they
    cannot be narrowed; those that give nothing new, as `sts:GetFederationToken`; and those that let a principal become
    another user or role, as `iam:CreateAccessKey` and `sts:AssumeRole`, which `privilege-escalation` tells.
    A policy that allows everything is left alone, and so are `NotAction` and wildcards over services.
    `jfml-policies risks` tells all of them, for several policies of one principal together.

    ## References

    - [Service Authorization Reference: Actions, resources, and condition keys](https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html)
    - [IAM User Guide: Security best practices, apply least-privilege permissions](https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege)
    - [Amazon EC2 API Reference: GetPasswordData](https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetPasswordData.html)
    """

    code = "CREDENTIALS_EXPOSURE"
    severity = "suggestion"
    confidence = "medium"
    origin = "jfml"
    kinds = frozenset(("identity",))
    #: The services of the actions that are looked at.
    mentions = (
        "airflow:",
        "cloud9:",
        "codeartifact:",
        "codepipeline:",
        "cognito-identity:",
        "connect:",
        "dsql:",
        "ec2:",
        "eks-auth:",
        "elasticmapreduce:",
        "emr-containers:",
        "finspace-api:",
        "gamelift:",
        "grafana:",
        "lightsail:",
        "mediapackage:",
        "rds-db:",
        "redshift-serverless:",
        "redshift:",
        "s3express:",
        "sagemaker:",
        "sts:",
    )

    def check_policy(self, policy: Policy, context: Context) -> Findings:
        """Reports each statement that grants credentials of anything."""
        # Most policies name none of the services; only for the others the actions are read.
        from jfml_policies.linter.questions.credential_grants import credential_grants, granting_entries

        for statement, actions in credential_grants(policy):
            assert statement.action is not None
            first, *others = [statement.action.values[number] for number in granting_entries(statement, actions)]
            yield self.finding(
                first,
                f"{_named(actions)} {'lets' if len(actions) == 1 else 'let'} whoever has this policy get credentials "
                "of any resource",
                hint="name the resources that it is meant for, or add a condition",
                related=tuple([related(entry, "grants credentials as well") for entry in others]),
            )


def _named(actions: tuple[str, ...]) -> str:
    names = [f"`{action}`" for action in actions[:_MOST_NAMED]]
    if len(actions) > _MOST_NAMED:
        names.append(f"{len(actions) - _MOST_NAMED} more")
    return " and ".join(names)
