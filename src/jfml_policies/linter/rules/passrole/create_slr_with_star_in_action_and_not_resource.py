"""CREATE_SLR_WITH_STAR_IN_ACTION_AND_NOT_RESOURCE."""

from __future__ import annotations

from jfml_policies.linter.questions.open_grant import grant_on_other_roles
from jfml_policies.linter.questions.role_action import CREATE_SERVICE_LINKED_ROLE
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.kinds import IDENTITY_KINDS
from jfml_policies.policy.nodes import Statement

__all__ = ["CreateSlrWithStarInActionAndNotResource"]


class CreateSlrWithStarInActionAndNotResource(Rule):
    """An action pattern lets every service-linked role be made that the statement's NotResource doesn't name.

    ## Why is this bad?

    `iam:Create*`, `iam:*` and `*` hold `iam:CreateServiceLinkedRole`.
    NotResource rarely names service-linked roles.
    Whoever has the statement can give almost any AWS service the permissions of its service-linked role.

    ## Example

    ```json
    {"Effect": "Allow", "Action": "iam:Create*", "NotResource": "arn:aws:iam::111122223333:role/Admin"}
    ```

    ## Use instead

    ```json
    {"Effect": "Allow", "Action": ["iam:CreateRole", "iam:CreatePolicy"], "Resource": "arn:aws:iam::*:*/acme/*"}
    ```

    The documentation of this check wants the roles to be named, so a condition does not make the rule silent.
    A NotResource that names every service-linked role is not reported.

    ## References

    - [IAM User Guide: Create a service-linked role](https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create-service-linked-role.html)
    - [IAM User Guide: IAM JSON policy elements: NotResource](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notresource.html)
    - [Access Analyzer: Create SLR with star in action and NotResource](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-general-warning-create-slr-with-star-in-action-and-not-resource)
    """

    code = "CREATE_SLR_WITH_STAR_IN_ACTION_AND_NOT_RESOURCE"
    severity = "warning"
    kinds = IDENTITY_KINDS
    mentions = ("*", "?")

    def check_statement(self, statement: Statement, context: Context) -> Findings:
        """Reports patterns that match the action beside NotResource."""
        return grant_on_other_roles(type(self), CREATE_SERVICE_LINKED_ROLE, "pattern", statement)
