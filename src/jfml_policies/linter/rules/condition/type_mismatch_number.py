"""TYPE_MISMATCH_NUMBER."""

from __future__ import annotations

from jfml_policies.linter.questions.condition_values import settled_values
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.nodes import Statement, Test
from jfml_policies.policy.operators import parse_operator

__all__ = ["TypeMismatchNumber"]


class TypeMismatchNumber(Rule):
    """A value of a Numeric operator is no number.

    ## Why is this bad?

    The test never holds, whatever the request says: an Allow grants nothing, and a Deny refuses nobody.

    ## Example

    ```json
    {"NumericLessThanEquals": {"s3:max-keys": "ten"}}
    ```

    ## Use instead

    ```json
    {"NumericLessThanEquals": {"s3:max-keys": "10"}}
    ```

    A number may be written as a JSON number or as a string.

    ## References

    - [IAM User Guide: IAM JSON policy elements: Condition operators](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html)
    - [Access Analyzer: Type mismatch number](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-general-warning-type-mismatch-number)
    """

    code = "TYPE_MISMATCH_NUMBER"
    severity = "warning"
    mentions = ("numeric",)

    def check_test(self, test: Test, statement: Statement, context: Context) -> Findings:
        """Reports each wrong value; one with a variable is another rule's business."""
        operator = parse_operator(test.operator.value)
        if operator is None or operator.family != "Numeric":
            return
        from jfml_policies.policy.values import read_number

        for value in settled_values(test):
            if read_number(value.value) is None:
                yield self.finding(
                    value,
                    f"`{value.value}` is not a number, which `{test.operator.value}` compares",
                    hint="write a number, such as `10` or `1.2`",
                )
