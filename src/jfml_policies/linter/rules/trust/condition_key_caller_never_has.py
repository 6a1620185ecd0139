"""CONDITION_KEY_CALLER_NEVER_HAS."""

from __future__ import annotations

from typing import Final

from jfml_policies.linter.questions.statement_principals import read_principals
from jfml_policies.linter.rule import Context, Findings, Rule, related
from jfml_policies.patterns.principal import PrincipalKind
from jfml_policies.policy.nodes import Statement, Text
from jfml_policies.policy.operators import parse_operator

__all__ = ["ConditionKeyCallerNeverHas"]

#: What only callers with an AWS account have. Services belong to none, and users of an identity provider call without
#: AWS credentials.
_KEYS: Final = frozenset(
    (
        "aws:multifactorauthage",
        "aws:multifactorauthpresent",
        "aws:principalorgid",
        "aws:principalorgpaths",
        "aws:username",
    )
)
_INSTEAD: Final = {"aws:principalorgid": "aws:SourceOrgID", "aws:principalorgpaths": "aws:SourceOrgPaths"}
_CALLERS: Final[dict[PrincipalKind, str]] = {
    "service": "calls by",
    "saml-provider": "users of",
    "oidc-provider": "tokens of",
}


class ConditionKeyCallerNeverHas(Rule):
    """A trust policy asks services or users of an identity provider for what only callers with an AWS account have.

    ## Why is this bad?

    A service belongs to no organization, and whoever comes with a token or an assertion calls without AWS credentials
    and without an MFA device of AWS's.
    The test fails for all of them, so that nobody gets the role; a negated one keeps nobody out.

    ## Example

    ```json
    {
      "Effect": "Allow",
      "Principal": {"Federated": "arn:aws:iam::111122223333:saml-provider/CorpIdp"},
      "Action": "sts:AssumeRoleWithSAML",
      "Condition": {
        "StringEquals": {"SAML:aud": "https://signin.aws.amazon.com/saml"},
        "Bool": {"aws:MultiFactorAuthPresent": "true"}
      }
    }
    ```

    ## Use instead

    The identity provider asks for the second factor.

    ```json
    {
      "Effect": "Allow",
      "Principal": {"Federated": "arn:aws:iam::111122223333:saml-provider/CorpIdp"},
      "Action": "sts:AssumeRoleWithSAML",
      "Condition": {"StringEquals": {"SAML:aud": "https://signin.aws.amazon.com/saml"}}
    }
    ```

    Reported are `aws:MultiFactorAuthPresent`, `aws:MultiFactorAuthAge`, `aws:PrincipalOrgID`, `aws:PrincipalOrgPaths`
    and `aws:username` where all principals of the statement are services or identity providers, except under `Null`
    and operators with `IfExists` or `ForAllValues:`, which work without the key.
    In resource policies services are `unsupported-condition-key-for-service-principal`.

    ## References

    - [IAM User Guide: AWS global condition context keys](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html)
    - [STS API Reference: AssumeRoleWithWebIdentity](https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html)
    """

    code = "CONDITION_KEY_CALLER_NEVER_HAS"
    severity = "warning"
    origin = "jfml"
    kinds = frozenset(("trust",))
    mentions = tuple(sorted(_KEYS))

    def check_statement(self, statement: Statement, context: Context) -> Findings:
        """Reports each such key."""
        tests = [test for test in statement.tests if test.key.value.lower() in _KEYS]
        found = _outsider(statement) if tests else None
        if found is None:
            return
        text, kind = found
        for test in tests:
            operator = parse_operator(test.operator.value)
            if operator is None or operator.if_exists or operator.family == "Null":
                continue
            if operator.qualifier == "ForAllValues":
                continue
            instead = _INSTEAD.get(test.key.value.lower()) if kind == "service" else None
            yield self.finding(
                test.key,
                f"{_CALLERS[kind]} `{text.value}` never bring `{test.key.value}`",
                hint=f"use `{instead}`, if the service says on whose behalf it calls" if instead else "remove the test",
                related=(related(text, "this principal"),),
            )


def _outsider(statement: Statement) -> tuple[Text, PrincipalKind] | None:
    """The first principal, with its kind, where all are services or identity providers."""
    first: tuple[Text, PrincipalKind] | None = None
    for text, principal in read_principals(statement.principal):
        if principal.kind not in _CALLERS:
            return None
        first = first or (text, principal.kind)
    return first
