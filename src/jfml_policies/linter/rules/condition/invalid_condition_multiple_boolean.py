"""INVALID_CONDITION_MULTIPLE_BOOLEAN."""

from __future__ import annotations

from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.nodes import Statement, Test
from jfml_policies.policy.operators import parse_operator

__all__ = ["InvalidConditionMultipleBoolean"]


class InvalidConditionMultipleBoolean(Rule):
    """A `Bool` test lists more than one value.

    ## Why is this bad?

    AWS refuses the document: a boolean key is compared with one value, true or false.
    Both together would say nothing.

    ## Example

    ```json
    {"Bool": {"aws:MultiFactorAuthPresent": ["true", "false"]}}
    ```

    ## Use instead

    ```json
    {"Bool": {"aws:MultiFactorAuthPresent": "true"}}
    ```

    ## References

    - [IAM User Guide: IAM JSON policy elements: Condition operators](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html)
    - [Access Analyzer: Invalid condition multiple boolean](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-invalid-condition-multiple-boolean)
    """

    code = "INVALID_CONDITION_MULTIPLE_BOOLEAN"
    severity = "error"
    mentions = ("bool",)

    def check_test(self, test: Test, statement: Statement, context: Context) -> Findings:
        """Reports the key."""
        if len(test.values) < 2:
            return
        operator = parse_operator(test.operator.value)
        if operator is not None and operator.family == "Bool":
            yield self.finding(
                test.key,
                f"`{test.operator.value}` compares `{test.key.value}` with {len(test.values):,} values",
                hint="keep one value, or remove the test when both are meant",
            )
