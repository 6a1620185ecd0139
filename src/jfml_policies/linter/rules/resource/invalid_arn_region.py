"""INVALID_ARN_REGION."""

from __future__ import annotations

from jfml_policies.catalog.partitions import is_partition
from jfml_policies.catalog.regions import REGIONS, partition_of, regions_of
from jfml_policies.linter.fixes.quick_fix import replace_text
from jfml_policies.linter.questions.arn_demands import agreed_formats
from jfml_policies.linter.questions.resource_arn import is_literal, resource_arn
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.nodes import Statement, Text
from jfml_policies.record import replace
from jfml_policies.text.suggest import nearest

__all__ = ["InvalidArnRegion"]


class InvalidArnRegion(Rule):
    """The Region of a resource ARN does not exist, or not in the ARN's partition.

    ## Why is this bad?

    The entry matches no resource.
    In an Allow the permission is missing, and the workload fails with AccessDenied.
    In a Deny the resource that should be closed stays open to everyone whom another statement lets in.

    ## Example

    ```json
    {"Effect": "Allow", "Action": "lambda:InvokeFunction",
     "Resource": "arn:aws:lambda:eu-west-11:111122223333:function:resize"}
    ```

    ## Use instead

    ```json
    {"Effect": "Allow", "Action": "lambda:InvokeFunction",
     "Resource": "arn:aws:lambda:eu-west-1:111122223333:function:resize"}
    ```

    Patterns with wildcards are not judged.
    A Region where the service has none is the business of `arn-region-not-allowed`.

    ## References

    - [IAM User Guide: Identify AWS resources with Amazon Resource Names](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html)
    - [AWS Regions](https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html)
    - [Access Analyzer: Invalid arn region](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-invalid-arn-region)
    """

    code = "INVALID_ARN_REGION"
    severity = "error"
    fixes = ("unsafe",)
    mentions = ("resource",)

    def check_resource(self, resource: Text, statement: Statement, context: Context) -> Findings:
        """Reports a literal fourth field that is no Region of the partition."""
        arn = resource_arn(resource.value)
        if arn is None or not arn.region or not is_literal(arn.region):
            return
        home = partition_of(arn.region)
        # An unknown partition is another rule's finding and leaves only the question whether the Region exists.
        if home is not None and (home == arn.partition or not is_partition(arn.partition)):
            return
        if agreed_formats(arn, context.catalog, "region", "empty"):
            return
        near = nearest(arn.region, regions_of(arn.partition) or REGIONS)
        yield self.finding(
            resource,
            f"`{arn.region}` in `{resource.value}` is no Region"
            + ("" if home is None else f" of partition `{arn.partition}`"),
            hint=f"did you mean `{near}`?" if near else "use the code of a Region, as in `eu-west-1`, or `*`",
            fix=replace_text(resource, str(replace(arn, region=near))) if near else None,
        )
