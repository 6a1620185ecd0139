"""NULL_WITH_QUALIFIER."""

from __future__ import annotations

from jfml_policies.linter.fixes.quick_fix import replace_text
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.nodes import Statement
from jfml_policies.policy.operators import parse_operator

__all__ = ["NullWithQualifier"]


class NullWithQualifier(Rule):
    """The operator `Null` has the prefix `ForAllValues:` or `ForAnyValue:`.

    ## Why is this bad?

    `ForAllValues:Null` is always true and `ForAnyValue:Null` is always false, whatever the request holds.
    So an Allow lets in callers whom the author meant to keep out, or nobody at all, and a Deny refuses all or nothing.

    ## Example

    ```json
    {"ForAnyValue:Null": {"aws:TagKeys": "false"}}
    ```

    ## Use instead

    ```json
    {"Null": {"aws:TagKeys": "false"}}
    ```

    `Null` asks for the key as a whole and needs no prefix, also when the key has several values.

    ## References

    - [IAM User Guide: IAM JSON policy elements: Condition operators](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html)
    - [IAM User Guide: Single-valued vs. multivalued context keys](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html)
    - [Access Analyzer: Null with qualifier](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-suggestion-null-with-qualifier)
    """

    code = "NULL_WITH_QUALIFIER"
    severity = "suggestion"
    fixes = ("unsafe",)
    mentions = ("null",)

    def check_statement(self, statement: Statement, context: Context) -> Findings:
        """Reports the operator."""
        operators = statement.condition.operators if statement.condition else ()
        for operator in operators:
            parsed = parse_operator(operator.value)
            if parsed is None or parsed.base != "Null" or parsed.qualifier is None:
                continue
            is_free = not parsed.if_exists and all(known.value != "Null" for known in operators)
            yield self.finding(
                operator,
                f"`{operator.value}` is always {'true' if parsed.qualifier == 'ForAllValues' else 'false'}",
                hint="use `Null` without a prefix",
                fix=replace_text(operator, "Null") if is_free else None,
            )
