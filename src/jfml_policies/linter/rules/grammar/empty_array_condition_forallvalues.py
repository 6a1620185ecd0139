"""EMPTY_ARRAY_CONDITION_FORALLVALUES."""

from __future__ import annotations

from jfml_policies.linter.fixes.null_change import change_to_null
from jfml_policies.linter.questions.empty_values import has_no_values
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.nodes import Statement, Test
from jfml_policies.policy.operators import parse_operator

__all__ = ["EmptyArrayConditionForallvalues"]


class EmptyArrayConditionForallvalues(Rule):
    """A condition key under ForAllValues has an empty list of values.

    ## Why is this bad?

    Unless the operator is negated, the condition holds only for requests that do not carry the key at all.
    Readers take it for a restriction to some values, which it is not.

    ## Example

    ```json
    {
      "Effect": "Allow",
      "Action": "ec2:CreateTags",
      "Resource": "*",
      "Condition": {"ForAllValues:StringEquals": {"aws:TagKeys": []}}
    }
    ```

    ## Use instead

    ```json
    {
      "Effect": "Allow",
      "Action": "ec2:CreateTags",
      "Resource": "*",
      "Condition": {"Null": {"aws:TagKeys": "true"}}
    }
    ```

    An operator with both ForAllValues and IfExists is reported here.

    ## Fix safety

    The fix asks for the missing key with `Null`, where the operator holds only this key and is not negated.
    It is unsafe: the list may have been meant to hold values.

    ## References

    - [IAM User Guide: IAM JSON policy elements: Condition](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html)
    - [IAM User Guide: Set operators for multivalued context keys](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html)
    - [Access Analyzer: Empty array condition ForAllValues](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-suggestion-empty-array-condition-forallvalues)
    """

    code = "EMPTY_ARRAY_CONDITION_FORALLVALUES"
    severity = "suggestion"
    fixes = ("unsafe",)
    mentions = ("[]",)

    def check_test(self, test: Test, statement: Statement, context: Context) -> Findings:
        """Reports the key."""
        if has_no_values(test, "ForAllValues"):
            operator = parse_operator(test.operator.value)
            asks_for_missing = operator is not None and not operator.negated
            yield self.finding(
                test.key,
                f"`{test.key.value}` has no values to compare with under `{test.operator.value}`",
                hint='name the values, or ask for the missing key with `"Null": {...: "true"}`',
                fix=change_to_null(test, statement.condition, "true") if asks_for_missing else None,
            )
