"""WRONG_PARTITION."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from jfml_policies.catalog.partitions import is_partition
from jfml_policies.linter.fixes.quick_fix import replace_text
from jfml_policies.linter.questions.resource_arn import resource_arn
from jfml_policies.linter.rule import Context, Findings, Rule, related
from jfml_policies.patterns.arn import Arn
from jfml_policies.policy.nodes import Policy, Statement, Text
from jfml_policies.record import replace

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["WrongPartition"]


class WrongPartition(Rule):
    """An ARN belongs to another partition than the rest of the policy.

    ## Why is this bad?

    A policy lives in one partition, and nothing crosses partitions: no principal of `aws` reaches a bucket of
    `aws-us-gov`.
    The entry matches nothing there; in a Deny what should be closed stays open.

    ## Example

    ```json
    "Resource": [
      "arn:aws-us-gov:s3:::acme-features",
      "arn:aws-us-gov:s3:::acme-features/train/*",
      "arn:aws:s3:::acme-models/*"
    ]
    ```

    ## Use instead

    ```json
    "Resource": [
      "arn:aws-us-gov:s3:::acme-features",
      "arn:aws-us-gov:s3:::acme-features/train/*",
      "arn:aws-us-gov:s3:::acme-models/*"
    ]
    ```

    Looked at are resources, principals and ARNs in condition values; most of them decide what the policy's partition
    is, and of equally many the first.
    A policy that names the same resource in several partitions, Region and account aside, is meant for all of them and
    not reported.
    A wildcard in the partition is fine.

    ## References

    - [AWS Fault Isolation Boundaries: Partitions](https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html)
    - [IAM User Guide: Identify AWS resources with Amazon Resource Names](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html)
    """

    code = "WRONG_PARTITION"
    severity = "warning"
    fixes = ("unsafe",)
    confidence = "medium"
    origin = "jfml"
    mentions = ("arn:aws-",)

    def check_policy(self, policy: Policy, context: Context) -> Findings:
        """Reports the ARNs of every partition but the one that most ARNs name."""
        found = [entry for statement in policy.statements for entry in _arns(statement)]
        counts = Counter(arn.partition for _, _, arn in found)
        if len(counts) < 2:
            return
        home = counts.most_common(1)[0][0]
        there = {(arn.service, arn.resource) for _, _, arn in found if arn.partition == home}
        first = next(text for _, text, arn in found if arn.partition == home)
        for statement, text, arn in found:
            if arn.partition != home and (arn.service, arn.resource) not in there:
                finding = self.finding(
                    text,
                    f"`{text.value}` is of partition `{arn.partition}`, the rest of the policy of `{home}`",
                    hint=f"write `{home}`, or `*` when the policy serves several partitions",
                    fix=replace_text(text, str(replace(arn, partition=home))),
                    related=(related(first, f"names `{home}`"),),
                )
                yield replace(finding, sid=statement.sid.value if statement.sid else None)


def _arns(statement: Statement) -> Iterator[tuple[Statement, Text, Arn]]:
    """The texts of a statement that are ARNs of a known partition."""
    for text in _texts(statement):
        arn = resource_arn(text.value)
        if arn is not None and is_partition(arn.partition):
            yield statement, text, arn


def _texts(statement: Statement) -> Iterator[Text]:
    for principals in (statement.principal, statement.not_principal):
        if principals is not None:
            for group in principals.groups:
                yield from group.values
    for listing in (statement.resource, statement.not_resource):
        if listing is not None:
            yield from listing.values
    for test in statement.tests:
        yield from test.values
