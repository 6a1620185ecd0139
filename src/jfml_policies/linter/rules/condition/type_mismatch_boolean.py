"""TYPE_MISMATCH_BOOLEAN."""

from __future__ import annotations

from jfml_policies.linter.questions.condition_values import settled_values
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.nodes import Statement, Test
from jfml_policies.policy.operators import parse_operator

__all__ = ["TypeMismatchBoolean"]


class TypeMismatchBoolean(Rule):
    """A value of `Bool` or `Null` is neither true nor false.

    ## Why is this bad?

    The test never holds, whatever the request says: an Allow grants nothing, and a Deny refuses nobody.

    ## Example

    ```json
    {"Bool": {"aws:MultiFactorAuthPresent": "yes"}}
    ```

    ## Use instead

    ```json
    {"Bool": {"aws:MultiFactorAuthPresent": "true"}}
    ```

    JSON booleans and strings are both fine, in any letter case.

    ## References

    - [IAM User Guide: IAM JSON policy elements: Condition operators](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html)
    - [Access Analyzer: Type mismatch boolean](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-general-warning-type-mismatch-boolean)
    """

    code = "TYPE_MISMATCH_BOOLEAN"
    severity = "warning"
    mentions = ("bool", "null")

    def check_test(self, test: Test, statement: Statement, context: Context) -> Findings:
        """Reports each wrong value; one with a variable is another rule's business."""
        operator = parse_operator(test.operator.value)
        if operator is None or operator.family not in ("Bool", "Null"):
            return
        for value in settled_values(test):
            if value.value.lower() not in ("true", "false"):
                yield self.finding(
                    value,
                    f"`{value.value}` is not a boolean, which `{test.operator.value}` compares",
                    hint="write `true` or `false`",
                )
