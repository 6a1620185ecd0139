"""FORALLVALUES_WITH_SINGLE_VALUED_KEY."""

from __future__ import annotations

from typing import Final

from jfml_policies.linter.fixes.condition_fixes import change_operator, spelled
from jfml_policies.linter.questions.demanded_keys import demanded_keys
from jfml_policies.linter.questions.key_types import is_multivalued
from jfml_policies.linter.questions.oidc_claims import is_audience
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.nodes import Statement
from jfml_policies.policy.operators import parse_operator

__all__ = ["ForallvaluesWithSingleValuedKey"]

#: Published as single values, and used with `ForAllValues:` in managed policies without a warning of AWS's validator.
_TAKEN_FOR_LISTS: Final = frozenset(("codeconnections:provideraction", "codestar-connections:provideraction"))


class ForallvaluesWithSingleValuedKey(Rule):
    """An Allow tests a key with one value with `ForAllValues:`, which is true when the key is absent too.

    ## Why is this bad?

    `ForAllValues:` is true when no value breaks the rule, so a request without the key passes.
    Whoever sends such a request, a caller without the tag or outside the organization, gets the permission as well.

    ## Example

    ```json
    {"ForAllValues:StringEquals": {"aws:PrincipalTag/team": ["ops", "dev"]}}
    ```

    ## Use instead

    ```json
    {"StringEquals": {"aws:PrincipalTag/team": ["ops", "dev"]}}
    ```

    It is not reported where a `Null` test with `"false"` demands the key in the same statement,
    nor for keys that AWS's validator takes for lists although they are published as single values.
    The audience of a web identity token in a trust policy is `confirm-audience-claim-type`.

    ## References

    - [IAM User Guide: Single-valued vs. multivalued context keys](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html)
    - [Access Analyzer: Forallvalues with single valued key](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-security-warning-forallvalues-with-single-valued-key)
    """

    code = "FORALLVALUES_WITH_SINGLE_VALUED_KEY"
    severity = "security-warning"
    fixes = ("unsafe",)
    mentions = ("forallvalues",)

    def check_statement(self, statement: Statement, context: Context) -> Findings:
        """Reports the keys."""
        if not statement.allows:
            return
        demanded = demanded_keys(statement)
        for test in statement.tests:
            operator = parse_operator(test.operator.value)
            if operator is None or operator.qualifier != "ForAllValues" or operator.family == "Null":
                continue
            name = test.key.value.lower()
            if name in demanded or name in _TAKEN_FOR_LISTS or is_multivalued(context.catalog, name) is not False:
                continue
            if context.kind == "trust" and is_audience(name):
                continue
            plain = spelled(operator, qualified=False)
            yield self.finding(
                test.key,
                f"`{test.operator.value}` lets in requests without `{test.key.value}`, which never has several values",
                hint=f"use `{plain}`",
                fix=change_operator(test, statement.condition, plain),
            )
