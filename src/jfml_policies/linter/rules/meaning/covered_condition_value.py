"""COVERED_CONDITION_VALUE."""

from __future__ import annotations

from jfml_policies.findings import Fix
from jfml_policies.linter.questions.covered_values import CoveredValues, covered_values
from jfml_policies.linter.questions.statement_names import entries_name
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.nodes import Policy
from jfml_policies.text.removal import removal_edits

__all__ = ["CoveredConditionValue"]


class CoveredConditionValue(Rule):
    """A value of a condition test changes nothing, because the other values of the test say the same.

    ## Why is this bad?

    Values of one test are alternatives, so a value that others include does nothing.
    Who reads it may take the strict value for the limit, while requests get the loose one.

    ## Example

    ```json
    {"StringLike": {"s3:prefix": ["train/2026/*", "train/*"]}}
    ```

    ## Use instead

    ```json
    {"StringLike": {"s3:prefix": ["train/*"]}}
    ```

    Texts, ARN patterns, addresses, numbers, dates and base64 are each compared as the operator does.
    Superfluous limits of "less than" and "greater than" are reported by `redundant-condition-value-num`.
    Values of other tests and statements are not looked at.
    The fix is safe: the test provably holds for the same requests.

    ## References

    - [IAM User Guide: Creating a condition with multiple keys or values](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html)
    - [IAM User Guide: IAM JSON policy elements: Condition operators](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html)
    """

    code = "COVERED_CONDITION_VALUE"
    severity = "suggestion"
    origin = "jfml"
    fixes = ("safe",)
    mentions = ("condition",)

    def check_policy(self, policy: Policy, context: Context) -> Findings:
        """Reports the values of a test together."""
        for some in covered_values(context):
            values = [some.test.values[place] for place in some.places]
            yield self.finding(
                values[0],
                f"the other values of `{some.test.key.value}` include {entries_name(values)}",
                hint="remove it, or the wider value if this one was meant" if len(values) == 1 else "remove them",
                fix=_removal(some),
            )


def _removal(some: CoveredValues) -> Fix | None:
    """The fix that takes the values out; None where something else stands between them."""
    values = some.test.values
    first, last = values[0].path[-1], values[-1].path[-1]
    if not isinstance(first, int) or last != first + len(values) - 1:
        return None
    edits = () if values[0].span is None else removal_edits(values, some.places, kept=some.kept)
    return Fix(f"remove {entries_name([values[place] for place in some.places])}", edits, safe=True)
