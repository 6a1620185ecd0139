"""CREATE_SLR_WITH_STAR_IN_RESOURCE."""

from __future__ import annotations

from jfml_policies.linter.questions.open_grant import grant_on_every_role
from jfml_policies.linter.questions.role_action import CREATE_SERVICE_LINKED_ROLE
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.kinds import IDENTITY_KINDS
from jfml_policies.policy.nodes import Statement

__all__ = ["CreateSlrWithStarInResource"]


class CreateSlrWithStarInResource(Rule):
    """A statement lets the service-linked role of every service be made.

    ## Why is this bad?

    A service-linked role gives an AWS service permissions in the account, and AWS decides which.
    Whoever has the statement opens the account to services that nobody in it has decided to use.

    ## Example

    ```json
    {"Effect": "Allow", "Action": ["ecs:CreateCluster", "iam:CreateServiceLinkedRole"], "Resource": "*"}
    ```

    ## Use instead

    ```json
    [
      {"Effect": "Allow", "Action": "ecs:CreateCluster", "Resource": "*"},
      {"Effect": "Allow", "Action": "iam:CreateServiceLinkedRole",
       "Resource": "arn:aws:iam::*:role/aws-service-role/ecs.amazonaws.com/*"}
    ]
    ```

    A condition on `iam:AWSServiceName` that names services makes the rule silent.
    It does not when it is negated, holds without the key too (`...IfExists`), or has a value beginning with a wildcard.
    Conditions on other keys make no difference.
    `arn:aws:iam::*:role/aws-service-role/*` counts as every service-linked role, one service's part of it does not.

    ## References

    - [IAM User Guide: Create a service-linked role](https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create-service-linked-role.html)
    - [Access Analyzer: Create SLR with star in resource](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-general-warning-create-slr-with-star-in-resource)
    """

    code = "CREATE_SLR_WITH_STAR_IN_RESOURCE"
    severity = "warning"
    kinds = IDENTITY_KINDS
    mentions = ("iam:createservicelinkedrole",)

    def check_statement(self, statement: Statement, context: Context) -> Findings:
        """Reports the action's name on a Resource that holds every service-linked role."""
        return grant_on_every_role(type(self), CREATE_SERVICE_LINKED_ROLE, "name", statement)
