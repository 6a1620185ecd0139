"""PASS_ROLE_WITH_STAR_IN_ACTION_AND_RESOURCE."""

from __future__ import annotations

from jfml_policies.linter.questions.open_grant import grant_on_every_role
from jfml_policies.linter.questions.role_action import PASS_ROLE
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.kinds import IDENTITY_KINDS
from jfml_policies.policy.nodes import Statement

__all__ = ["PassRoleWithStarInActionAndResource"]


class PassRoleWithStarInActionAndResource(Rule):
    """An action pattern lets every role be passed to every service, without saying so.

    ## Why is this bad?

    `iam:*` and `*` hold `iam:PassRole`, which few readers think of.
    Whoever has the statement hands the most powerful role of the account to a service that runs their code.
    Their code then acts with that role's permissions.

    ## Example

    ```json
    {"Effect": "Allow", "Action": ["lambda:*", "iam:Pass*"], "Resource": "*"}
    ```

    ## Use instead

    ```json
    [
      {"Effect": "Allow", "Action": "lambda:*", "Resource": "*"},
      {"Effect": "Allow", "Action": "iam:PassRole", "Resource": "arn:aws:iam::111122223333:role/acme-score",
       "Condition": {"StringEquals": {"iam:PassedToService": "lambda.amazonaws.com"}}}
    ]
    ```

    An administrator's policy is meant to be so wide: ignore the rule there.
    A condition on `iam:PassedToService` or `iam:AssociatedResourceArn` that names services makes the rule silent.
    It does not when it is negated, holds without the key too (`...IfExists`), or has a value beginning with a wildcard.
    Conditions on other keys make no difference.
    A pattern counts as every role when it holds all roles of an account, as `arn:aws:iam::111122223333:role/*` does.
    `role/flow-logs-*` and `role/*Worker*` do not.

    ## References

    - [IAM User Guide: Grant a user permissions to pass a role to an AWS service](https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html)
    - [Access Analyzer: Pass role with star in action and resource](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-security-warning-pass-role-with-star-in-action-and-resource)
    """

    code = "PASS_ROLE_WITH_STAR_IN_ACTION_AND_RESOURCE"
    severity = "security-warning"
    kinds = IDENTITY_KINDS
    mentions = ("*", "?")

    def check_statement(self, statement: Statement, context: Context) -> Findings:
        """Reports patterns that match the action on a Resource that holds every role."""
        return grant_on_every_role(type(self), PASS_ROLE, "pattern", statement)
