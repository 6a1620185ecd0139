"""POLICY_SIZE_EXCEEDS_RCP_QUOTA."""

from __future__ import annotations

from jfml_policies.linter.questions.document_size import excess
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.nodes import Policy

__all__ = ["PolicySizeExceedsRcpQuota"]


class PolicySizeExceedsRcpQuota(Rule):
    """A resource control policy has more characters than its quota allows.

    ## Why is this bad?

    Organizations refuses to store it, and the resources that it was to protect stay open.

    ## Example

    ```json
    {
      "Effect": "Deny",
      "Principal": "*",
      "Action": ["s3:PutBucketAcl", "s3:PutBucketPolicy", "s3:PutBucketVersioning"],
      "Resource": "*"
    }
    ```

    ## Use instead

    ```json
    {
      "Effect": "Deny",
      "Principal": "*",
      "Action": "s3:PutBucket*",
      "Resource": "*"
    }
    ```

    The quota is 5,120 characters.
    White space counts.
    A document that is given as plain values is measured as JSON without white space between its parts.

    ## References

    - [AWS Organizations User Guide: Quotas](https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html)
    - [AWS Organizations User Guide: RCP syntax](https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_syntax.html)
    - [Access Analyzer: Policy size exceeds RCP quota](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-policy-size-exceeds-rcp-quota)
    """

    code = "POLICY_SIZE_EXCEEDS_RCP_QUOTA"
    severity = "error"
    kinds = frozenset(("rcp",))

    def check_policy(self, policy: Policy, context: Context) -> Findings:
        """Reports the document itself."""
        message = excess(policy)
        if message is not None:
            yield self.finding(
                policy, message, hint="remove white space, or split it: several policies can be attached to one target"
            )
