"""EXTERNAL_ID_NOT_REQUIRED."""

from __future__ import annotations

from jfml_policies.linter.fixes.condition_fixes import change_operator
from jfml_policies.linter.questions.demanding_tests import demands_value
from jfml_policies.linter.questions.external_ids import EXTERNAL_ID
from jfml_policies.linter.questions.role_assumption import includes
from jfml_policies.linter.questions.wildcard_outcome import wildcard_outcome
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.nodes import Statement, Test
from jfml_policies.policy.operators import Operator, parse_operator

__all__ = ["ExternalIdNotRequired"]


class ExternalIdNotRequired(Rule):
    """A trust policy looks at the external id but lets in callers without the right one.

    ## Why is this bad?

    The external id protects only where it must be there and must be the right one.
    With `IfExists` whoever sends none gets in, with a negated operator whoever sends none or another, with `Null` or
    the pattern `*` whoever sends any.

    ## Example

    ```json
    {
      "Effect": "Allow",
      "Principal": {"AWS": "arn:aws:iam::464622532012:root"},
      "Action": "sts:AssumeRole",
      "Condition": {"StringEqualsIfExists": {"sts:ExternalId": "7c4b1f2e90d84a6c"}}
    }
    ```

    ## Use instead

    ```json
    {
      "Effect": "Allow",
      "Principal": {"AWS": "arn:aws:iam::464622532012:root"},
      "Action": "sts:AssumeRole",
      "Condition": {"StringEquals": {"sts:ExternalId": "7c4b1f2e90d84a6c"}}
    }
    ```

    Not reported where another test of the statement demands an id.
    `Null` with `true`, which lets in only callers without an id, may stand for an own account and is left alone.
    `ForAllValues:` is `forallvalues-with-single-valued-key`.

    ## References

    - [IAM User Guide: The confused deputy problem](https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html)
    - [IAM User Guide: ...IfExists condition operators](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_IfExists)
    """

    code = "EXTERNAL_ID_NOT_REQUIRED"
    severity = "security-warning"
    origin = "jfml"
    fixes = ("unsafe",)
    kinds = frozenset(("trust",))
    mentions = (EXTERNAL_ID,)

    def check_statement(self, statement: Statement, context: Context) -> Findings:
        """Reports each test of an Allow that passes without the right id, unless another demands one."""
        if not statement.allows or not includes(statement, "sts:AssumeRole"):
            return
        tests = [test for test in statement.tests if test.key.value.lower() == EXTERNAL_ID]
        if any(demands_value(test) and not _takes_any(test) for test in tests):
            return
        for test in tests:
            operator = parse_operator(test.operator.value)
            who = _who_gets_in(operator, test) if operator else None
            if operator is None or who is None:
                continue
            plain = (
                "StringEquals"
                if operator.base in ("StringNotEquals", "StringLike", "Null")
                else operator.facts.positive
            )
            yield self.finding(
                test.key,
                f"`{test.operator.value}` lets in {who}",
                hint=f"use `{plain}` with the id that the vendor gave you",
                fix=change_operator(test, statement.condition, plain)
                if operator.family == "String" and not _takes_any(test)
                else None,
            )


def _takes_any(test: Test) -> bool:
    """Whether a test that demands an id takes every one."""
    found = wildcard_outcome(test)
    return found is not None and found[1] == "present"


def _who_gets_in(operator: Operator, test: Test) -> str | None:
    if _takes_any(test):
        return "whoever sends any external id"
    if operator.family == "Null":
        demands = (
            operator.qualifier is None
            and bool(test.values)
            and all(value.value.lower() == "false" for value in test.values)
        )
        return "whoever sends any external id" if demands else None
    if operator.negated:
        return "whoever sends no external id, or another one"
    return "whoever sends no external id" if operator.if_exists and operator.qualifier != "ForAllValues" else None
