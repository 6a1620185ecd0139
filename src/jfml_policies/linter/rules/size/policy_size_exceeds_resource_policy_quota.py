"""POLICY_SIZE_EXCEEDS_RESOURCE_POLICY_QUOTA."""

from __future__ import annotations

from jfml_policies.linter.questions.document_size import excess
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.kinds import RESOURCE_KINDS
from jfml_policies.policy.nodes import Policy

__all__ = ["PolicySizeExceedsResourcePolicyQuota"]


class PolicySizeExceedsResourcePolicyQuota(Rule):
    """A policy of a resource has more characters than its quota allows.

    ## Why is this bad?

    The service refuses to store it, and whoever was to get access to the resource does not get it.
    What the policy was to deny stays open.

    ## Example

    ```json
    {
      "Effect": "Allow",
      "Principal": {"AWS": "111122223333"},
      "Action": "s3:GetObject",
      "Resource": ["arn:aws:s3:::acme-features/2026-01/*", "arn:aws:s3:::acme-features/2026-02/*"]
    }
    ```

    ## Use instead

    ```json
    {
      "Effect": "Allow",
      "Principal": {"AWS": "111122223333"},
      "Action": "s3:GetObject",
      "Resource": "arn:aws:s3:::acme-features/2026-*"
    }
    ```

    The quota depends on the type of resource.
    Without one, a policy of KMS or SNS actions only may have what a key or a topic may, and others what a bucket may.
    White space counts.
    A document that is given as plain values is measured as JSON without white space between its parts.

    ## References

    - [Amazon S3 User Guide: Bucket policies](https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-policies.html)
    - [Access Analyzer: Policy size exceeds resource policy quota](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-general-warning-policy-size-exceeds-resource-policy-quota)
    """

    code = "POLICY_SIZE_EXCEEDS_RESOURCE_POLICY_QUOTA"
    severity = "warning"
    kinds = RESOURCE_KINDS

    def check_policy(self, policy: Policy, context: Context) -> Findings:
        """Reports the document itself."""
        message = excess(policy)
        if message is not None:
            yield self.finding(policy, message, hint="use wildcards, or conditions in place of lists")
