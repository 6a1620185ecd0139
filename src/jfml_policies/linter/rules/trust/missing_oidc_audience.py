"""MISSING_OIDC_AUDIENCE."""

from __future__ import annotations

from typing import Final

from jfml_policies.catalog.token_issuers import BUILT_IN
from jfml_policies.linter.questions.demanding_tests import demands_value
from jfml_policies.linter.questions.oidc_claims import claim_of, provider_of_key, web_identities
from jfml_policies.linter.questions.role_assumption import includes
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.nodes import Statement
from jfml_policies.policy.operators import parse_operator

__all__ = ["MissingOidcAudience"]

#: Providers of one statement that are looked at; there are four.
_MOST_PROVIDERS: Final = 50


class MissingOidcAudience(Rule):
    """A trust policy takes tokens of Cognito, Google, Facebook or Amazon that were made for any application.

    ## Why is this bad?

    IAM keeps no list of audiences for these four providers, so that a token of any application will do.
    Whoever runs an identity pool, or an application that your users sign in to, has tokens that assume the role.

    ## Example

    ```json
    {
      "Effect": "Allow",
      "Principal": {"Federated": "cognito-identity.amazonaws.com"},
      "Action": "sts:AssumeRoleWithWebIdentity",
      "Condition": {"ForAnyValue:StringLike": {"cognito-identity.amazonaws.com:amr": "authenticated"}}
    }
    ```

    ## Use instead

    ```json
    {
      "Effect": "Allow",
      "Principal": {"Federated": "cognito-identity.amazonaws.com"},
      "Action": "sts:AssumeRoleWithWebIdentity",
      "Condition": {
        "StringEquals": {"cognito-identity.amazonaws.com:aud": "eu-west-1:12345678-abcd-abcd-abcd-123456789012"},
        "ForAnyValue:StringLike": {"cognito-identity.amazonaws.com:amr": "authenticated"}
      }
    }
    ```

    The claim is `aud`, at Google `oaud` as well, at Facebook and Amazon `app_id`.
    Of any other provider IAM itself compares the audience with those that were entered for it.
    Where no claim of the provider is compared at all, that is `missing-condition-key-for-oidc-principal`;
    a test with `ForAllValues:` is `confirm-audience-claim-type`.

    ## References

    - [IAM User Guide: Available keys for AWS OIDC federation](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif)
    - [Amazon Cognito Developer Guide: Role trust and permissions](https://docs.aws.amazon.com/cognito/latest/developerguide/role-trust-and-permissions.html)
    """

    code = "MISSING_OIDC_AUDIENCE"
    severity = "security-warning"
    confidence = "medium"
    origin = "jfml"
    kinds = frozenset(("trust",))
    mentions = tuple(BUILT_IN)

    def check_statement(self, statement: Statement, context: Context) -> Findings:
        """Reports each of these providers whose claims are compared without the audience."""
        if not statement.allows or not includes(statement, "sts:AssumeRoleWithWebIdentity"):
            return
        for text, provider in web_identities(statement)[:_MOST_PROVIDERS]:
            claims = BUILT_IN.get(provider)
            tests = [test for test in statement.tests if provider_of_key(test.key.value) == provider]
            if claims is None or text.value != provider or not tests:
                continue
            audience = [test for test in tests if claim_of(test.key.value) in claims]
            if any(demands_value(test) or _is_for_all(test.operator.value) for test in audience):
                continue
            yield self.finding(
                audience[0].key if audience else text,
                f"tokens of `{provider}` for any application may assume the role",
                hint=f"compare `{provider}:{claims[0]}` by `StringEquals` with the id of your own",
            )


def _is_for_all(name: str) -> bool:
    operator = parse_operator(name)
    return operator is not None and operator.qualifier == "ForAllValues" and not operator.negated
