"""CREATE_SLR_WITH_NOT_ACTION_AND_NOT_RESOURCE."""

from __future__ import annotations

from jfml_policies.linter.questions.open_grant import grant_on_other_roles
from jfml_policies.linter.questions.role_action import CREATE_SERVICE_LINKED_ROLE
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.kinds import IDENTITY_KINDS
from jfml_policies.policy.nodes import Statement

__all__ = ["CreateSlrWithNotActionAndNotResource"]


class CreateSlrWithNotActionAndNotResource(Rule):
    """A statement with NotAction and NotResource leaves in the making of service-linked roles.

    ## Why is this bad?

    All that neither list names is granted, now and when AWS adds to it.
    Whoever has the statement can give almost any AWS service the permissions of its service-linked role.
    Nobody in the account needs to have decided to use that service.

    ## Example

    ```json
    {"Effect": "Allow", "NotAction": "iam:PassRole", "NotResource": "arn:aws:s3:::acme-archive/*"}
    ```

    ## Use instead

    ```json
    {"Effect": "Allow", "NotAction": "iam:*", "NotResource": "arn:aws:s3:::acme-archive/*"}
    ```

    The documentation of this check wants the roles to be named, so a condition does not make the rule silent.
    A NotResource that names every service-linked role is not reported.

    ## References

    - [IAM User Guide: Create a service-linked role](https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create-service-linked-role.html)
    - [IAM User Guide: IAM JSON policy elements: NotAction](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notaction.html)
    - [IAM User Guide: IAM JSON policy elements: NotResource](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notresource.html)
    - [Access Analyzer: Create SLR with NotAction and NotResource](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-general-warning-create-slr-with-not-action-and-not-resource)
    """

    code = "CREATE_SLR_WITH_NOT_ACTION_AND_NOT_RESOURCE"
    severity = "warning"
    fixes = ("unsafe",)
    kinds = IDENTITY_KINDS
    mentions = ("notaction",)

    def check_statement(self, statement: Statement, context: Context) -> Findings:
        """Reports a NotAction that doesn't match the action, beside NotResource."""
        return grant_on_other_roles(type(self), CREATE_SERVICE_LINKED_ROLE, "not-action", statement)
