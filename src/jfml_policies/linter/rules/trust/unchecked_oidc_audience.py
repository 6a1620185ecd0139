"""UNCHECKED_OIDC_AUDIENCE."""

from __future__ import annotations

from jfml_policies.linter.questions.oidc_claims import host_of, is_audience, provider_of_key
from jfml_policies.linter.questions.oidc_subjects import known_issuers, subject_tests
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.nodes import Statement

__all__ = ["UncheckedOidcAudience"]


class UncheckedOidcAudience(Rule):
    """A trust policy compares the subject of a build service's or cluster's tokens and not their audience.

    ## Why is this bad?

    A token that a job fetched for another purpose, and handed to another service, assumes the role as well, as far as
    the IAM identity provider lists its audience.
    The list belongs to the account and grows with every use that somebody finds for the provider.

    ## Example

    ```json
    {
      "Effect": "Allow",
      "Principal": {"Federated": "arn:aws:iam::111122223333:oidc-provider/gitlab.com"},
      "Action": "sts:AssumeRoleWithWebIdentity",
      "Condition": {"StringEquals": {"gitlab.com:sub": "project_path:acme/models:ref_type:branch:ref:main"}}
    }
    ```

    ## Use instead

    ```json
    {
      "Effect": "Allow",
      "Principal": {"Federated": "arn:aws:iam::111122223333:oidc-provider/gitlab.com"},
      "Action": "sts:AssumeRoleWithWebIdentity",
      "Condition": {
        "StringEquals": {
          "gitlab.com:aud": "sts.amazonaws.com",
          "gitlab.com:sub": "project_path:acme/models:ref_type:branch:ref:main"
        }
      }
    }
    ```

    Only the providers that this package knows are looked at, and only statements that test a subject.

    ## References

    - [IAM User Guide: Create a role for OpenID Connect federation](https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html)
    """

    code = "UNCHECKED_OIDC_AUDIENCE"
    severity = "suggestion"
    confidence = "medium"
    origin = "jfml"
    kinds = frozenset(("trust",))
    mentions = ("federated",)

    def check_statement(self, statement: Statement, context: Context) -> Findings:
        """Reports each known provider whose subject is tested without the audience."""
        for text, provider, _ in known_issuers(statement):
            if not subject_tests(statement, provider):
                continue
            audience = (test.key.value for test in statement.tests if is_audience(test.key.value))
            if not any(host_of(provider_of_key(key)) == host_of(provider) for key in audience):
                yield self.finding(
                    text,
                    f"tokens of `{provider}` for any audience that its IAM identity provider lists are taken",
                    hint=f"compare `{provider}:aud` as well, most often with `sts.amazonaws.com`",
                )
