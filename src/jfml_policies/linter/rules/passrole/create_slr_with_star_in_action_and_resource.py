"""CREATE_SLR_WITH_STAR_IN_ACTION_AND_RESOURCE."""

from __future__ import annotations

from jfml_policies.linter.questions.open_grant import grant_on_every_role
from jfml_policies.linter.questions.role_action import CREATE_SERVICE_LINKED_ROLE
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.kinds import IDENTITY_KINDS
from jfml_policies.policy.nodes import Statement

__all__ = ["CreateSlrWithStarInActionAndResource"]


class CreateSlrWithStarInActionAndResource(Rule):
    """An action pattern lets the service-linked role of every service be made, without saying so.

    ## Why is this bad?

    `iam:Create*`, `iam:*` and `*` hold `iam:CreateServiceLinkedRole`.
    Whoever has the statement can give any AWS service the permissions of its service-linked role.
    Nobody in the account needs to have decided to use that service.

    ## Example

    ```json
    {"Effect": "Allow", "Action": "iam:Create*", "Resource": "*"}
    ```

    ## Use instead

    ```json
    {"Effect": "Allow", "Action": ["iam:CreateRole", "iam:CreatePolicy"], "Resource": "arn:aws:iam::*:*/acme/*"}
    ```

    An administrator's policy is meant to be so wide: ignore the rule there.
    A condition on `iam:AWSServiceName` that names services makes the rule silent.
    It does not when it is negated, holds without the key too (`...IfExists`), or has a value beginning with a wildcard.
    Conditions on other keys make no difference.
    `arn:aws:iam::*:role/aws-service-role/*` counts as every service-linked role, one service's part of it does not.

    ## References

    - [IAM User Guide: Create a service-linked role](https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create-service-linked-role.html)
    - [Access Analyzer: Create SLR with star in action and resource](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-general-warning-create-slr-with-star-in-action-and-resource)
    """

    code = "CREATE_SLR_WITH_STAR_IN_ACTION_AND_RESOURCE"
    severity = "warning"
    kinds = IDENTITY_KINDS
    mentions = ("*", "?")

    def check_statement(self, statement: Statement, context: Context) -> Findings:
        """Reports patterns that match the action on a Resource that holds every service-linked role."""
        return grant_on_every_role(type(self), CREATE_SERVICE_LINKED_ROLE, "pattern", statement)
