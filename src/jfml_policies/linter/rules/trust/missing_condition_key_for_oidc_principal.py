"""MISSING_CONDITION_KEY_FOR_OIDC_PRINCIPAL."""

from __future__ import annotations

from jfml_policies.linter.questions.oidc_claims import GITHUB, host_of, tested_hosts, web_identities
from jfml_policies.linter.questions.role_assumption import assumes
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.nodes import Statement

__all__ = ["MissingConditionKeyForOidcPrincipal"]


class MissingConditionKeyForOidcPrincipal(Rule):
    """A trust policy lets in everyone who has a token of a web identity provider.

    ## Why is this bad?

    Anybody with an account at the provider may assume the role: any Google user, any pod of the cluster, any customer
    of a provider that many companies share.

    ## Example

    ```json
    {
      "Effect": "Allow",
      "Principal": {"Federated": "accounts.google.com"},
      "Action": "sts:AssumeRoleWithWebIdentity"
    }
    ```

    ## Use instead

    ```json
    {
      "Effect": "Allow",
      "Principal": {"Federated": "accounts.google.com"},
      "Action": "sts:AssumeRoleWithWebIdentity",
      "Condition": {
        "StringEquals": {
          "accounts.google.com:aud": "acme-web-client",
          "accounts.google.com:sub": "110248495921238986420"
        }
      }
    }
    ```

    Any key with the provider's host counts, in whatever test.
    A statement that lets nobody assume the role, as one for `sts:TagSession` only, is not looked at.
    GitHub Actions is left to `missing-github-repo-condition-key`.

    ## References

    - [IAM User Guide: Available keys for AWS OIDC federation](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif)
    - [Access Analyzer: Missing condition key for OIDC principal](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-security-warning-missing-condition-key-for-oidc-principal)
    """

    code = "MISSING_CONDITION_KEY_FOR_OIDC_PRINCIPAL"
    severity = "security-warning"
    kinds = frozenset(("trust",))
    mentions = ("federated",)

    def check_statement(self, statement: Statement, context: Context) -> Findings:
        """Reports each provider that no condition key is about."""
        providers = web_identities(statement) if statement.allows else []
        if not providers or not assumes(statement):
            return
        hosts = tested_hosts(statement)
        for text, provider in providers:
            if host_of(provider) != GITHUB and host_of(provider) not in hosts:
                yield self.finding(
                    text,
                    f"no condition limits whose tokens of `{provider}` the role accepts",
                    hint=f"add a condition on `{provider}:aud` and one on `{provider}:sub`",
                )
