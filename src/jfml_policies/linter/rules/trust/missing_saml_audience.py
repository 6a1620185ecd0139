"""MISSING_SAML_AUDIENCE."""

from __future__ import annotations

from jfml_policies.linter.questions.role_assumption import includes
from jfml_policies.linter.questions.statement_principals import read_principals
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.nodes import Statement

__all__ = ["MissingSamlAudience"]


class MissingSamlAudience(Rule):
    """A trust policy lets in users of a SAML provider without comparing where the assertion was sent.

    ## Why is this bad?

    The role takes assertions whichever address they were sent to, also those for another use of the same provider.
    Roles that the console makes for SAML users compare `SAML:aud` with the sign-in endpoint that is meant.

    ## Example

    ```json
    {
      "Effect": "Allow",
      "Principal": {"Federated": "arn:aws:iam::111122223333:saml-provider/CorpIdp"},
      "Action": "sts:AssumeRoleWithSAML"
    }
    ```

    ## Use instead

    ```json
    {
      "Effect": "Allow",
      "Principal": {"Federated": "arn:aws:iam::111122223333:saml-provider/CorpIdp"},
      "Action": "sts:AssumeRoleWithSAML",
      "Condition": {"StringEquals": {"SAML:aud": "https://signin.aws.amazon.com/saml"}}
    }
    ```

    Any test on `SAML:aud` silences the rule; `wrong-saml-audience` looks at its values.

    ## References

    - [IAM User Guide: Create a role for SAML 2.0 federation](https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_saml.html)
    - [IAM User Guide: Available keys for SAML-based AWS STS federation](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-saml)
    """

    code = "MISSING_SAML_AUDIENCE"
    severity = "suggestion"
    confidence = "medium"
    origin = "jfml"
    kinds = frozenset(("trust",))
    mentions = ("saml-provider",)

    def check_statement(self, statement: Statement, context: Context) -> Findings:
        """Reports each SAML provider of an Allow without a test on the audience."""
        if not statement.allows or not includes(statement, "sts:AssumeRoleWithSAML"):
            return
        if any(test.key.value.lower() == "saml:aud" for test in statement.tests):
            return
        for text, principal in read_principals(statement.principal):
            if principal.kind == "saml-provider":
                yield self.finding(
                    text,
                    f"assertions of `{principal.name}` are taken whatever address they were sent to",
                    hint="compare `SAML:aud` with the endpoint, such as `https://signin.aws.amazon.com/saml`",
                )
