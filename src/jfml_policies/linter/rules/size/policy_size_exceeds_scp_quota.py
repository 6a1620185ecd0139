"""POLICY_SIZE_EXCEEDS_SCP_QUOTA."""

from __future__ import annotations

from jfml_policies.linter.questions.document_size import excess
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.nodes import Policy

__all__ = ["PolicySizeExceedsScpQuota"]


class PolicySizeExceedsScpQuota(Rule):
    """A service control policy has more characters than its quota allows.

    ## Why is this bad?

    Organizations refuses to store it, and what it was to deny stays open in all accounts below.

    ## Example

    ```json
    {
      "Effect": "Deny",
      "Action": ["ec2:CreateVpc", "ec2:CreateVpcEndpoint", "ec2:CreateVpcPeeringConnection"],
      "Resource": "*"
    }
    ```

    ## Use instead

    ```json
    {
      "Effect": "Deny",
      "Action": "ec2:CreateVpc*",
      "Resource": "*"
    }
    ```

    The quota is 10,240 characters; it was 5,120 until May 2026.
    White space counts.
    A document that is given as plain values is measured as JSON without white space between its parts.

    ## References

    - [AWS Organizations User Guide: Quotas](https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html)
    - [AWS Organizations User Guide: SCP syntax](https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_syntax.html)
    - [Access Analyzer: Policy size exceeds SCP quota](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-policy-size-exceeds-scp-quota)
    """

    code = "POLICY_SIZE_EXCEEDS_SCP_QUOTA"
    severity = "error"
    kinds = frozenset(("scp",))

    def check_policy(self, policy: Policy, context: Context) -> Findings:
        """Reports the document itself."""
        message = excess(policy)
        if message is not None:
            yield self.finding(
                policy, message, hint="remove white space, or split it: several policies can be attached to one target"
            )
