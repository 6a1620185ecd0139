"""EXPIRED_DATE_CONDITION."""

from __future__ import annotations

from typing import Final

from jfml_policies.linter.option import whole_number
from jfml_policies.linter.questions.dates import settled_by
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.nodes import Statement, Test

__all__ = ["ExpiredDateCondition"]

_AHEAD: Final = whole_number(
    "days-ahead", default=0, least=0, most=366, meaning="dates that come within so many days are reported, too"
)


class ExpiredDateCondition(Rule):
    """A statement ends on a date that is past, so it does nothing any more.

    ## Why is this bad?

    An Allow grants nothing since then: whoever still works with it fails with AccessDenied.
    A Deny refuses nothing since then: what it held back is open to everyone whom another statement lets in.

    ## Example

    ```json
    {"DateLessThan": {"aws:CurrentTime": "2020-06-30T23:59:59Z"}}
    ```

    ## Use instead

    ```json
    {"DateLessThan": {"aws:CurrentTime": "2036-06-30T23:59:59Z"}}
    ```

    When the statement has done its service, take it out.

    Judged are `aws:CurrentTime` and `aws:EpochTime`; several values are past when all of them are.
    The day to judge by is `--today` of `check`, or else the present day in UTC; in Python it is the argument `today`,
    and without it nothing is reported.

    ## References

    - [IAM User Guide: Date condition operators](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Date)
    - [IAM User Guide: AWS global condition context keys](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html)
    """

    code = "EXPIRED_DATE_CONDITION"
    severity = "warning"
    origin = "jfml"
    mentions = ("aws:currenttime", "aws:epochtime")
    options = (_AHEAD,)

    def check_test(self, test: Test, statement: Statement, context: Context) -> Findings:
        """Reports the test."""
        ahead = context.option(self, _AHEAD)
        if context.today is None or settled_by(test, context.today, ahead) != "never":
            return
        effect = "grants" if statement.allows else "refuses" if statement.denies else "does"
        is_past = not ahead or settled_by(test, context.today) == "never"
        when = "is past, so" if is_past else f"comes within {ahead} {'day' if ahead == 1 else 'days'}, and then"
        yield self.finding(
            test,
            f"`{test.values[-1].value}` {when} this statement {effect} nothing any more",
            hint="take the statement out, or set a later date",
        )
