"""MISSING_QUALIFIER."""

from __future__ import annotations

from jfml_policies.linter.questions.key_types import is_multivalued
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.nodes import Statement, Test
from jfml_policies.policy.operators import parse_operator

__all__ = ["MissingQualifier"]


class MissingQualifier(Rule):
    """A key with several values is tested without `ForAllValues:` or `ForAnyValue:`.

    ## Why is this bad?

    AWS refuses the document: a request may carry several values of the key,
    and the test does not say whether all of them or one of them must match.

    ## Example

    ```json
    {"StringEquals": {"aws:TagKeys": ["owner", "env"]}}
    ```

    ## Use instead

    ```json
    {"ForAllValues:StringEquals": {"aws:TagKeys": ["owner", "env"]}}
    ```

    How many values the policy lists does not matter, only how many the request may carry.
    `Null` needs no prefix.

    ## References

    - [IAM User Guide: Single-valued vs. multivalued context keys](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html)
    - [Service Authorization Reference](https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html)
    - [Access Analyzer: Missing qualifier](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-missing-qualifier)
    """

    code = "MISSING_QUALIFIER"
    severity = "error"
    mentions = ("condition",)

    def check_test(self, test: Test, statement: Statement, context: Context) -> Findings:
        """Reports the key."""
        operator = parse_operator(test.operator.value)
        if operator is None or operator.qualifier is not None or operator.family == "Null":
            return
        if is_multivalued(context.catalog, test.key.value):
            yield self.finding(
                test.key,
                f"`{test.key.value}` may have several values, and `{test.operator.value}` compares only one",
                hint=f"use `ForAnyValue:{test.operator.value}` when one of them must match, "
                f"`ForAllValues:{test.operator.value}` when each must",
            )
