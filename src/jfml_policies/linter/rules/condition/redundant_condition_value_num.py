"""REDUNDANT_CONDITION_VALUE_NUM."""

from __future__ import annotations

from typing import Final

from jfml_policies.findings import Fix
from jfml_policies.linter.fixes.quick_fix import MAX_REMOVALS
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.nodes import Statement, Test
from jfml_policies.policy.operators import parse_operator
from jfml_policies.text.removal import removal_edits

__all__ = ["RedundantConditionValueNum"]

_LESS: Final = ("NumericLessThan", "NumericLessThanEquals")
_GREATER: Final = ("NumericGreaterThan", "NumericGreaterThanEquals")


class RedundantConditionValueNum(Rule):
    """A "less than" or "greater than" test lists several numbers, of which one decides.

    ## Why is this bad?

    Values of one key are alternatives, so the widest one decides and the others do nothing.
    Who reads the list may take the strictest value for the limit, while callers get the loosest.

    ## Example

    ```json
    {"NumericLessThan": {"aws:MultiFactorAuthAge": ["900", "3600"]}}
    ```

    ## Use instead

    ```json
    {"NumericLessThan": {"aws:MultiFactorAuthAge": "3600"}}
    ```

    The fix keeps the meaning; the limit that was meant may be the other one.

    ## References

    - [IAM User Guide: IAM JSON policy elements: Condition operators](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html)
    - [IAM User Guide: IAM JSON policy elements: Condition](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html)
    - [Access Analyzer: Redundant condition value num](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-suggestion-redundant-condition-value-num)
    """

    code = "REDUNDANT_CONDITION_VALUE_NUM"
    severity = "suggestion"
    fixes = ("safe",)
    mentions = ("numeric",)

    def check_test(self, test: Test, statement: Statement, context: Context) -> Findings:
        """Reports the key; the fix removes what does nothing."""
        if len(test.values) < 2:
            return
        operator = parse_operator(test.operator.value)
        if operator is None or operator.base not in (*_LESS, *_GREATER):
            return
        from jfml_policies.policy.values import read_number

        numbers = [number for number in (read_number(value.value) for value in test.values) if number is not None]
        if len(numbers) < len(test.values):
            return
        deciding = numbers.index(max(numbers) if operator.base in _LESS else min(numbers))
        yield self.finding(
            test.key,
            f"of the {len(numbers):,} values of `{test.key.value}` only `{test.values[deciding].value}` decides",
            hint=f"keep `{test.values[deciding].value}`, or the one that is meant",
            fix=_keep(test, deciding),
        )


def _keep(test: Test, kept: int) -> Fix | None:
    """The fix that leaves one value; None where there is too much to remove, or something else between the values."""
    values = test.values
    first, last = values[0].path[-1], values[-1].path[-1]
    if len(values) > MAX_REMOVALS or not isinstance(first, int) or last != first + len(values) - 1:
        return None
    removed = [place for place in range(len(values)) if place != kept]
    edits = () if values[kept].span is None else removal_edits(values, removed, kept=kept)
    return Fix(f"keep only `{values[kept].value}`", edits, safe=True)
