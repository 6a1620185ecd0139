"""INVALID_SERVICE."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jfml_policies.catalog.service_principals import is_known_service_principal, split_service_principal
from jfml_policies.linter.fixes.quick_fix import replace_text
from jfml_policies.linter.questions.known_services import (
    is_known_arn_service,
    is_known_prefix,
    near_arn_service,
    near_prefix,
)
from jfml_policies.linter.questions.resource_arn import is_literal, resource_arn
from jfml_policies.linter.questions.suggestion_budget import suggestions_per_statement
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.nodes import Statement, Test, Text
from jfml_policies.policy.operators import parse_operator
from jfml_policies.record import replace

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["InvalidService"]

#: Prefixes of condition keys that begin no action; whether such a key exists is another rule's question.
_KEY_PREFIXES: Final = frozenset(
    ("aws", "catalog", "cognito-identity-auth", "cognito-identity-unauth", "identitycenter", "saml")
)


#: Keys whose values are services, of which AWS's validation looks up each.
_CALLERS: Final = frozenset(("aws:calledvia", "aws:calledviafirst", "aws:calledvialast"))
#: A shorter word is near to too many others.
_SHORTEST: Final = 5


class InvalidService(Rule):
    """A resource ARN or a condition names a service that does not exist.

    ## Why is this bad?

    An ARN of an unknown service matches no resource, and a condition key of one is in no request.
    In an Allow the permission is missing; in a Deny what should be closed stays open to everyone whom another statement
    lets in.

    ## Example

    ```json
    {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:storage:::acme-features/train/*"}
    ```

    ## Use instead

    ```json
    {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::acme-features/train/*"}
    ```

    Known is what begins an action of AWS today or began one earlier, or stands in a published ARN format.
    Letter case in an ARN is the business of `invalid-arn-service-case`, a wildcard that of `wildcard-in-service-name`.
    A condition key whose prefix has a dot is the claim of an identity provider
    (`token.actions.githubusercontent.com:sub`) and not judged.
    A condition key without a prefix is the business of `invalid-condition-key-format`.
    Of the values of `aws:CalledVia` only a misspelt service is reported, as `athenna.amazonaws.com`: AWS publishes no
    list of service principals.

    ## References

    - [IAM User Guide: Identify AWS resources with Amazon Resource Names](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html)
    - [Access Analyzer: Invalid service](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-invalid-service)
    """

    code = "INVALID_SERVICE"
    severity = "error"
    fixes = ("unsafe",)
    mentions = ("resource", "condition")

    def check_resource(self, resource: Text, statement: Statement, context: Context) -> Findings:
        """Reports a literal third field that names no service."""
        arn = resource_arn(resource.value)
        if arn is None or not is_literal(arn.service) or is_known_arn_service(context.catalog, arn.service.lower()):
            return
        near = near_arn_service(context.catalog, arn.service)
        yield self.finding(
            resource,
            f"`{arn.service}` in `{resource.value}` is no AWS service"
            if arn.service
            else f"`{resource.value}` names no service",
            hint=f"did you mean `{near}`?" if near else f"the catalogue is of {context.catalog.date}",
            fix=replace_text(resource, str(replace(arn, service=near))) if near else None,
        )

    def check_test(self, test: Test, statement: Statement, context: Context) -> Findings:
        """Reports a condition key whose prefix names no service."""
        prefix, colon, name = test.key.value.partition(":")
        if not colon or not prefix or not name or "." in prefix or not is_literal(prefix):
            return
        catalog = context.catalog
        if prefix.lower() in _KEY_PREFIXES or is_known_prefix(catalog, prefix):
            return
        near = near_prefix(catalog, prefix)
        yield self.finding(
            test.key,
            f"`{prefix}` in the condition key `{test.key.value}` is no AWS service",
            hint=f"did you mean `{near}`?" if near else f"the catalogue is of {catalog.date}",
            fix=replace_text(test.key, f"{near}:{name}") if near and catalog.condition_key(f"{near}:{name}") else None,
        )

    def check_statement(self, statement: Statement, context: Context) -> Findings:
        """Reports the values that misspell a calling service, as many as suggestions may cost."""
        left = suggestions_per_statement(context.policy)
        for text, service, domain in _callers(statement):
            if is_known_prefix(context.catalog, service) or is_known_service_principal(text.value):
                continue
            if left <= 0:
                return
            left -= 1
            near = near_prefix(context.catalog, service)
            if near:
                yield self.finding(
                    text,
                    f"`{service}` in `{text.value}` is no AWS service",
                    hint=f"did you mean `{near}.{domain}`?",
                    fix=replace_text(text, f"{near}.{domain}"),
                )


def _callers(statement: Statement) -> Iterator[tuple[Text, str, str]]:
    """Values that name a calling service by one word, which is long enough to be misspelt, and a domain."""
    for test in statement.tests:
        operator = parse_operator(test.operator.value) if test.key.value.lower() in _CALLERS else None
        for value in test.values if operator is not None and operator.family == "String" else ():
            parts = split_service_principal(value.value) if is_literal(value.value) else None
            # A Region or a second word before the domain is the business of INVALID_SERVICE_PRINCIPAL_FORMAT.
            if parts and parts.region is None and "." not in parts.service and len(parts.service) >= _SHORTEST:
                yield value, parts.service, parts.domain
