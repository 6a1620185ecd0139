"""WILDCARD_WITHOUT_LIKE_OPERATOR."""

from __future__ import annotations

from typing import Final

from jfml_policies.linter.fixes.condition_fixes import change_operator, spelled
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.patterns.arn import has_wildcard
from jfml_policies.patterns.variables import Wildcard, parse_variables
from jfml_policies.policy.nodes import Statement, Test
from jfml_policies.policy.operators import Operator, parse_operator

__all__ = ["WildcardWithoutLikeOperator"]

_LIKE: Final = {"StringEquals": "StringLike", "StringNotEquals": "StringNotLike"}
_ARN: Final = {"StringEquals": "ArnLike", "StringNotEquals": "ArnNotLike"}


class WildcardWithoutLikeOperator(Rule):
    """A value holds `*` or `?` under an operator that takes them for ordinary characters.

    ## Why is this bad?

    `StringEquals` compares the whole text: `role/qwak-eks-base*` equals only a name that really ends in a star, and
    there is none.
    In an Allow nobody passes the test; with `StringNotEquals` everybody does.

    ## Example

    ```json
    {"StringEquals": {"aws:PrincipalArn": "arn:aws:iam::377488441568:role/qwak-eks-base*"}}
    ```

    ## Use instead

    ```json
    {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::377488441568:role/qwak-eks-base*"}}
    ```

    Keys that hold an ARN are compared by `ArnLike`, others by `StringLike`.
    The Arn operators take patterns in all four forms and are not reported.
    The escapes `${*}` and `${?}` are literal and not reported either; what AWS says of them is not documented.
    The fix changes the operator where it holds only this key.

    ## References

    - [IAM User Guide: Condition operators](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html)
    - [Access Analyzer: Wildcard without like operator](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-general-warning-wildcard-without-like-operator)
    """

    code = "WILDCARD_WITHOUT_LIKE_OPERATOR"
    severity = "warning"
    fixes = ("unsafe",)
    mentions = ("*", "?")

    def check_test(self, test: Test, statement: Statement, context: Context) -> Findings:
        """Reports each value with a wildcard."""
        operator = parse_operator(test.operator.value)
        if operator is None or operator.family != "String" or operator.facts.patterns:
            return
        values = [value for value in test.values if has_wildcard(value.value) and _has_active(value.value)]
        if not values:
            return
        right = _right_operator(operator, test.key.value, context)
        fix = change_operator(test, statement.condition, right) if right else None
        for value in values:
            yield self.finding(
                value,
                f"`{test.operator.value}` takes the wildcard in `{value.value}` for an ordinary character",
                hint=f"use `{right}`" if right else "use `StringLike`, which minds letter case",
                fix=fix,
            )
            fix = None  # one change of the operator mends all values


def _has_active(text: str) -> bool:
    """Whether some `*` or `?` stands outside of an escape."""
    return "${" not in text or any(isinstance(part, Wildcard) for part in parse_variables(text).parts)


def _right_operator(operator: Operator, key: str, context: Context) -> str | None:
    """The operator that takes wildcards for this key; None where letter case was to be ignored."""
    known = context.catalog.condition_key(key)
    table = _ARN if known is not None and known.value_type == "ARN" else _LIKE
    base = table.get(operator.base)
    return spelled(operator, base=base) if base else None
