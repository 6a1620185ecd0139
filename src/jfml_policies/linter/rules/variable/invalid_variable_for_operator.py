"""INVALID_VARIABLE_FOR_OPERATOR."""

from __future__ import annotations

from typing import Final

from jfml_policies.linter.questions.policy_variables import variables_in
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.nodes import Statement, Test
from jfml_policies.policy.operators import parse_operator

__all__ = ["InvalidVariableForOperator"]

_WITHOUT_VARIABLES: Final = frozenset(("Numeric", "Date", "Binary", "IpAddress", "Null"))


class InvalidVariableForOperator(Rule):
    """A policy variable is compared by an operator that takes none.

    ## Why is this bad?

    AWS replaces variables only in values of String and Arn operators.
    Elsewhere the text `${...}` is no number, date or address, so the comparison never holds: an Allow gives nothing, a
    Deny stops nobody.

    ## Example

    ```json
    "Condition": {"NumericLessThanEquals": {"s3:max-keys": "${aws:PrincipalTag/pagesize}"}}
    ```

    ## Use instead

    ```json
    "Condition": {"NumericLessThanEquals": {"s3:max-keys": "100"}}
    ```

    Bool is not judged: AWS's pages contradict each other about it.
    A name without a colon, as in `${AccountId}`, is a template's placeholder and not reported.

    ## References

    - [IAM User Guide: IAM policy elements: Variables and tags](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html)
    - [IAM User Guide: IAM JSON policy elements: Condition operators](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html)
    - [Access Analyzer: Invalid variable for operator](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-invalid-variable-for-operator)
    """

    code = "INVALID_VARIABLE_FOR_OPERATOR"
    severity = "error"
    mentions = ("${",)

    def check_test(self, test: Test, statement: Statement, context: Context) -> Findings:
        """Reports each value with a variable under an operator of another family than String and Arn."""
        operator = parse_operator(test.operator.value)
        if operator is None or operator.family not in _WITHOUT_VARIABLES:
            return
        for value in test.values:
            for written in variables_in(value.value)[:1]:
                yield self.finding(
                    value,
                    f"`{operator.base}` takes no variables, so `{written}` is literal text",
                    hint="write the value itself, or compare with a String or Arn operator",
                )
