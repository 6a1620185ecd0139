"""PASS_ROLE_WITH_STAR_IN_ACTION_AND_NOT_RESOURCE."""

from __future__ import annotations

from jfml_policies.linter.questions.open_grant import grant_on_other_roles
from jfml_policies.linter.questions.role_action import PASS_ROLE
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.kinds import IDENTITY_KINDS
from jfml_policies.policy.nodes import Statement

__all__ = ["PassRoleWithStarInActionAndNotResource"]


class PassRoleWithStarInActionAndNotResource(Rule):
    """An action pattern lets every role be passed that the statement's NotResource doesn't name.

    ## Why is this bad?

    NotResource is often written with buckets or keys in mind, and no role stands in it.
    A pattern such as `iam:*` or `*` then grants `iam:PassRole` on all roles.
    Whoever has the statement hands the most powerful one to a service that runs their code.

    ## Example

    ```json
    {"Effect": "Allow", "Action": "*", "NotResource": "arn:aws:s3:::acme-archive/*"}
    ```

    ## Use instead

    ```json
    [
      {"Effect": "Allow", "Action": "s3:*", "NotResource": "arn:aws:s3:::acme-archive/*"},
      {"Effect": "Allow", "Action": "iam:PassRole", "Resource": "arn:aws:iam::111122223333:role/acme-train"}
    ]
    ```

    The documentation of this check wants the roles to be named, so a condition does not make the rule silent.
    A NotResource that names every role is not reported.

    ## References

    - [IAM User Guide: Grant a user permissions to pass a role to an AWS service](https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html)
    - [IAM User Guide: IAM JSON policy elements: NotResource](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notresource.html)
    - [Access Analyzer: Pass role with star in action and NotResource](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-security-warning-pass-role-with-star-in-action-and-not-resource)
    """

    code = "PASS_ROLE_WITH_STAR_IN_ACTION_AND_NOT_RESOURCE"
    severity = "security-warning"
    kinds = IDENTITY_KINDS
    mentions = ("*", "?")

    def check_statement(self, statement: Statement, context: Context) -> Findings:
        """Reports patterns that match the action beside NotResource."""
        return grant_on_other_roles(type(self), PASS_ROLE, "pattern", statement)
