"""RCP_SYNTAX_ERROR_PRINCIPAL."""

from __future__ import annotations

from jfml_policies.linter.questions.elements import written
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.nodes import Principals, Statement

__all__ = ["RcpSyntaxErrorPrincipal"]


class RcpSyntaxErrorPrincipal(Rule):
    """A resource control policy names other principals than `*`.

    ## Why is this bad?

    Organizations refuses the document: an RCP is about whoever calls.
    The resources that it was to protect stay open.

    ## Example

    ```json
    {
      "Effect": "Deny",
      "Principal": {"AWS": "arn:aws:iam::111122223333:role/old"},
      "Action": "s3:*",
      "Resource": "*",
      "Condition": {"Bool": {"aws:SecureTransport": "false"}}
    }
    ```

    ## Use instead

    ```json
    {
      "Effect": "Deny",
      "Principal": "*",
      "Action": "s3:*",
      "Resource": "*",
      "Condition": {"ArnEquals": {"aws:PrincipalArn": "arn:aws:iam::111122223333:role/old"}}
    }
    ```

    The form `{"AWS": "*"}` is not reported: whether Organizations takes it is not documented.

    ## References

    - [AWS Organizations User Guide: RCP syntax](https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_syntax.html)
    - [Access Analyzer: RCP syntax error principal](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-rcp-syntax-error-principal)
    """

    code = "RCP_SYNTAX_ERROR_PRINCIPAL"
    severity = "error"
    kinds = frozenset(("rcp",))

    def check_statement(self, statement: Statement, context: Context) -> Findings:
        """Reports each element that is not `"Principal": "*"`."""
        for key in written(statement, "NotPrincipal", "Principal"):
            if key.value == "Principal" and (statement.principal is None or _is_everybody(statement.principal)):
                continue
            yield self.finding(
                key,
                "`NotPrincipal` can't stand in a resource control policy"
                if key.value == "NotPrincipal"
                else "the Principal of a resource control policy is always `*`",
                hint='write `"Principal": "*"` and say whom you mean with a condition on `aws:PrincipalArn`',
            )


def _is_everybody(principals: Principals) -> bool:
    if principals.text is not None:
        return principals.text.value == "*"
    groups = principals.groups
    return len(groups) == 1 and groups[0].type.value == "AWS" and {text.value for text in groups[0].values} == {"*"}
