"""EQUIVALENT_TO_NULL_TRUE."""

from __future__ import annotations

from jfml_policies.linter.fixes.null_change import change_to_null
from jfml_policies.linter.questions.wildcard_outcome import wildcard_outcome
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.nodes import Statement, Test

__all__ = ["EquivalentToNullTrue"]


class EquivalentToNullTrue(Rule):
    """A test with the value `*` holds exactly when its key is absent.

    ## Why is this bad?

    The test looks like a list of forbidden values and forbids them all: only requests without the key pass.
    `Null` says so openly.

    ## Example

    ```json
    {"StringNotLike": {"aws:RequestTag/owner": "*"}}
    ```

    ## Use instead

    ```json
    {"Null": {"aws:RequestTag/owner": "true"}}
    ```

    A key that every request has makes the test never true: `redundant-statement-due-to-wildcard-in-condition`.

    ## References

    - [IAM User Guide: IAM JSON policy elements: Condition operators](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html)
    - [IAM User Guide: Single-valued vs. multivalued context keys](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html)
    - [IAM User Guide: AWS global condition context keys](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html)
    - [Access Analyzer: Equivalent to null true](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-suggestion-equivalent-to-null-true)
    """

    code = "EQUIVALENT_TO_NULL_TRUE"
    severity = "suggestion"
    fixes = ("unsafe",)
    mentions = ("notlike",)

    def check_test(self, test: Test, statement: Statement, context: Context) -> Findings:
        """Reports the value."""
        found = wildcard_outcome(test)
        if found is not None and found[1] == "absent":
            yield self.finding(
                found[0],
                f"`*` under `{test.operator.value}` only asks whether `{test.key.value}` is absent",
                hint=f'use `Null` with `"{test.key.value}": "true"`',
                fix=change_to_null(test, statement.condition, "true"),
            )
