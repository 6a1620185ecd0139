"""MISSING_ACTION."""

from __future__ import annotations

from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.nodes import Statement

__all__ = ["MissingAction"]


class MissingAction(Rule):
    """A statement has neither Action nor NotAction.

    ## Why is this bad?

    AWS refuses the document: a statement without actions neither grants nor denies anything.

    ## Example

    ```json
    {"Effect": "Allow", "Resource": "arn:aws:s3:::acme-features/train/*"}
    ```

    ## Use instead

    ```json
    {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::acme-features/train/*"}
    ```

    ## References

    - [IAM User Guide: IAM JSON policy elements: Action](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html)
    - [Access Analyzer: Missing action](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-missing-action)
    """

    code = "MISSING_ACTION"
    severity = "error"

    def check_statement(self, statement: Statement, context: Context) -> Findings:
        """Reports the statement itself: there is no element to point at."""
        if not (statement.has("Action") or statement.has("NotAction")):
            yield self.finding(
                statement, "the statement has no Action", hint="add an `Action` (or `NotAction`) element"
            )
