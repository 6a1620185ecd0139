"""OPEN_OIDC_TENANT."""

from __future__ import annotations

from jfml_policies.catalog.token_issuers import TokenIssuer
from jfml_policies.linter.questions.demanding_tests import demands_value
from jfml_policies.linter.questions.oidc_claims import GITHUB, host_of, tested_hosts
from jfml_policies.linter.questions.oidc_subjects import is_identified, known_issuers, open_subjects, subject_tests
from jfml_policies.linter.rule import Context, Findings, Rule, related
from jfml_policies.policy.nodes import Statement, Text

__all__ = ["OpenOidcTenant"]


class OpenOidcTenant(Rule):
    """A trust policy lets in other customers of an identity provider that many companies share.

    ## Why is this bad?

    GitLab, HCP Terraform, Buildkite and GitHub sign the tokens of all their customers with the same keys, and whoever
    writes a pipeline chooses the audience.
    Only the subject, or a claim like it, tells yours from a stranger's.

    ## Example

    ```json
    {
      "Effect": "Allow",
      "Principal": {"Federated": "arn:aws:iam::111122223333:oidc-provider/app.terraform.io"},
      "Action": "sts:AssumeRoleWithWebIdentity",
      "Condition": {"StringEquals": {"app.terraform.io:aud": "aws.workload.identity"}}
    }
    ```

    ## Use instead

    ```json
    {
      "Effect": "Allow",
      "Principal": {"Federated": "arn:aws:iam::111122223333:oidc-provider/app.terraform.io"},
      "Action": "sts:AssumeRoleWithWebIdentity",
      "Condition": {
        "StringEquals": {"app.terraform.io:aud": "aws.workload.identity"},
        "StringLike": {"app.terraform.io:sub": "organization:acme:project:models:workspace:prod:run_phase:*"}
      }
    }
    ```

    For providers that IAM knows to be shared it refuses a new policy that evaluates none of the required claims; it
    keeps old ones, and does not look at what the values leave open.
    Reported are known providers of which the audience alone is compared, or a subject only under operators that let in
    all others (negated ones and `Null`), and subjects whose pattern leaves the customer open, as in
    `organization:*:project:models:...`.
    A claim that identifies the customer, such as `gitlab.com:project_id`, is as good as the subject.
    Where no claim is compared at all, and for GitHub where the subject is missing or a pattern, AWS's own checks
    report it: `missing-condition-key-for-oidc-principal`, `missing-github-repo-condition-key`,
    `specific-github-repo-and-branch-recommended`; very loose patterns are `wildcard-usage-too-permissive`.

    ## References

    - [IAM User Guide: Create a role for OpenID Connect federation](https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html)
    - [IAM User Guide: Identity-provider controls for shared OIDC providers](https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc_secure-by-default.html)
    """

    code = "OPEN_OIDC_TENANT"
    severity = "security-warning"
    origin = "jfml"
    kinds = frozenset(("trust",))
    mentions = ("federated",)

    def check_statement(self, statement: Statement, context: Context) -> Findings:
        """Reports the provider, the test that keeps nobody out, or the patterns."""
        hosts = tested_hosts(statement)
        for text, provider, issuer in known_issuers(statement):
            if issuer.holders != "strangers" or host_of(provider) not in hosts:
                continue
            if not is_identified(statement, provider, issuer):
                yield from self._check(statement, text, provider, issuer)

    def _check(self, statement: Statement, text: Text, provider: str, issuer: TokenIssuer) -> Findings:
        is_github = host_of(provider) == GITHUB
        tests = subject_tests(statement, provider)
        if not any(demands_value(test) or _passes_without(test.operator.value) for test in tests):
            if not tests and is_github:
                return
            yield self.finding(
                tests[0].key if tests else text,
                f"{issuer.everyone} may assume the role",
                hint=f"compare `{provider}:sub` with a subject such as `{issuer.example}`",
                related=(related(text, "the provider"),) if tests else (),
            )
            return
        for value, is_open in open_subjects(tests, issuer) if issuer.tenant and not is_github else ():
            if issuer.tenant is not None and issuer.tenant.name in is_open:
                yield self.finding(
                    value,
                    f"`{value.value}` leaves the {issuer.tenant.name} open, so {issuer.everyone} may assume the role",
                    hint=f"write the {issuer.tenant.name} in full, as in `{issuer.example}`",
                    related=(related(text, "the provider"),),
                )


def _passes_without(operator: str) -> bool:
    """Whether an operator passes without the key, which every token brings: as good as demanding it."""
    return operator.endswith("IfExists") or operator.startswith("ForAllValues:")
