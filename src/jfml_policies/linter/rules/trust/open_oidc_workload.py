"""OPEN_OIDC_WORKLOAD."""

from __future__ import annotations

from jfml_policies.linter.questions.oidc_claims import GITHUB, host_of, tested_hosts
from jfml_policies.linter.questions.oidc_subjects import is_identified, known_issuers, open_subjects, subject_tests
from jfml_policies.linter.rule import Context, Findings, Rule, related
from jfml_policies.policy.nodes import Statement

__all__ = ["OpenOidcWorkload"]


class OpenOidcWorkload(Rule):
    """A trust policy lets in every workload of a cluster or of an organization at a build service.

    ## Why is this bad?

    Whoever may run a pod in the cluster, or a pipeline in the organization, gets the role, whatever it was made for.
    The audience is the same for all of them.

    ## Example

    ```json
    {
      "Effect": "Allow",
      "Principal": {"Federated": "arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/A1B2"},
      "Action": "sts:AssumeRoleWithWebIdentity",
      "Condition": {"StringEquals": {"oidc.eks.eu-west-1.amazonaws.com/id/A1B2:aud": "sts.amazonaws.com"}}
    }
    ```

    ## Use instead

    ```json
    {
      "Effect": "Allow",
      "Principal": {"Federated": "arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/A1B2"},
      "Action": "sts:AssumeRoleWithWebIdentity",
      "Condition": {
        "StringEquals": {
          "oidc.eks.eu-west-1.amazonaws.com/id/A1B2:aud": "sts.amazonaws.com",
          "oidc.eks.eu-west-1.amazonaws.com/id/A1B2:sub": "system:serviceaccount:qwak:reader"
        }
      }
    }
    ```

    Reported are EKS clusters, CircleCI organizations and Bitbucket workspaces of which no subject is compared, and
    patterns that leave all of a subject but the customer open, as `organization:acme:*` and `system:serviceaccount:*`.
    A namespace with all its service accounts is fine.
    Strangers are `open-oidc-tenant`, GitHub is `specific-github-repo-and-branch-recommended`.

    ## References

    - [Amazon EKS User Guide: Assign IAM roles to Kubernetes service accounts](https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html)
    - [IAM User Guide: Create a role for OpenID Connect federation](https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html)
    """

    code = "OPEN_OIDC_WORKLOAD"
    severity = "warning"
    confidence = "medium"
    origin = "jfml"
    kinds = frozenset(("trust",))
    mentions = ("federated",)

    def check_statement(self, statement: Statement, context: Context) -> Findings:
        """Reports the provider, or the patterns of its subjects."""
        hosts = tested_hosts(statement)
        for text, provider, issuer in known_issuers(statement):
            host = host_of(provider)
            if host not in hosts or host == GITHUB or is_identified(statement, provider, issuer):
                continue
            tests = subject_tests(statement, provider)
            if not tests and issuer.holders == "own":
                yield self.finding(
                    text,
                    f"{issuer.everyone} may assume the role",
                    hint=f"compare `{provider}:sub` with a subject such as `{issuer.example}`",
                )
            workload = {part.name for part in issuer.workload}
            for value, is_open in open_subjects(tests, issuer):
                tenant_is_open = issuer.tenant is not None and issuer.tenant.name in is_open
                if workload <= is_open and not (tenant_is_open and issuer.holders == "strangers"):
                    yield self.finding(
                        value,
                        f"`{value.value}` leaves the {' and the '.join(part.name for part in issuer.workload)} open",
                        hint=f"write them in full, as in `{issuer.example}`",
                        related=(related(text, "the provider"),),
                    )
