"""PAST_START_DATE_CONDITION."""

from __future__ import annotations

from jfml_policies.linter.questions.dates import settled_by
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.nodes import Statement

__all__ = ["PastStartDateCondition"]


class PastStartDateCondition(Rule):
    """A statement begins on a date that is past, so the date limits nothing any more.

    ## Why is this bad?

    The test holds for every request, and whoever reads the policy has to work out that it does.

    ## Example

    ```json
    {"DateGreaterThan": {"aws:CurrentTime": "2020-06-30T00:00:00Z"}}
    ```

    ## Use instead

    No such test.

    Judged are `aws:CurrentTime` and `aws:EpochTime`; of several values one that is past is enough.
    A statement that has ended, too, is `expired-date-condition`.
    The day to judge by is `--today` of `check`, or else the present day in UTC; in Python it is the argument `today`,
    and without it nothing is reported.

    ## References

    - [IAM User Guide: Date condition operators](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Date)
    - [IAM User Guide: AWS global condition context keys](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html)
    """

    code = "PAST_START_DATE_CONDITION"
    severity = "suggestion"
    origin = "jfml"
    mentions = ("aws:currenttime", "aws:epochtime")

    def check_statement(self, statement: Statement, context: Context) -> Findings:
        """Reports each such test of a statement that has not ended."""
        if context.today is None:
            return
        settled = [(test, settled_by(test, context.today)) for test in statement.tests]
        if any(outcome == "never" for _, outcome in settled):
            return
        for test, outcome in settled:
            if outcome == "always":
                yield self.finding(
                    test,
                    f"`{test.values[0].value}` is past, so this test of `{test.key.value}` always holds",
                    hint="take the test out",
                )
