"""RESTRICT_ACCESS_TO_SERVICE_PRINCIPAL."""

from __future__ import annotations

from jfml_policies.catalog.service_principals import is_service_principal_shape
from jfml_policies.linter.questions.service_source import (
    SOURCE_KEYS,
    WEAK_SOURCE_KEYS,
    names_encrypted_resource,
    names_key,
)
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.kinds import RESOURCE_KINDS
from jfml_policies.policy.nodes import Statement

__all__ = ["RestrictAccessToServicePrincipal"]


class RestrictAccessToServicePrincipal(Rule):
    """A resource policy lets in an AWS service on behalf of anybody.

    ## Why is this bad?

    Every AWS customer can make the service act on a resource of theirs and so reach yours through it: anyone's trail
    writes into your bucket, anyone's topic into your queue (the confused deputy).

    ## Example

    ```json
    {
      "Effect": "Allow",
      "Principal": {"Service": "cloudtrail.amazonaws.com"},
      "Action": "s3:PutObject",
      "Resource": "arn:aws:s3:::acme-trails/AWSLogs/111122223333/*"
    }
    ```

    ## Use instead

    ```json
    {
      "Effect": "Allow",
      "Principal": {"Service": "cloudtrail.amazonaws.com"},
      "Action": "s3:PutObject",
      "Resource": "arn:aws:s3:::acme-trails/AWSLogs/111122223333/*",
      "Condition": {"StringEquals": {"aws:SourceArn": "arn:aws:cloudtrail:eu-west-1:111122223333:trail/main"}}
    }
    ```

    Any of `aws:SourceArn`, `aws:SourceAccount`, `aws:SourceOrgID` and `aws:SourceOrgPaths` in the statement silences
    the rule; `aws:Referer`, which once did the same, gets a suggestion instead.
    So does an encryption context with an ARN of a given account, as in `kms:EncryptionContext:aws:logs:arn`: AWS's
    guides limit keys in this way.
    AWS publishes no list of the services that send no source, so all of them are reported.
    Trust policies are not looked at.

    ## References

    - [IAM User Guide: The confused deputy problem](https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html)
    - [Access Analyzer: Restrict access to service principal](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-security-warning-restrict-access-to-service-principal)
    """

    code = "RESTRICT_ACCESS_TO_SERVICE_PRINCIPAL"
    severity = "security-warning"
    confidence = "medium"
    kinds = RESOURCE_KINDS
    mentions = ("service",)

    def check_statement(self, statement: Statement, context: Context) -> Findings:
        """Reports each service of an Allow without a condition on the source."""
        if not statement.allows or statement.principal is None:
            return
        if names_key(statement, SOURCE_KEYS | WEAK_SOURCE_KEYS) or names_encrypted_resource(statement):
            return
        for service in statement.principal.of_type("Service"):
            if is_service_principal_shape(service.value):
                yield self.finding(
                    service,
                    f"`{service.value}` is let in on behalf of any AWS account",
                    hint="add a condition on `aws:SourceArn`, `aws:SourceAccount`, `aws:SourceOrgID` or "
                    "`aws:SourceOrgPaths`",
                )
