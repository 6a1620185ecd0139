"""REDUNDANT_STATEMENT_DUE_TO_WILDCARD_IN_CONDITION."""

from __future__ import annotations

from jfml_policies.linter.questions.wildcard_outcome import wildcard_outcome
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.nodes import Statement, Test

__all__ = ["RedundantStatementDueToWildcardInCondition"]


class RedundantStatementDueToWildcardInCondition(Rule):
    """A test with the value `*` never holds, so its statement does nothing.

    ## Why is this bad?

    The statement looks like a grant or a ban and is neither: an Allow gives nobody anything, a Deny refuses nobody.

    ## Example

    ```json
    {"ForAnyValue:StringNotLike": {"aws:TagKeys": "*"}}
    ```

    ## Use instead

    ```json
    {"ForAnyValue:StringNotLike": {"aws:TagKeys": "tmp-*"}}
    ```

    `ForAnyValue:` refuses requests without the key, and the negated `*` refuses all others.
    Keys such as `aws:RequestedRegion` are in every request, so that `StringNotLike` alone is enough.

    ## References

    - [IAM User Guide: IAM JSON policy elements: Condition operators](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html)
    - [IAM User Guide: Single-valued vs. multivalued context keys](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html)
    - [IAM User Guide: AWS global condition context keys](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html)
    - [Access Analyzer: Redundant statement due to wildcard in condition](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-suggestion-redundant-statement-due-to-wildcard-in-condition)
    """

    code = "REDUNDANT_STATEMENT_DUE_TO_WILDCARD_IN_CONDITION"
    severity = "suggestion"
    mentions = ("like",)

    def check_test(self, test: Test, statement: Statement, context: Context) -> Findings:
        """Reports the value."""
        found = wildcard_outcome(test)
        if found is not None and found[1] == "never":
            yield self.finding(
                found[0],
                f"`*` under `{test.operator.value}` lets no request pass, whatever `{test.key.value}` holds",
                hint="write the values that are meant, or remove the statement",
            )
