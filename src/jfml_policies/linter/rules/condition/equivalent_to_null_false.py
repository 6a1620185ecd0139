"""EQUIVALENT_TO_NULL_FALSE."""

from __future__ import annotations

from jfml_policies.linter.fixes.null_change import change_to_null
from jfml_policies.linter.questions.wildcard_outcome import wildcard_outcome
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.nodes import Statement, Test

__all__ = ["EquivalentToNullFalse"]


class EquivalentToNullFalse(Rule):
    """A test with the value `*` holds exactly when its key is present.

    ## Why is this bad?

    The test looks like a limit on the value and lets every value pass.
    Whoever can set the key, a tag for instance, gets the permission with any value; `Null` says so openly.

    ## Example

    ```json
    {"StringLike": {"ec2:ResourceTag/owner": "*"}}
    ```

    ## Use instead

    ```json
    {"Null": {"ec2:ResourceTag/owner": "false"}}
    ```

    A key that every request has makes the test always true: `redundant-key-due-to-wildcard-in-condition`.

    ## References

    - [IAM User Guide: IAM JSON policy elements: Condition operators](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html)
    - [IAM User Guide: Single-valued vs. multivalued context keys](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html)
    - [IAM User Guide: AWS global condition context keys](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html)
    - [Access Analyzer: Equivalent to null false](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-suggestion-equivalent-to-null-false)
    """

    code = "EQUIVALENT_TO_NULL_FALSE"
    severity = "suggestion"
    fixes = ("unsafe",)
    mentions = ("like",)

    def check_test(self, test: Test, statement: Statement, context: Context) -> Findings:
        """Reports the value."""
        found = wildcard_outcome(test)
        if found is not None and found[1] == "present":
            yield self.finding(
                found[0],
                f"`*` under `{test.operator.value}` only asks whether `{test.key.value}` is present",
                hint=f'use `Null` with `"{test.key.value}": "false"`',
                fix=change_to_null(test, statement.condition, "false"),
            )
