"""MISSING_EFFECT."""

from __future__ import annotations

from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.nodes import Statement

__all__ = ["MissingEffect"]


class MissingEffect(Rule):
    """A statement has no Effect.

    ## Why is this bad?

    AWS refuses the document: nothing says whether the statement grants or denies, and there is no default.

    ## Example

    ```json
    {"Action": "s3:GetObject", "Resource": "arn:aws:s3:::acme-features/train/*"}
    ```

    ## Use instead

    ```json
    {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::acme-features/train/*"}
    ```

    ## References

    - [IAM User Guide: IAM JSON policy elements: Effect](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_effect.html)
    - [Access Analyzer: Missing effect](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-missing-effect)
    """

    code = "MISSING_EFFECT"
    severity = "error"

    def check_statement(self, statement: Statement, context: Context) -> Findings:
        """Reports the statement itself: there is no element to point at."""
        if not statement.has("Effect"):
            yield self.finding(statement, "the statement has no Effect", hint='add `"Effect": "Allow"` or `"Deny"`')
