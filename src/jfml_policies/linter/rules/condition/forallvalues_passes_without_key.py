"""FORALLVALUES_PASSES_WITHOUT_KEY."""

from __future__ import annotations

from typing import Final

from jfml_policies.linter.fixes.condition_fixes import change_operator
from jfml_policies.linter.questions.demanded_keys import demanded_keys
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.nodes import Statement
from jfml_policies.policy.operators import parse_operator

__all__ = ["ForallvaluesPassesWithoutKey"]

#: Keys with several values that say where a request comes from, and are absent from the requests of strangers.
#: Source: IAM User Guide, "AWS global condition context keys".
_GUARDS: Final = frozenset(
    (
        "aws:calledvia",
        "aws:principalorgpaths",
        "aws:principalservicenameslist",
        "aws:resourceorgpaths",
        "aws:sourceorgpaths",
        "aws:vpceorgpaths",
    )
)


class ForallvaluesPassesWithoutKey(Rule):
    """An Allow tests with `ForAllValues:` where requests come from, which holds when the key is absent.

    ## Why is this bad?

    `ForAllValues:` is true when no value breaks the rule, so a request without the key passes.
    Who belongs to no organization has no `aws:PrincipalOrgPaths`: the stranger gets the permission, and only members of
    other organizations are kept out.

    ## Example

    ```json
    {"ForAllValues:StringLike": {"aws:PrincipalOrgPaths": "o-a1b2c3d4e5/r-ab12/ou-ab12-*"}}
    ```

    ## Use instead

    ```json
    {"ForAnyValue:StringLike": {"aws:PrincipalOrgPaths": "o-a1b2c3d4e5/r-ab12/ou-ab12-*"}}
    ```

    Judged are `aws:PrincipalOrgPaths`, `aws:ResourceOrgPaths`, `aws:SourceOrgPaths`, `aws:VpceOrgPaths`,
    `aws:PrincipalServiceNamesList` and `aws:CalledVia`.
    It is not reported where a `Null` test with `"false"` demands the key in the same statement.
    For `aws:TagKeys` and the like, requests without the key are often meant to pass.
    Keys with one value are `forallvalues-with-single-valued-key`.

    ## References

    - [IAM User Guide: Set operators for multivalued context keys](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html)
    - [IAM User Guide: AWS global condition context keys](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html)
    """

    code = "FORALLVALUES_PASSES_WITHOUT_KEY"
    severity = "security-warning"
    origin = "jfml"
    fixes = ("unsafe",)
    mentions = ("forallvalues",)

    def check_statement(self, statement: Statement, context: Context) -> Findings:
        """Reports the keys."""
        if not statement.allows:
            return
        demanded = demanded_keys(statement)
        for test in statement.tests:
            key = test.key.value.lower()
            operator = parse_operator(test.operator.value)
            if key not in _GUARDS or key in demanded or operator is None or operator.negated:
                continue
            if operator.qualifier != "ForAllValues" or operator.family == "Null":
                continue
            name = f"ForAnyValue:{operator.base}"
            yield self.finding(
                test.key,
                f"`{test.operator.value}` lets in requests without `{test.key.value}`",
                hint=f"use `{name}`",
                fix=change_operator(test, statement.condition, name),
            )
