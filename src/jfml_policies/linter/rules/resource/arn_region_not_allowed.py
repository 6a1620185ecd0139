"""ARN_REGION_NOT_ALLOWED."""

from __future__ import annotations

from jfml_policies.linter.fixes.quick_fix import replace_text
from jfml_policies.linter.questions.arn_demands import agreed_formats
from jfml_policies.linter.questions.resource_arn import is_literal, resource_arn
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.nodes import Statement, Text
from jfml_policies.record import replace

__all__ = ["ArnRegionNotAllowed"]


class ArnRegionNotAllowed(Rule):
    """A resource ARN has a Region although ARNs of that type have none.

    ## Why is this bad?

    IAM, Route 53, CloudFront, Organizations and S3 buckets have ARNs without a Region.
    The entry matches no resource.
    In an Allow the permission is missing, and the workload fails with AccessDenied.
    In a Deny the resource that should be closed stays open to everyone whom another statement lets in.

    ## Example

    ```json
    {"Effect": "Allow", "Action": "iam:GetRole", "Resource": "arn:aws:iam:eu-west-1:111122223333:role/app"}
    ```

    ## Use instead

    ```json
    {"Effect": "Allow", "Action": "iam:GetRole", "Resource": "arn:aws:iam::111122223333:role/app"}
    ```

    Wildcards in the Region are fine.

    ## References

    - [IAM User Guide: Identify AWS resources with Amazon Resource Names](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html)
    - [Service Authorization Reference: resource types of each service](https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html)
    - [Access Analyzer: Arn region not allowed](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-arn-region-not-allowed)
    """

    code = "ARN_REGION_NOT_ALLOWED"
    severity = "error"
    fixes = ("unsafe",)
    mentions = ("resource",)

    def check_resource(self, resource: Text, statement: Statement, context: Context) -> Findings:
        """Reports a literal Region where every format that fits has none."""
        arn = resource_arn(resource.value)
        if arn is None or not arn.region or not is_literal(arn.region):
            return
        if agreed_formats(arn, context.catalog, "region", "empty"):
            yield self.finding(
                resource,
                f"`{resource.value}` has a Region, but ARNs of this type have none",
                hint="leave the Region empty; to limit the Region, add a condition on `aws:RequestedRegion`",
                fix=replace_text(resource, str(replace(arn, region=""))),
            )
