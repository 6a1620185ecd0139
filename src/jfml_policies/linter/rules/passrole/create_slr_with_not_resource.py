"""CREATE_SLR_WITH_NOT_RESOURCE."""

from __future__ import annotations

from jfml_policies.linter.questions.open_grant import grant_on_other_roles
from jfml_policies.linter.questions.role_action import CREATE_SERVICE_LINKED_ROLE
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.kinds import IDENTITY_KINDS
from jfml_policies.policy.nodes import Statement

__all__ = ["CreateSlrWithNotResource"]


class CreateSlrWithNotResource(Rule):
    """A statement lets every service-linked role be made that its NotResource doesn't name.

    ## Why is this bad?

    The list names the services that were unwanted on the day it was written.
    Whoever has the statement can give every other service, and every new one, the permissions of its role.

    ## Example

    ```json
    {"Effect": "Allow", "Action": "iam:CreateServiceLinkedRole",
     "NotResource": "arn:aws:iam::*:role/aws-service-role/rds.amazonaws.com/*"}
    ```

    ## Use instead

    ```json
    {"Effect": "Allow", "Action": "iam:CreateServiceLinkedRole",
     "Resource": "arn:aws:iam::*:role/aws-service-role/ecs.amazonaws.com/*"}
    ```

    The documentation of this check wants the roles to be named, so a condition does not make the rule silent.
    A NotResource that names every service-linked role is not reported.

    ## References

    - [IAM User Guide: Create a service-linked role](https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create-service-linked-role.html)
    - [IAM User Guide: IAM JSON policy elements: NotResource](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notresource.html)
    - [Access Analyzer: Create SLR with NotResource](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-general-warning-create-slr-with-not-resource)
    """

    code = "CREATE_SLR_WITH_NOT_RESOURCE"
    severity = "warning"
    kinds = IDENTITY_KINDS
    mentions = ("notresource",)

    def check_statement(self, statement: Statement, context: Context) -> Findings:
        """Reports the action's name beside NotResource."""
        return grant_on_other_roles(type(self), CREATE_SERVICE_LINKED_ROLE, "name", statement)
