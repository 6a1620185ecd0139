"""CREATE_SLR_WITH_STAR_IN_RESOURCE_AND_NOT_ACTION."""

from __future__ import annotations

from jfml_policies.linter.questions.open_grant import grant_on_every_role
from jfml_policies.linter.questions.role_action import CREATE_SERVICE_LINKED_ROLE
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.kinds import IDENTITY_KINDS
from jfml_policies.policy.nodes import Statement

__all__ = ["CreateSlrWithStarInResourceAndNotAction"]


class CreateSlrWithStarInResourceAndNotAction(Rule):
    """A statement with NotAction lets the service-linked role of every service be made.

    ## Why is this bad?

    NotAction in an Allow grants all that it doesn't name, `iam:CreateServiceLinkedRole` too.
    Whoever has the statement can give any AWS service the permissions of its service-linked role.
    Nobody in the account needs to have decided to use that service.

    ## Example

    ```json
    {"Effect": "Allow", "NotAction": ["iam:PassRole", "organizations:*"], "Resource": "*"}
    ```

    ## Use instead

    ```json
    {"Effect": "Allow", "NotAction": ["iam:*", "organizations:*"], "Resource": "*"}
    ```

    A condition on `iam:AWSServiceName` that names services makes the rule silent.
    It does not when it is negated, holds without the key too (`...IfExists`), or has a value beginning with a wildcard.
    Conditions on other keys make no difference.
    `arn:aws:iam::*:role/aws-service-role/*` counts as every service-linked role, one service's part of it does not.

    ## References

    - [IAM User Guide: Create a service-linked role](https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create-service-linked-role.html)
    - [IAM User Guide: IAM JSON policy elements: NotAction](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notaction.html)
    - [Access Analyzer: Create SLR with star in resource and NotAction](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-general-warning-create-slr-with-star-in-resource-and-not-action)
    """

    code = "CREATE_SLR_WITH_STAR_IN_RESOURCE_AND_NOT_ACTION"
    severity = "warning"
    fixes = ("unsafe",)
    kinds = IDENTITY_KINDS
    mentions = ("notaction",)

    def check_statement(self, statement: Statement, context: Context) -> Findings:
        """Reports a NotAction that doesn't match the action, beside a Resource that holds every such role."""
        return grant_on_every_role(type(self), CREATE_SERVICE_LINKED_ROLE, "not-action", statement)
