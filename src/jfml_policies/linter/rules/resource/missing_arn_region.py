"""MISSING_ARN_REGION."""

from __future__ import annotations

from jfml_policies.linter.fixes.quick_fix import replace_text
from jfml_policies.linter.questions.arn_demands import agreed_formats
from jfml_policies.linter.questions.resource_arn import is_everything, resource_arn
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.nodes import Statement, Text
from jfml_policies.record import replace

__all__ = ["MissingArnRegion"]


class MissingArnRegion(Rule):
    """A resource ARN has no Region although ARNs of that type have one.

    ## Why is this bad?

    The entry matches no resource.
    In an Allow the permission is missing, and the workload fails with AccessDenied.
    In a Deny the resource that should be closed stays open to everyone whom another statement lets in.

    ## Example

    ```json
    {"Effect": "Allow", "Action": "dynamodb:GetItem", "Resource": "arn:aws:dynamodb::111122223333:table/orders"}
    ```

    ## Use instead

    ```json
    {"Effect": "Allow", "Action": "dynamodb:GetItem",
     "Resource": "arn:aws:dynamodb:eu-west-1:111122223333:table/orders"}
    ```

    A `*` fills the field.
    An ARN whose resource is only `*` is not reported, nor is what AWS owns (account `aws`), as
    `arn:aws:wellarchitected::aws:lens/serverless`.
    Foundation models of Bedrock are not reported either: who calls one through a global inference profile needs its ARN
    without a Region as well.

    ## References

    - [Amazon Bedrock User Guide: Global cross-Region inference](https://docs.aws.amazon.com/bedrock/latest/userguide/global-cross-region-inference.html)
    - [IAM User Guide: Identify AWS resources with Amazon Resource Names](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html)
    - [Service Authorization Reference: resource types of each service](https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html)
    - [Access Analyzer: Missing arn region](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-missing-arn-region)
    """

    code = "MISSING_ARN_REGION"
    severity = "error"
    fixes = ("unsafe",)
    mentions = ("resource",)

    def check_resource(self, resource: Text, statement: Statement, context: Context) -> Findings:
        """Reports an empty Region where every format that fits has one."""
        arn = resource_arn(resource.value)
        if arn is None or arn.region or arn.account == "aws" or is_everything(arn.resource):
            return
        if arn.service == "bedrock" and not arn.account and arn.resource.startswith("foundation-model/"):
            return
        if agreed_formats(arn, context.catalog, "region", "required"):
            yield self.finding(
                resource,
                f"`{resource.value}` has no Region, but ARNs of this type have one",
                hint="name the Region, or write `*` for all of them",
                fix=replace_text(resource, str(replace(arn, region="*"))),
            )
