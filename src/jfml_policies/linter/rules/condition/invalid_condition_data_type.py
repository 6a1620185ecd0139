"""INVALID_CONDITION_DATA_TYPE."""

from __future__ import annotations

from jfml_policies.linter.fixes.quick_fix import replace_texts
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.nodes import Statement, Test
from jfml_policies.record import replace

__all__ = ["InvalidConditionDataType"]


class InvalidConditionDataType(Rule):
    """The values of one condition key mix JSON types.

    ## Why is this bad?

    AWS refuses the document: the values of a key must all be strings, all numbers or all booleans.

    ## Example

    ```json
    {"NumericEquals": {"s3:max-keys": ["10", 20]}}
    ```

    ## Use instead

    ```json
    {"NumericEquals": {"s3:max-keys": ["10", "20"]}}
    ```

    ## References

    - [IAM User Guide: IAM JSON policy elements: Condition](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html)
    - [Access Analyzer: Invalid condition data type](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-invalid-condition-data-type)
    """

    code = "INVALID_CONDITION_DATA_TYPE"
    severity = "error"
    fixes = ("unsafe",)
    mentions = ("condition",)

    def check_test(self, test: Test, statement: Statement, context: Context) -> Findings:
        """Reports the key; the fix writes every value as a string."""
        kinds = sorted({f"{value.json_type}s" for value in test.values})
        if len(kinds) < 2:
            return
        changes = [(value, value.value) for value in test.values if value.json_type != "string"]
        yield self.finding(
            test.key,
            f"the values of `{test.key.value}` mix {' and '.join(kinds)}",
            hint="write all of them as strings",
            fix=replace(replace_texts(changes), title="write all values as strings"),
        )
