"""SCP_SYNTAX_ERROR_PRINCIPAL."""

from __future__ import annotations

from jfml_policies.linter.questions.elements import remove_element, written
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.nodes import Statement

__all__ = ["ScpSyntaxErrorPrincipal"]


class ScpSyntaxErrorPrincipal(Rule):
    """A service control policy names principals.

    ## Why is this bad?

    Organizations refuses the document: an SCP is about all principals of the accounts that it is attached to.
    What it was to deny stays open.

    ## Example

    ```json
    {"Effect": "Deny", "Principal": "*", "Action": "s3:DeleteBucket", "Resource": "*"}
    ```

    ## Use instead

    ```json
    {
      "Effect": "Deny",
      "Action": "s3:DeleteBucket",
      "Resource": "*",
      "Condition": {"ArnNotLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/admin"}}
    }
    ```

    ## References

    - [AWS Organizations User Guide: SCP syntax](https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_syntax.html)
    - [Access Analyzer: SCP syntax error principal](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-scp-syntax-error-principal)
    """

    code = "SCP_SYNTAX_ERROR_PRINCIPAL"
    severity = "error"
    fixes = ("unsafe",)
    kinds = frozenset(("scp",))

    def check_statement(self, statement: Statement, context: Context) -> Findings:
        """Reports each of Principal and NotPrincipal."""
        for key in written(statement, "Principal", "NotPrincipal"):
            yield self.finding(
                key,
                f"`{key.value}` can't stand in a service control policy",
                hint="remove it; a condition on `aws:PrincipalArn` can except or name principals",
                fix=remove_element(statement, key.value) if _names_all(statement, key.value) else None,
            )


def _names_all(statement: Statement, name: str) -> bool:
    """Whether the element says of everybody what the statement says without it."""
    principal = statement.principal
    return name == "Principal" and principal is not None and principal.text is not None and principal.text.value == "*"
