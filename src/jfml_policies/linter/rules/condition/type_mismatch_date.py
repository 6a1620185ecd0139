"""TYPE_MISMATCH_DATE."""

from __future__ import annotations

from jfml_policies.linter.questions.condition_values import settled_values
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.nodes import Statement, Test
from jfml_policies.policy.operators import parse_operator

__all__ = ["TypeMismatchDate"]


class TypeMismatchDate(Rule):
    """A value of a Date operator is no date.

    ## Why is this bad?

    The test never holds, whenever the request comes: an Allow grants nothing,
    and a Deny that should begin or end on a day refuses nobody.

    ## Example

    ```json
    {"DateLessThan": {"aws:CurrentTime": "31/12/2026"}}
    ```

    ## Use instead

    ```json
    {"DateLessThan": {"aws:CurrentTime": "2026-12-31T23:59:59Z"}}
    ```

    Dates are written as in ISO 8601: `2026`, `2026-12`, `2026-12-31`, and with a time `2026-12-31T23:59Z`,
    `2026-12-31T23:59:59Z` or `2026-12-31T23:59:59.5+01:00`; a missing zone is let pass.
    Between day and time stands a `T`: a space there is reported.
    Seconds since 1970 are `invalid-date-value`.

    ## References

    - [IAM User Guide: IAM JSON policy elements: Condition operators](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html)
    - [W3C: Date and Time Formats](https://www.w3.org/TR/NOTE-datetime)
    - [Access Analyzer: Type mismatch date](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-general-warning-type-mismatch-date)
    """

    code = "TYPE_MISMATCH_DATE"
    severity = "warning"
    mentions = ("date",)

    def check_test(self, test: Test, statement: Statement, context: Context) -> Findings:
        """Reports each wrong value; one with a variable is another rule's business."""
        operator = parse_operator(test.operator.value)
        if operator is None or operator.family != "Date":
            return
        from jfml_policies.policy.values import read_instant

        for value in settled_values(test):
            # Comparing policies reads a space for the `T`, to be on the safe side; ISO 8601 has none.
            if " " in value.value or read_instant(value.value) is None:
                yield self.finding(
                    value,
                    f"`{value.value}` is not a date, which `{test.operator.value}` compares",
                    hint="write it as in `2026-12-31T23:59:59Z`",
                )
