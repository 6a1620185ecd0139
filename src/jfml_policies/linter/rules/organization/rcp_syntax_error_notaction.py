"""RCP_SYNTAX_ERROR_NOTACTION."""

from __future__ import annotations

from jfml_policies.linter.questions.elements import written
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.nodes import Statement

__all__ = ["RcpSyntaxErrorNotaction"]


class RcpSyntaxErrorNotaction(Rule):
    """A resource control policy has NotAction.

    ## Why is this bad?

    Organizations refuses the document, and the resources that it was to protect stay open.

    ## Example

    ```json
    {
      "Effect": "Deny",
      "Principal": "*",
      "NotAction": "s3:GetObject",
      "Resource": "*",
      "Condition": {"Bool": {"aws:SecureTransport": "false"}}
    }
    ```

    ## Use instead

    ```json
    {
      "Effect": "Deny",
      "Principal": "*",
      "Action": ["s3:Put*", "s3:Delete*"],
      "Resource": "*",
      "Condition": {"Bool": {"aws:SecureTransport": "false"}}
    }
    ```

    ## References

    - [AWS Organizations User Guide: RCP syntax](https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_syntax.html)
    - [Access Analyzer: RCP syntax error NotAction](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-rcp-syntax-error-notaction)
    """

    code = "RCP_SYNTAX_ERROR_NOTACTION"
    severity = "error"
    kinds = frozenset(("rcp",))

    def check_statement(self, statement: Statement, context: Context) -> Findings:
        """Reports the element."""
        for key in written(statement, "NotAction"):
            yield self.finding(
                key,
                "`NotAction` can't stand in a resource control policy",
                hint="list the actions in `Action`",
            )
