"""CONFIRM_AUDIENCE_CLAIM_TYPE."""

from __future__ import annotations

from jfml_policies.linter.fixes.condition_fixes import change_operator, spelled
from jfml_policies.linter.questions.oidc_claims import is_audience
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.nodes import Statement, Test
from jfml_policies.policy.operators import parse_operator

__all__ = ["ConfirmAudienceClaimType"]


class ConfirmAudienceClaimType(Rule):
    """An audience claim, which has one value, is tested with `ForAllValues:`.

    ## Why is this bad?

    A token has one audience; the prefix is made for keys with several values.
    `ForAllValues:` is also true for a token without the claim, so the test may let in what it should keep out.

    ## Example

    ```json
    {"ForAllValues:StringEquals": {"token.actions.githubusercontent.com:aud": "sts.amazonaws.com"}}
    ```

    ## Use instead

    ```json
    {"StringEquals": {"token.actions.githubusercontent.com:aud": "sts.amazonaws.com"}}
    ```

    Audience claims are `aud` of any web identity provider, `accounts.google.com:oaud`, `graph.facebook.com:app_id`
    and `www.amazon.com:app_id`.
    `ForAnyValue:` is reported by `foranyvalue-with-audience-claim-type`.

    ## References

    - [IAM User Guide: Single-valued vs. multivalued context keys](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html)
    - [Access Analyzer: Confirm audience claim type](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-suggestion-confirm-audience-claim-type)
    """

    code = "CONFIRM_AUDIENCE_CLAIM_TYPE"
    severity = "suggestion"
    fixes = ("unsafe",)
    kinds = frozenset(("trust",))
    mentions = ("forallvalues", "foranyvalue")

    def check_test(self, test: Test, statement: Statement, context: Context) -> Findings:
        """Reports the key."""
        if not is_audience(test.key.value):
            return
        operator = parse_operator(test.operator.value)
        if operator is not None and operator.qualifier == "ForAllValues":
            plain = spelled(operator, qualified=False)
            yield self.finding(
                test.key,
                f"`{test.key.value}` has one value, so `ForAllValues:` does not belong to it",
                hint=f"use `{plain}`",
                fix=change_operator(test, statement.condition, plain),
            )
