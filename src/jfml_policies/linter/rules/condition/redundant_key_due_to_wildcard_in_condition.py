"""REDUNDANT_KEY_DUE_TO_WILDCARD_IN_CONDITION."""

from __future__ import annotations

from jfml_policies.linter.fixes.member_removal import remove_test
from jfml_policies.linter.questions.wildcard_outcome import wildcard_outcome
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.nodes import Statement, Test

__all__ = ["RedundantKeyDueToWildcardInCondition"]


class RedundantKeyDueToWildcardInCondition(Rule):
    """A test with the value `*` always holds.

    ## Why is this bad?

    The test looks like a limit and lets every request pass, so an Allow is as wide as without it.

    ## Example

    ```json
    {"StringLikeIfExists": {"aws:ResourceTag/owner": "*"}}
    ```

    ## Use instead

    ```json
    {"StringLike": {"aws:ResourceTag/owner": "team-*"}}
    ```

    `IfExists` and `ForAllValues:` let requests without the key pass, and `*` lets all others pass.
    Keys such as `aws:RequestedRegion` are in every request, so that `StringLike` alone is enough.

    ## Fix safety

    The fix removes the key, and an operator or a `Condition` that is left empty.
    It is unsafe: an author who wrote a condition meant to restrict something.

    ## References

    - [IAM User Guide: IAM JSON policy elements: Condition operators](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html)
    - [IAM User Guide: Single-valued vs. multivalued context keys](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html)
    - [IAM User Guide: AWS global condition context keys](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html)
    - [Access Analyzer: Redundant key due to wildcard in condition](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-suggestion-redundant-key-due-to-wildcard-in-condition)
    """

    code = "REDUNDANT_KEY_DUE_TO_WILDCARD_IN_CONDITION"
    severity = "suggestion"
    fixes = ("unsafe",)
    mentions = ("like",)

    def check_test(self, test: Test, statement: Statement, context: Context) -> Findings:
        """Reports the value."""
        found = wildcard_outcome(test)
        if found is not None and found[1] == "always":
            yield self.finding(
                found[0],
                f"`*` under `{test.operator.value}` lets every request pass, whatever `{test.key.value}` holds",
                hint="remove the key, or write the values that are meant",
                fix=remove_test(test, statement),
            )
