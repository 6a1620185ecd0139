"""INVALID_ARN_SERVICE_CASE."""

from __future__ import annotations

from jfml_policies.linter.fixes.quick_fix import replace_text
from jfml_policies.linter.questions.known_services import is_known_arn_service
from jfml_policies.linter.questions.resource_arn import is_literal, resource_arn
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.nodes import Statement, Text
from jfml_policies.record import replace

__all__ = ["InvalidArnServiceCase"]


class InvalidArnServiceCase(Rule):
    """The service of a resource ARN is written with capital letters.

    ## Why is this bad?

    ARNs are compared with regard to letter case, and AWS writes services in lower case.
    The entry matches no resource.
    In an Allow the permission is missing, and the workload fails with AccessDenied.
    In a Deny the resource that should be closed stays open to everyone whom another statement lets in.

    ## Example

    ```json
    {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:S3:::acme-features/train/*"}
    ```

    ## Use instead

    ```json
    {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::acme-features/train/*"}
    ```

    ## References

    - [IAM User Guide: Identify AWS resources with Amazon Resource Names](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html)
    - [Access Analyzer: Invalid arn service case](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-invalid-arn-service-case)
    """

    code = "INVALID_ARN_SERVICE_CASE"
    severity = "error"
    fixes = ("unsafe",)
    mentions = ("resource",)

    def check_resource(self, resource: Text, statement: Statement, context: Context) -> Findings:
        """Reports a service that is known, but for its letter case."""
        arn = resource_arn(resource.value)
        if arn is None or not is_literal(arn.service) or arn.service == arn.service.lower():
            return
        service = arn.service.lower()
        if is_known_arn_service(context.catalog, service):
            yield self.finding(
                resource,
                f"the service `{arn.service}` in `{resource.value}` must be in lower case",
                hint=f"write it as `{service}`",
                fix=replace_text(resource, str(replace(arn, service=service))),
            )
