"""STRING_LIKE_OPERATOR_WITH_ARN_CONDITION_KEYS."""

from __future__ import annotations

from jfml_policies.linter.fixes.condition_fixes import change_operator, spelled
from jfml_policies.linter.questions.key_types import published_key
from jfml_policies.linter.questions.resource_arn import resource_arn
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.nodes import Statement, Test
from jfml_policies.policy.operators import parse_operator

__all__ = ["StringLikeOperatorWithArnConditionKeys"]


class StringLikeOperatorWithArnConditionKeys(Rule):
    """A key that holds an ARN is compared with `StringLike` or `StringNotLike`.

    ## Why is this bad?

    `StringLike` matches the ARN as one text, so a `*` that is meant for one field runs over the colons into the next.
    Someone in another account can choose a name that fits the pattern, and passes the test.
    `ArnLike` compares field by field.

    ## Example

    ```json
    {"StringLike": {"aws:PrincipalArn": "arn:aws:iam::111122223333:role/app-*"}}
    ```

    ## Use instead

    ```json
    {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::111122223333:role/app-*"}}
    ```

    `StringEquals` with such a key is not reported: it has no wildcards.

    ## References

    - [IAM User Guide: IAM JSON policy elements: Condition operators](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html)
    - [Access Analyzer: String like operator with arn condition keys](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-security-warning-string-like-operator-with-arn-condition-keys)
    """

    code = "STRING_LIKE_OPERATOR_WITH_ARN_CONDITION_KEYS"
    severity = "security-warning"
    fixes = ("unsafe",)
    mentions = ("like",)

    def check_test(self, test: Test, statement: Statement, context: Context) -> Findings:
        """Reports the key."""
        operator = parse_operator(test.operator.value)
        if operator is None or operator.base not in ("StringLike", "StringNotLike"):
            return
        key = published_key(context.catalog, test.key.value)
        if key is None or key.value_type != "ARN":
            return
        better = spelled(operator, base="ArnNotLike" if operator.negated else "ArnLike")
        are_arns = all(resource_arn(value.value) is not None for value in test.values)
        yield self.finding(
            test.key,
            f"`{test.key.value}` holds an ARN, and a wildcard under `{test.operator.value}` crosses its fields",
            hint=f"use `{better}`",
            fix=change_operator(test, statement.condition, better) if are_arns else None,
        )
