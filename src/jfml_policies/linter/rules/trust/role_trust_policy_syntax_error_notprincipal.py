"""ROLE_TRUST_POLICY_SYNTAX_ERROR_NOTPRINCIPAL."""

from __future__ import annotations

from jfml_policies.linter.questions.elements import written
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.nodes import Statement

__all__ = ["RoleTrustPolicySyntaxErrorNotprincipal"]


class RoleTrustPolicySyntaxErrorNotprincipal(Rule):
    """A role's trust policy has NotPrincipal.

    ## Why is this bad?

    IAM refuses the document, and those whom it was to let in can't assume the role.

    ## Example

    ```json
    {
      "Effect": "Deny",
      "NotPrincipal": {"AWS": "arn:aws:iam::111122223333:role/ci"},
      "Action": "sts:AssumeRole"
    }
    ```

    ## Use instead

    ```json
    {
      "Effect": "Deny",
      "Principal": {"AWS": "*"},
      "Action": "sts:AssumeRole",
      "Condition": {"ArnNotEquals": {"aws:PrincipalArn": "arn:aws:iam::111122223333:role/ci"}}
    }
    ```

    ## References

    - [IAM User Guide: IAM JSON policy elements: NotPrincipal](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html)
    - [Access Analyzer: Role trust policy syntax error NotPrincipal](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-role-trust-policy-syntax-error-notprincipal)
    """

    code = "ROLE_TRUST_POLICY_SYNTAX_ERROR_NOTPRINCIPAL"
    severity = "error"
    kinds = frozenset(("trust",))
    mentions = ("notprincipal",)

    def check_statement(self, statement: Statement, context: Context) -> Findings:
        """Reports the element."""
        for key in written(statement, "NotPrincipal"):
            yield self.finding(
                key,
                "`NotPrincipal` can't stand in a role's trust policy",
                hint="name the principals in `Principal`, or except some by a condition on `aws:PrincipalArn`",
            )
