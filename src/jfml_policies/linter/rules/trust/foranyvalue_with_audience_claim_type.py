"""FORANYVALUE_WITH_AUDIENCE_CLAIM_TYPE."""

from __future__ import annotations

from jfml_policies.linter.fixes.condition_fixes import change_operator, spelled
from jfml_policies.linter.questions.oidc_claims import is_audience
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.nodes import Statement, Test
from jfml_policies.policy.operators import parse_operator

__all__ = ["ForanyvalueWithAudienceClaimType"]


class ForanyvalueWithAudienceClaimType(Rule):
    """An audience claim, which has one value, is tested with `ForAnyValue:`.

    ## Why is this bad?

    A token has one audience; the prefix is made for keys with several values.
    Whoever reads it expects that one matching audience among several is enough, and under a negated operator it is: a
    token for somebody else's application may then pass.

    ## Example

    ```json
    {"ForAnyValue:StringEquals": {"token.actions.githubusercontent.com:aud": "sts.amazonaws.com"}}
    ```

    ## Use instead

    ```json
    {"StringEquals": {"token.actions.githubusercontent.com:aud": "sts.amazonaws.com"}}
    ```

    Audience claims are `aud` of any web identity provider, `accounts.google.com:oaud`, `graph.facebook.com:app_id`
    and `www.amazon.com:app_id`.
    `ForAllValues:` is reported by `confirm-audience-claim-type`.

    ## References

    - [IAM User Guide: Single-valued vs. multivalued context keys](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html)
    - [Access Analyzer: ForAnyValue with audience claim type](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-security-warning-foranyvalue-with-audience-claim-type)
    """

    code = "FORANYVALUE_WITH_AUDIENCE_CLAIM_TYPE"
    severity = "security-warning"
    fixes = ("unsafe",)
    kinds = frozenset(("trust",))
    mentions = ("foranyvalue",)

    def check_test(self, test: Test, statement: Statement, context: Context) -> Findings:
        """Reports the key."""
        if not is_audience(test.key.value):
            return
        operator = parse_operator(test.operator.value)
        if operator is not None and operator.qualifier == "ForAnyValue":
            plain = spelled(operator, qualified=False)
            yield self.finding(
                test.key,
                f"`{test.key.value}` has one value, so `ForAnyValue:` does not belong to it",
                hint=f"use `{plain}`",
                fix=change_operator(test, statement.condition, plain),
            )
