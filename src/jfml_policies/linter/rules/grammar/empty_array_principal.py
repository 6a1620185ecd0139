"""EMPTY_ARRAY_PRINCIPAL."""

from __future__ import annotations

from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.kinds import RESOURCE_KINDS
from jfml_policies.policy.nodes import Statement

__all__ = ["EmptyArrayPrincipal"]


class EmptyArrayPrincipal(Rule):
    """A type of principals has an empty list.

    ## Why is this bad?

    A statement without principals gives nobody access to the resource, and denies it to nobody.

    ## Example

    ```json
    {
      "Effect": "Allow",
      "Principal": {"AWS": []},
      "Action": "s3:GetObject",
      "Resource": "arn:aws:s3:::acme-features/*"
    }
    ```

    ## Use instead

    ```json
    {
      "Effect": "Allow",
      "Principal": {"AWS": "111122223333"},
      "Action": "s3:GetObject",
      "Resource": "arn:aws:s3:::acme-features/*"
    }
    ```

    ## References

    - [IAM User Guide: IAM JSON policy elements: Principal](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html)
    - [Access Analyzer: Empty array principal](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-suggestion-empty-array-principal)
    """

    code = "EMPTY_ARRAY_PRINCIPAL"
    severity = "suggestion"
    kinds = RESOURCE_KINDS | {"trust"}
    mentions = ("[]",)

    def check_statement(self, statement: Statement, context: Context) -> Findings:
        """Reports each empty list."""
        for principals in (statement.principal, statement.not_principal):
            for group in principals.groups if principals else ():
                if group.is_empty:
                    yield self.finding(
                        group,
                        f"the `{group.type.value}` principals are an empty list",
                        hint=f"name the principals, or remove `{group.type.value}`",
                    )
