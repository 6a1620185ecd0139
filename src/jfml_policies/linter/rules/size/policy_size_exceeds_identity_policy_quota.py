"""POLICY_SIZE_EXCEEDS_IDENTITY_POLICY_QUOTA."""

from __future__ import annotations

from typing import Final

from jfml_policies.linter.option import whole_number
from jfml_policies.linter.questions.document_size import excess
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.kinds import IDENTITY_KINDS, KINDS
from jfml_policies.policy.nodes import Policy

__all__ = ["PolicySizeExceedsIdentityPolicyQuota"]

#: 0 stands for the quota itself.
_MOST: Final = whole_number(
    "most-characters",
    default=0,
    least=0,
    most=10240,
    meaning="a limit in place of the quota, as 6144 for managed policies; 0 is the quota",
)


class PolicySizeExceedsIdentityPolicyQuota(Rule):
    """A policy for a principal has more characters than its quota allows.

    ## Why is this bad?

    IAM refuses to store it, or STS to take it, and whoever was to get its permissions does not get them.

    ## Example

    ```json
    {
      "Effect": "Allow",
      "Action": "s3:GetObject",
      "Resource": ["arn:aws:s3:::acme-features/2026-01/*", "arn:aws:s3:::acme-features/2026-02/*"]
    }
    ```

    ## Use instead

    ```json
    {
      "Effect": "Allow",
      "Action": "s3:GetObject",
      "Resource": "arn:aws:s3:::acme-features/2026-*"
    }
    ```

    The quota of an identity policy is 10,240 characters, what all inline policies of a role may have together.
    A managed policy may have 6,144.
    White space does not count, except in session policies.
    A permissions boundary is a managed policy; session policies may have 2,048 characters.
    A document that is given as plain values is measured as JSON without white space between its parts.

    ## References

    - [IAM User Guide: IAM and AWS STS quotas](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html)
    - [Access Analyzer: Policy size exceeds identity policy quota](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-general-warning-policy-size-exceeds-identity-policy-quota)
    """

    code = "POLICY_SIZE_EXCEEDS_IDENTITY_POLICY_QUOTA"
    severity = "warning"
    kinds = IDENTITY_KINDS
    options = (_MOST,)

    def check_policy(self, policy: Policy, context: Context) -> Findings:
        """Reports the document itself."""
        message = excess(policy, context.option(self, _MOST))
        if message is not None:
            yield self.finding(policy, message, hint=f"{KINDS[context.kind].quota_note}; shorten it or split it")
