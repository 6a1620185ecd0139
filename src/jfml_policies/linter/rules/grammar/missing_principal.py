"""MISSING_PRINCIPAL."""

from __future__ import annotations

from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.kinds import RESOURCE_KINDS
from jfml_policies.policy.nodes import Statement

__all__ = ["MissingPrincipal"]


class MissingPrincipal(Rule):
    """A statement of a policy that is attached to a resource has neither Principal nor NotPrincipal.

    ## Why is this bad?

    The service refuses the document: nothing says who gets or loses access to the resource.

    ## Example

    ```json
    {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::acme-features/*"}
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
    - [Access Analyzer: Missing principal](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-missing-principal)
    """

    code = "MISSING_PRINCIPAL"
    severity = "error"
    kinds = RESOURCE_KINDS | {"trust", "rcp"}

    def check_statement(self, statement: Statement, context: Context) -> Findings:
        """Reports the statement itself: there is no element to point at."""
        if not (statement.has("Principal") or statement.has("NotPrincipal")):
            yield self.finding(statement, "the statement has no Principal", hint="add a `Principal` element")
