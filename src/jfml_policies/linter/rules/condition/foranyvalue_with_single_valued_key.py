"""FORANYVALUE_WITH_SINGLE_VALUED_KEY."""

from __future__ import annotations

from jfml_policies.linter.fixes.condition_fixes import change_operator, spelled
from jfml_policies.linter.questions.key_types import is_multivalued
from jfml_policies.linter.questions.oidc_claims import claim_of, is_audience
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.nodes import Statement, Test
from jfml_policies.policy.operators import parse_operator

__all__ = ["ForanyvalueWithSingleValuedKey"]


class ForanyvalueWithSingleValuedKey(Rule):
    """A trust policy tests a key with one value with `ForAnyValue:`.

    ## Why is this bad?

    The prefix is for keys with several values, and readers take the key for one of them: they expect that one
    matching value among others is enough.
    Under a negated operator it also refuses requests without the key, which the plain operator lets pass.

    ## Example

    ```json
    {"ForAnyValue:StringEquals": {"sts:ExternalId": "7c4b1f2e90d84a6c"}}
    ```

    ## Use instead

    ```json
    {"StringEquals": {"sts:ExternalId": "7c4b1f2e90d84a6c"}}
    ```

    The audience of a web identity token is `foranyvalue-with-audience-claim-type`, and `Null` is
    `null-with-qualifier`.
    Attributes of SAML assertions and the claim `amr` are lists at some providers, whatever is published.

    ## References

    - [IAM User Guide: Single-valued vs. multivalued context keys](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html)
    """

    code = "FORANYVALUE_WITH_SINGLE_VALUED_KEY"
    severity = "suggestion"
    origin = "jfml"
    fixes = ("unsafe",)
    kinds = frozenset(("trust",))
    mentions = ("foranyvalue",)

    def check_test(self, test: Test, statement: Statement, context: Context) -> Findings:
        """Reports the key."""
        operator = parse_operator(test.operator.value)
        if operator is None or operator.qualifier != "ForAnyValue" or operator.family == "Null":
            return
        key = test.key.value
        if is_audience(key) or claim_of(key) == "amr" or key.lower().startswith("saml:"):
            return
        if is_multivalued(context.catalog, key) is not False:
            return
        plain = spelled(operator, qualified=False)
        yield self.finding(
            test.key,
            f"`{key}` has one value, so `ForAnyValue:` does not belong to it",
            hint=f"use `{plain}`",
            fix=change_operator(test, statement.condition, plain),
        )
