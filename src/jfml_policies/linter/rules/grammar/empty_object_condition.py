"""EMPTY_OBJECT_CONDITION."""

from __future__ import annotations

from jfml_policies.linter.questions.elements import remove_element
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.nodes import Statement

__all__ = ["EmptyObjectCondition"]


class EmptyObjectCondition(Rule):
    """A Condition is an empty object.

    ## Why is this bad?

    The statement holds for every request, although its author meant to restrict it.
    An Allow grants more than was meant.

    ## Example

    ```json
    {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::acme-features/*", "Condition": {}}
    ```

    ## Use instead

    ```json
    {
      "Effect": "Allow",
      "Action": "s3:GetObject",
      "Resource": "arn:aws:s3:::acme-features/*",
      "Condition": {"Bool": {"aws:SecureTransport": "true"}}
    }
    ```

    An operator with an empty object is not reported: whether AWS does is not documented.

    ## Fix safety

    The fix removes `Condition`, which restricts nothing as it is, and is safe: the statement means what it meant.

    ## References

    - [IAM User Guide: IAM JSON policy elements: Condition](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html)
    - [Access Analyzer: Empty object condition](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-suggestion-empty-object-condition)
    """

    code = "EMPTY_OBJECT_CONDITION"
    severity = "suggestion"
    fixes = ("safe",)
    mentions = ("{}",)

    def check_statement(self, statement: Statement, context: Context) -> Findings:
        """Reports the empty object."""
        if statement.condition is not None and statement.condition.is_empty:
            yield self.finding(
                statement.condition,
                "`Condition` is an empty object and restricts nothing",
                hint="add the conditions, or remove `Condition`",
                fix=remove_element(statement, "Condition", safe=True),
            )
