"""EMPTY_ARRAY_CONDITION."""

from __future__ import annotations

from jfml_policies.linter.questions.empty_values import has_no_values
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.nodes import Statement, Test

__all__ = ["EmptyArrayCondition"]


class EmptyArrayCondition(Rule):
    """A condition key has an empty list of values.

    ## Why is this bad?

    No value matches an empty list, so an Allow with such a condition grants nothing, and a Deny denies nothing.
    Under a negated operator it is the other way round: the condition always holds and restricts nobody.

    ## Example

    ```json
    {
      "Effect": "Allow",
      "Action": "ec2:CreateTags",
      "Resource": "*",
      "Condition": {"StringEquals": {"aws:RequestTag/team": []}}
    }
    ```

    ## Use instead

    ```json
    {
      "Effect": "Allow",
      "Action": "ec2:CreateTags",
      "Resource": "*",
      "Condition": {"StringEquals": {"aws:RequestTag/team": "features"}}
    }
    ```

    This is about operators without set prefix and without IfExists; for those see EMPTY_ARRAY_CONDITION_FORALLVALUES,
    EMPTY_ARRAY_CONDITION_FORANYVALUE and EMPTY_ARRAY_CONDITION_IFEXISTS.

    ## References

    - [IAM User Guide: IAM JSON policy elements: Condition](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html)
    - [Access Analyzer: Empty array condition](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-suggestion-empty-array-condition)
    """

    code = "EMPTY_ARRAY_CONDITION"
    severity = "suggestion"
    mentions = ("[]",)

    def check_test(self, test: Test, statement: Statement, context: Context) -> Findings:
        """Reports the key."""
        if has_no_values(test, "plain"):
            yield self.finding(
                test.key,
                f"`{test.key.value}` has no values to compare with under `{test.operator.value}`",
                hint="name the values, or remove the key",
            )
