"""INVALID_DATE_VALUE."""

from __future__ import annotations

from jfml_policies.linter.questions.condition_values import settled_values
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.nodes import Statement, Test
from jfml_policies.policy.operators import parse_operator

__all__ = ["InvalidDateValue"]


class InvalidDateValue(Rule):
    """A Date operator compares with seconds since 1970.

    ## Why is this bad?

    Readers cannot see which day is meant, and AWS warns that such a number may stand for another instant.
    A grant that should have ended stays open, or a needed one ends early.

    ## Example

    ```json
    {"DateLessThan": {"aws:CurrentTime": "1798761599"}}
    ```

    ## Use instead

    ```json
    {"DateLessThan": {"aws:CurrentTime": "2026-12-31T23:59:59Z"}}
    ```

    Four digits are a year. Numbers belong under Numeric operators with `aws:EpochTime`.

    ## References

    - [IAM User Guide: IAM JSON policy elements: Condition operators](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html)
    - [W3C: Date and Time Formats](https://www.w3.org/TR/NOTE-datetime)
    - [IAM User Guide: AWS global condition context keys](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html)
    - [Access Analyzer: Invalid date value](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-general-warning-invalid-date-value)
    """

    code = "INVALID_DATE_VALUE"
    severity = "warning"
    mentions = ("date",)

    def check_test(self, test: Test, statement: Statement, context: Context) -> Findings:
        """Reports each value that is a number and no year."""
        operator = parse_operator(test.operator.value)
        if operator is None or operator.family != "Date":
            return
        from jfml_policies.policy.values import read_number

        for value in settled_values(test):
            is_year = len(value.value) == 4 and value.value.isdigit()
            if not is_year and read_number(value.value) is not None:
                yield self.finding(
                    value,
                    f"`{value.value}` is a number where a date should stand",
                    hint="write the date as in `2026-12-31T23:59:59Z`",
                )
