"""NULL_WITH_IF_EXISTS."""

from __future__ import annotations

from jfml_policies.linter.fixes.quick_fix import replace_text
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.nodes import Statement
from jfml_policies.policy.operators import parse_operator

__all__ = ["NullWithIfExists"]


class NullWithIfExists(Rule):
    """The operator `Null` has the suffix `IfExists`.

    ## Why is this bad?

    AWS refuses the document.
    `Null` asks whether a key is there, so "if it is there" makes no sense with it.

    ## Example

    ```json
    {"NullIfExists": {"aws:PrincipalTag/team": "false"}}
    ```

    ## Use instead

    ```json
    {"Null": {"aws:PrincipalTag/team": "false"}}
    ```

    ## References

    - [IAM User Guide: IAM JSON policy elements: Condition operators](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html)
    - [Access Analyzer: Null with if exists](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-null-with-if-exists)
    """

    code = "NULL_WITH_IF_EXISTS"
    severity = "error"
    fixes = ("unsafe",)
    mentions = ("null",)

    def check_statement(self, statement: Statement, context: Context) -> Findings:
        """Reports the operator."""
        operators = statement.condition.operators if statement.condition else ()
        for operator in operators:
            parsed = parse_operator(operator.value)
            if parsed is None or parsed.base != "Null" or not parsed.if_exists:
                continue
            plain = operator.value.removesuffix("IfExists")
            is_free = all(known.value != plain for known in operators)
            yield self.finding(
                operator,
                f"`{operator.value}` is not allowed: `Null` takes no `IfExists`",
                hint=f"use `{plain}`",
                fix=replace_text(operator, plain) if is_free else None,
            )
