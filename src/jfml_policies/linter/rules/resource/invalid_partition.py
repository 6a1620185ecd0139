"""INVALID_PARTITION."""

from __future__ import annotations

from jfml_policies.catalog.partitions import PARTITIONS, is_partition
from jfml_policies.linter.fixes.quick_fix import replace_text
from jfml_policies.linter.questions.resource_arn import is_literal, resource_arn
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.nodes import Statement, Text
from jfml_policies.record import replace
from jfml_policies.text.suggest import nearest

__all__ = ["InvalidPartition"]


class InvalidPartition(Rule):
    """The partition of a resource ARN does not exist.

    ## Why is this bad?

    The entry matches no resource.
    In an Allow the permission is missing, and the workload fails with AccessDenied.
    In a Deny the resource that should be closed stays open to everyone whom another statement lets in.

    ## Example

    ```json
    {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:amazon:s3:::acme-features/train/*"}
    ```

    ## Use instead

    ```json
    {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::acme-features/train/*"}
    ```

    Partitions are `aws`, `aws-cn`, `aws-us-gov`, `aws-eusc` and the isolated `aws-iso...`.
    A wildcard is fine.

    ## References

    - [IAM User Guide: Identify AWS resources with Amazon Resource Names](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html)
    - [Access Analyzer: Invalid partition](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-invalid-partition)
    """

    code = "INVALID_PARTITION"
    severity = "error"
    fixes = ("unsafe",)
    mentions = ("resource",)

    def check_resource(self, resource: Text, statement: Statement, context: Context) -> Findings:
        """Reports a literal second field that names no partition."""
        arn = resource_arn(resource.value)
        if arn is None or not is_literal(arn.partition) or is_partition(arn.partition):
            return
        near = nearest(arn.partition, PARTITIONS)
        yield self.finding(
            resource,
            f"`{arn.partition}` in `{resource.value}` is no AWS partition"
            if arn.partition
            else f"`{resource.value}` names no partition",
            hint=f"did you mean `{near}`?" if near else f"partitions are {', '.join(PARTITIONS)}",
            fix=replace_text(resource, str(replace(arn, partition=near))) if near else None,
        )
