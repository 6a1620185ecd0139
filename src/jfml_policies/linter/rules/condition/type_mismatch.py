"""TYPE_MISMATCH."""

from __future__ import annotations

from typing import Final

from jfml_policies.findings import Fix
from jfml_policies.linter.fixes.condition_fixes import change_operator, spelled
from jfml_policies.linter.questions.condition_values import holds_variable
from jfml_policies.linter.questions.key_types import accepted_families
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.nodes import Statement, Test
from jfml_policies.policy.operators import Family, Operator, parse_operator

__all__ = ["TypeMismatch"]

#: An operator of each family, as a hint names it.
_EXAMPLES: Final[dict[Family, str]] = {
    "String": "a String operator, such as `StringEquals`",
    "Numeric": "a Numeric operator, such as `NumericEquals`",
    "Date": "a Date operator, such as `DateLessThan`",
    "Bool": "`Bool`",
    "IpAddress": "`IpAddress` or `NotIpAddress`",
    "Arn": "an Arn operator, such as `ArnLike`",
}
#: A value of each family, as a message names it.
_NOUNS: Final[dict[Family, str]] = {
    "String": "a text",
    "Numeric": "a number",
    "Date": "a date",
    "Bool": "a boolean",
    "IpAddress": "an IP address",
    "Arn": "an ARN",
}


class TypeMismatch(Rule):
    """An operator does not fit the type of its condition key.

    ## Why is this bad?

    The comparison fails or passes for reasons that its author did not have in mind: `StringEquals` with a boolean key
    compares the text, so `True` never matches, and a range of addresses under `StringEquals` matches nobody.

    ## Example

    ```json
    {"StringEquals": {"aws:MultiFactorAuthPresent": "true"}}
    ```

    ## Use instead

    ```json
    {"Bool": {"aws:MultiFactorAuthPresent": "true"}}
    ```

    Arn operators fit String keys and `StringEquals` fits ARN keys, as AWS's validator has it; `Null` fits all.
    `StringLike` with an ARN key is `string-like-operator-with-arn-condition-keys`.
    A String operator is not reported where every value is a policy variable: no other operator takes variables.

    ## References

    - [IAM User Guide: IAM JSON policy elements: Condition operators](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html)
    - [IAM User Guide: AWS global condition context keys](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html)
    - [Service Authorization Reference](https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html)
    - [Access Analyzer: Type mismatch](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-general-warning-type-mismatch)
    """

    code = "TYPE_MISMATCH"
    severity = "warning"
    fixes = ("unsafe",)
    mentions = ("condition",)

    def check_test(self, test: Test, statement: Statement, context: Context) -> Findings:
        """Reports the key."""
        operator = parse_operator(test.operator.value)
        if operator is None or operator.family == "Null":
            return
        accepted = accepted_families(context.catalog, test.key.value)
        if accepted is None or operator.family in accepted:
            return
        if operator.family == "String" and test.values and all(holds_variable(value.value) for value in test.values):
            return
        yield self.finding(
            test.key,
            f"`{test.key.value}` holds {_NOUNS[accepted[0]]}, and `{test.operator.value}` does not compare such values",
            hint=f"use {_EXAMPLES[accepted[0]]}",
            fix=_as_boolean(test, statement, operator) if accepted[0] == "Bool" else None,
        )


def _as_boolean(test: Test, statement: Statement, operator: Operator) -> Fix | None:
    """`Bool` in the place of `StringEquals`, where the one value is a boolean."""
    if operator.base != "StringEquals" or len(test.values) != 1 or test.values[0].value not in ("true", "false"):
        return None
    return change_operator(test, statement.condition, spelled(operator, base="Bool"))
