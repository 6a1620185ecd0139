"""INVALID_FEDERATED_PRINCIPAL_SYNTAX_IN_ROLE_TRUST_POLICY."""

from __future__ import annotations

from jfml_policies.linter.questions.statement_principals import holds_unknown
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.patterns.principal import Principal
from jfml_policies.policy.nodes import Statement

__all__ = ["InvalidFederatedPrincipalSyntaxInRoleTrustPolicy"]


class InvalidFederatedPrincipalSyntaxInRoleTrustPolicy(Rule):
    """A federated principal is neither a provider's domain name nor the ARN of a provider.

    ## Why is this bad?

    IAM refuses the document, so nobody who signs in with the provider gets the role.

    ## Example

    ```json
    {
      "Effect": "Allow",
      "Principal": {"Federated": "arn:aws:iam::111122223333:role/CorpIdp"},
      "Action": "sts:AssumeRoleWithSAML"
    }
    ```

    ## Use instead

    ```json
    {
      "Effect": "Allow",
      "Principal": {"Federated": "arn:aws:iam::111122223333:saml-provider/CorpIdp"},
      "Action": "sts:AssumeRoleWithSAML"
    }
    ```

    A wildcard in the value is reported as such.

    ## References

    - [IAM User Guide: AWS JSON policy elements: Principal](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html)
    - [Access Analyzer: Invalid federated principal syntax in role trust policy](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-invalid-federated-principal-syntax-in-role-trust-policy)
    """

    code = "INVALID_FEDERATED_PRINCIPAL_SYNTAX_IN_ROLE_TRUST_POLICY"
    severity = "error"
    kinds = frozenset(("trust",))
    mentions = ("federated",)

    def check_statement(self, statement: Statement, context: Context) -> Findings:
        """Reports each value under Federated that names no provider."""
        if statement.principal is None:
            return
        for text in statement.principal.of_type("Federated"):
            if holds_unknown(text.value):
                continue
            # Domain names have no letter case.
            value = text.value if text.value.startswith("arn:") else text.value.lower()
            problem = Principal.parse("Federated", value).problem
            if problem is not None and problem.code != "wildcard":
                yield self.finding(
                    text,
                    f"`{text.value}` names no identity provider: {problem.message}",
                    hint="write a domain name, `arn:aws:iam::ACCOUNT:oidc-provider/DOMAIN` or "
                    "`arn:aws:iam::ACCOUNT:saml-provider/NAME`",
                )
