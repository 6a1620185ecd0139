"""CONDITION_KEY_OF_OTHER_PROVIDER."""

from __future__ import annotations

from jfml_policies.catalog import Catalog, identity_provider_keys
from jfml_policies.catalog.token_issuers import BUILT_IN, issuer_of
from jfml_policies.linter.fixes.condition_fixes import rename_key
from jfml_policies.linter.questions.oidc_claims import claim_of, provider_of_key
from jfml_policies.linter.questions.statement_principals import holds_unknown, read_principals
from jfml_policies.linter.rule import Context, Findings, Rule, related
from jfml_policies.policy.nodes import Statement, Test
from jfml_policies.policy.operators import parse_operator

__all__ = ["ConditionKeyOfOtherProvider"]


class ConditionKeyOfOtherProvider(Rule):
    """A trust policy compares a claim of another identity provider than the one it lets in.

    ## Why is this bad?

    Tokens of the provider don't bring the key, so the test fails for all of them and nobody gets the role; a negated
    test holds for all of them and keeps nobody out.
    It happens when the id of one cluster is replaced in the principal and left in the condition.

    ## Example

    ```json
    {
      "Effect": "Allow",
      "Principal": {"Federated": "arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/A1B2"},
      "Action": "sts:AssumeRoleWithWebIdentity",
      "Condition": {
        "StringEquals": {"oidc.eks.eu-west-1.amazonaws.com/id/C3D4:sub": "system:serviceaccount:qwak:reader"}
      }
    }
    ```

    ## Use instead

    ```json
    {
      "Effect": "Allow",
      "Principal": {"Federated": "arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/A1B2"},
      "Action": "sts:AssumeRoleWithWebIdentity",
      "Condition": {
        "StringEquals": {"oidc.eks.eu-west-1.amazonaws.com/id/A1B2:sub": "system:serviceaccount:qwak:reader"}
      }
    }
    ```

    Only statements are looked at whose principals are all web identity providers, and only the claims that every
    provider's tokens may have (`aud`, `sub`, `amr`, `email`, `oaud`) and those that AWS publishes of providers that
    this package knows, such as `gitlab.com:project_id`.
    Where the claim is one that only the other provider has, no fix is offered.
    Tests with `Null` or `IfExists` work without the key and are not reported.

    ## References

    - [IAM User Guide: Available keys for AWS OIDC federation](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif)
    """

    code = "CONDITION_KEY_OF_OTHER_PROVIDER"
    severity = "warning"
    fixes = ("unsafe",)
    origin = "jfml"
    kinds = frozenset(("trust",))
    mentions = ("federated",)

    def check_statement(self, statement: Statement, context: Context) -> Findings:
        """Reports each key whose provider is none of the principals."""
        if not statement.tests:
            return
        principals = list(read_principals(statement.principal))
        if not principals or any(principal.kind != "oidc-provider" for _, principal in principals):
            return
        providers = {principal.name.lower().rstrip("/"): principal.name for _, principal in principals}
        for test in statement.tests:
            key = test.key.value
            if holds_unknown(key) or not _needs_key(test) or not _is_claim(key, context.catalog):
                continue
            if provider_of_key(key).rstrip("/") not in providers:
                is_common = identity_provider_keys.find(key) is not None
                only = next(iter(providers.values())) if len(providers) == 1 else None
                yield self.finding(
                    test.key,
                    f"`{key}` is a claim of another provider than `{principals[0][1].name}`",
                    hint=f"write `{only}:{claim_of(key)}`"
                    if only and is_common
                    else "write the key of the provider that is let in",
                    fix=rename_key(test, statement, f"{only}:{claim_of(key)}") if only and is_common else None,
                    related=(related(principals[0][0], "this provider"),),
                )


def _is_claim(key: str, catalog: Catalog) -> bool:
    """Whether a key is a claim that tokens of its provider are known to have."""
    if identity_provider_keys.find(key) is not None:
        return True
    provider = provider_of_key(key)
    sts = catalog.service("sts") if provider in BUILT_IN or issuer_of(provider) is not None else None
    return sts is not None and sts.condition_key(key) is not None


def _needs_key(test: Test) -> bool:
    operator = parse_operator(test.operator.value)
    return operator is not None and operator.family != "Null" and not operator.if_exists
