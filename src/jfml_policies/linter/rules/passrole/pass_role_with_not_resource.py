"""PASS_ROLE_WITH_NOT_RESOURCE."""

from __future__ import annotations

from jfml_policies.linter.questions.open_grant import grant_on_other_roles
from jfml_policies.linter.questions.role_action import PASS_ROLE
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.kinds import IDENTITY_KINDS
from jfml_policies.policy.nodes import Statement

__all__ = ["PassRoleWithNotResource"]


class PassRoleWithNotResource(Rule):
    """A statement lets every role be passed that its NotResource doesn't name.

    ## Why is this bad?

    The list names the powerful roles of the day it was written.
    Whoever has the statement can pass every role that is made later, to a service that runs their code with it.

    ## Example

    ```json
    {"Effect": "Allow", "Action": "iam:PassRole", "NotResource": "arn:aws:iam::111122223333:role/Admin"}
    ```

    ## Use instead

    ```json
    {"Effect": "Allow", "Action": "iam:PassRole", "Resource": "arn:aws:iam::111122223333:role/acme-train"}
    ```

    The documentation of this check wants the roles to be named, so a condition does not make the rule silent.
    A NotResource that names every role is not reported.

    ## References

    - [IAM User Guide: Grant a user permissions to pass a role to an AWS service](https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html)
    - [IAM User Guide: IAM JSON policy elements: NotResource](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notresource.html)
    - [Access Analyzer: Pass role with NotResource](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-security-warning-pass-role-with-not-resource)
    """

    code = "PASS_ROLE_WITH_NOT_RESOURCE"
    severity = "security-warning"
    kinds = IDENTITY_KINDS
    mentions = ("notresource",)

    def check_statement(self, statement: Statement, context: Context) -> Findings:
        """Reports the action's name beside NotResource."""
        return grant_on_other_roles(type(self), PASS_ROLE, "name", statement)
