"""PASS_ROLE_WITH_STAR_IN_RESOURCE."""

from __future__ import annotations

from jfml_policies.linter.questions.open_grant import grant_on_every_role
from jfml_policies.linter.questions.role_action import PASS_ROLE
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.kinds import IDENTITY_KINDS
from jfml_policies.policy.nodes import Statement

__all__ = ["PassRoleWithStarInResource"]


class PassRoleWithStarInResource(Rule):
    """A statement lets every role be passed to every service.

    ## Why is this bad?

    Whoever has the statement hands the most powerful role of the account to a service that runs their code.
    Lambda and EC2 are two of many.
    Their code then acts with that role's permissions, so their own are no limit.

    ## Example

    ```json
    {"Effect": "Allow", "Action": ["ec2:RunInstances", "iam:PassRole"], "Resource": "*"}
    ```

    ## Use instead

    ```json
    [
      {"Effect": "Allow", "Action": "ec2:RunInstances", "Resource": "*"},
      {"Effect": "Allow", "Action": "iam:PassRole", "Resource": "arn:aws:iam::111122223333:role/acme-train",
       "Condition": {"StringEquals": {"iam:PassedToService": "ec2.amazonaws.com"}}}
    ]
    ```

    A condition on `iam:PassedToService` or `iam:AssociatedResourceArn` that names services makes the rule silent.
    It does not when it is negated, holds without the key too (`...IfExists`), or has a value beginning with a wildcard.
    Conditions on other keys make no difference.
    A pattern counts as every role when it holds all roles of an account, as `arn:aws:iam::111122223333:role/*` does.
    `role/flow-logs-*` and `role/*Worker*` do not.

    ## References

    - [IAM User Guide: Grant a user permissions to pass a role to an AWS service](https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html)
    - [Access Analyzer: Pass role with star in resource](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-security-warning-pass-role-with-star-in-resource)
    """

    code = "PASS_ROLE_WITH_STAR_IN_RESOURCE"
    severity = "security-warning"
    kinds = IDENTITY_KINDS
    mentions = ("iam:passrole",)

    def check_statement(self, statement: Statement, context: Context) -> Findings:
        """Reports the action's name on a Resource that holds every role."""
        return grant_on_every_role(type(self), PASS_ROLE, "name", statement)
