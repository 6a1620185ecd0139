"""PASS_ROLE_WITH_STAR_IN_RESOURCE_AND_NOT_ACTION."""

from __future__ import annotations

from jfml_policies.linter.questions.open_grant import grant_on_every_role
from jfml_policies.linter.questions.role_action import PASS_ROLE
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.kinds import IDENTITY_KINDS
from jfml_policies.policy.nodes import Statement

__all__ = ["PassRoleWithStarInResourceAndNotAction"]


class PassRoleWithStarInResourceAndNotAction(Rule):
    """A statement with NotAction lets every role be passed to every service.

    ## Why is this bad?

    NotAction in an Allow grants all that it doesn't name, `iam:PassRole` too.
    Whoever has the statement hands a role that may do the forbidden things to a service that runs their code.
    So they do them all the same.

    ## Example

    ```json
    {"Effect": "Allow", "NotAction": ["iam:Create*", "iam:Delete*", "organizations:*"], "Resource": "*"}
    ```

    ## Use instead

    ```json
    {"Effect": "Allow", "NotAction": ["iam:*", "organizations:*"], "Resource": "*"}
    ```

    A condition on `iam:PassedToService` or `iam:AssociatedResourceArn` that names services makes the rule silent.
    It does not when it is negated, holds without the key too (`...IfExists`), or has a value beginning with a wildcard.
    Conditions on other keys make no difference.
    A pattern counts as every role when it holds all roles of an account, as `arn:aws:iam::111122223333:role/*` does.
    `role/flow-logs-*` and `role/*Worker*` do not.

    ## References

    - [IAM User Guide: Grant a user permissions to pass a role to an AWS service](https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html)
    - [IAM User Guide: IAM JSON policy elements: NotAction](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notaction.html)
    - [Access Analyzer: Pass role with star in resource and NotAction](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-security-warning-pass-role-with-star-in-resource-and-not-action)
    """

    code = "PASS_ROLE_WITH_STAR_IN_RESOURCE_AND_NOT_ACTION"
    severity = "security-warning"
    fixes = ("unsafe",)
    kinds = IDENTITY_KINDS
    mentions = ("notaction",)

    def check_statement(self, statement: Statement, context: Context) -> Findings:
        """Reports a NotAction that doesn't match the action, beside a Resource that holds every role."""
        return grant_on_every_role(type(self), PASS_ROLE, "not-action", statement)
