"""ALLOW_WITH_NOT_PRINCIPAL."""

from __future__ import annotations

from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.kinds import RESOURCE_KINDS
from jfml_policies.policy.nodes import Statement

__all__ = ["AllowWithNotPrincipal"]


class AllowWithNotPrincipal(Rule):
    """A statement allows everyone except some principals.

    ## Why is this bad?

    Everybody else may do what the statement allows: every other AWS account, and callers without any credentials.

    ## Example

    ```json
    {
      "Effect": "Allow",
      "NotPrincipal": {"AWS": "arn:aws:iam::111122223333:user/Mallory"},
      "Action": "s3:GetObject",
      "Resource": "arn:aws:s3:::acme-features/*"
    }
    ```

    ## Use instead

    ```json
    {
      "Effect": "Allow",
      "Principal": {"AWS": "arn:aws:iam::111122223333:role/Reader"},
      "Action": "s3:GetObject",
      "Resource": "arn:aws:s3:::acme-features/*"
    }
    ```

    A trust policy takes no NotPrincipal at all, which is reported as such.

    ## References

    - [IAM User Guide: AWS JSON policy elements: NotPrincipal](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html)
    - [Access Analyzer: Allow with NotPrincipal](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-security-warning-allow-with-notprincipal)
    """

    code = "ALLOW_WITH_NOT_PRINCIPAL"
    severity = "security-warning"
    kinds = RESOURCE_KINDS
    mentions = ("notprincipal",)

    def check_statement(self, statement: Statement, context: Context) -> Findings:
        """Reports the element."""
        if statement.allows and statement.not_principal is not None:
            yield self.finding(
                statement.not_principal,
                "Allow with NotPrincipal lets in everyone else, anonymous callers included",
                hint="name those to let in with `Principal`, or deny with `NotPrincipal`",
            )
