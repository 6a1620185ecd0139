"""PASS_ROLE_WITH_NOT_ACTION_AND_NOT_RESOURCE."""

from __future__ import annotations

from jfml_policies.linter.questions.open_grant import grant_on_other_roles
from jfml_policies.linter.questions.role_action import PASS_ROLE
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.kinds import IDENTITY_KINDS
from jfml_policies.policy.nodes import Statement

__all__ = ["PassRoleWithNotActionAndNotResource"]


class PassRoleWithNotActionAndNotResource(Rule):
    """A statement with NotAction and NotResource leaves in the passing of roles.

    ## Why is this bad?

    All that neither list names is granted, now and when AWS adds to it.
    Whoever has the statement hands a role that NotResource forgot to a service that runs their code.
    Their code then acts with that role's permissions.

    ## Example

    ```json
    {"Effect": "Allow", "NotAction": "organizations:*", "NotResource": "arn:aws:iam::111122223333:role/Admin"}
    ```

    ## Use instead

    ```json
    {"Effect": "Allow", "NotAction": ["organizations:*", "iam:*"], "NotResource": "arn:aws:s3:::acme-archive/*"}
    ```

    The documentation of this check wants the roles to be named, so a condition does not make the rule silent.
    A NotResource that names every role is not reported.

    ## References

    - [IAM User Guide: Grant a user permissions to pass a role to an AWS service](https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html)
    - [IAM User Guide: IAM JSON policy elements: NotAction](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notaction.html)
    - [IAM User Guide: IAM JSON policy elements: NotResource](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notresource.html)
    - [Access Analyzer: Pass role with NotAction and NotResource](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-security-warning-pass-role-with-not-action-and-not-resource)
    """

    code = "PASS_ROLE_WITH_NOT_ACTION_AND_NOT_RESOURCE"
    severity = "security-warning"
    fixes = ("unsafe",)
    kinds = IDENTITY_KINDS
    mentions = ("notaction",)

    def check_statement(self, statement: Statement, context: Context) -> Findings:
        """Reports a NotAction that doesn't match the action, beside NotResource."""
        return grant_on_other_roles(type(self), PASS_ROLE, "not-action", statement)
