"""INVALID_CONDITION_OPERATOR."""

from __future__ import annotations

from typing import Final

from jfml_policies.linter.fixes.quick_fix import replace_text
from jfml_policies.linter.questions.near_operator import near_operator
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.nodes import Statement
from jfml_policies.policy.operators import parse_operator

__all__ = ["InvalidConditionOperator"]

#: How many unknown names of one statement are worth a suggestion: comparing names is slow.
_MOST_SUGGESTIONS: Final = 20


class InvalidConditionOperator(Rule):
    """A name in Condition is no condition operator.

    ## Why is this bad?

    AWS refuses the document.
    A service that does not validate on save would hold a condition that lets in nobody, or everybody.

    ## Example

    ```json
    {"StringEqual": {"aws:PrincipalTag/team": "ops"}}
    ```

    ## Use instead

    ```json
    {"StringEquals": {"aws:PrincipalTag/team": "ops"}}
    ```

    An operator may have the prefix `ForAllValues:` or `ForAnyValue:` and the suffix `IfExists`.
    Names are compared exactly, letter case included.

    ## References

    - [IAM User Guide: IAM JSON policy elements: Condition operators](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html)
    - [Access Analyzer: Invalid condition operator](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-invalid-condition-operator)
    """

    code = "INVALID_CONDITION_OPERATOR"
    severity = "error"
    fixes = ("unsafe",)
    mentions = ("condition",)

    def check_statement(self, statement: Statement, context: Context) -> Findings:
        """Reports every operator as written, also one above an empty block."""
        operators = statement.condition.operators if statement.condition else ()
        wrong = [operator for operator in operators if parse_operator(operator.value) is None]
        for place, operator in enumerate(wrong):
            near = near_operator(operator.value) if place < _MOST_SUGGESTIONS else None
            is_free = near is not None and all(known.value != near for known in operators)
            yield self.finding(
                operator,
                f"`{operator.value}` is not a condition operator",
                hint=f"did you mean `{near}`?" if near else "use an operator such as `StringEquals` or `ArnLike`",
                fix=replace_text(operator, near) if near and is_free else None,
            )
