"""MISSING_GITHUB_REPO_CONDITION_KEY."""

from __future__ import annotations

from jfml_policies.linter.questions.oidc_claims import GITHUB, github_tests, host_of, web_identities
from jfml_policies.linter.questions.role_assumption import assumes
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.nodes import Statement

__all__ = ["MissingGithubRepoConditionKey"]


class MissingGithubRepoConditionKey(Rule):
    """A trust policy lets in GitHub Actions without a condition on the repository.

    ## Why is this bad?

    Workflows of every repository on GitHub have tokens of the same provider.
    Whoever has a GitHub account can write a workflow that assumes the role; the audience is theirs to choose.

    ## Example

    ```json
    {
      "Effect": "Allow",
      "Principal": {"Federated": "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"},
      "Action": "sts:AssumeRoleWithWebIdentity",
      "Condition": {"StringEquals": {"token.actions.githubusercontent.com:aud": "sts.amazonaws.com"}}
    }
    ```

    ## Use instead

    ```json
    {
      "Effect": "Allow",
      "Principal": {"Federated": "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"},
      "Action": "sts:AssumeRoleWithWebIdentity",
      "Condition": {
        "StringEquals": {
          "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
          "token.actions.githubusercontent.com:sub": "repo:acme/features:ref:refs/heads/main"
        }
      }
    }
    ```

    Only the `:sub` claim counts, as in AWS's check; a condition on `:repository` alone is reported too.

    ## References

    - [IAM User Guide: Configuring a role for the GitHub OIDC identity provider](https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html#idp_oidc_Create_GitHub)
    - [Access Analyzer: Missing GitHub repo condition key](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-security-warning-missing-github-repo-condition-key)
    """

    code = "MISSING_GITHUB_REPO_CONDITION_KEY"
    severity = "security-warning"
    kinds = frozenset(("trust",))
    mentions = ("github",)

    def check_statement(self, statement: Statement, context: Context) -> Findings:
        """Reports the provider."""
        providers = [text for text, provider in web_identities(statement) if host_of(provider) == GITHUB]
        if not providers or not statement.allows or not assumes(statement):
            return
        if not github_tests(statement, "sub"):
            for text in providers:
                yield self.finding(
                    text,
                    "no condition limits which of GitHub's repositories the role accepts",
                    hint=f"add a condition on `{GITHUB}:sub`, such as `repo:OWNER/REPOSITORY:ref:refs/heads/main`",
                )
