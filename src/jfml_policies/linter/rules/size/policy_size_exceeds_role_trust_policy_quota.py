"""POLICY_SIZE_EXCEEDS_ROLE_TRUST_POLICY_QUOTA."""

from __future__ import annotations

from typing import Final

from jfml_policies.linter.option import whole_number
from jfml_policies.linter.questions.document_size import excess
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.kinds import KINDS
from jfml_policies.policy.nodes import Policy

__all__ = ["PolicySizeExceedsRoleTrustPolicyQuota"]

#: 0 stands for the quota itself.
_MOST: Final = whole_number(
    "most-characters",
    default=0,
    least=0,
    most=8192,
    meaning="a limit in place of the quota, as 4096 where AWS has raised yours; 0 is the quota",
)


class PolicySizeExceedsRoleTrustPolicyQuota(Rule):
    """A role's trust policy has more characters than its quota allows.

    ## Why is this bad?

    IAM refuses to store it, and those whom it was to let in can't assume the role.

    ## Example

    ```json
    {
      "Effect": "Allow",
      "Principal": {"AWS": ["arn:aws:iam::111122223333:role/ci-1", "arn:aws:iam::111122223333:role/ci-2"]},
      "Action": "sts:AssumeRole"
    }
    ```

    ## Use instead

    ```json
    {
      "Effect": "Allow",
      "Principal": {"AWS": "111122223333"},
      "Action": "sts:AssumeRole",
      "Condition": {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::111122223333:role/ci-*"}}
    }
    ```

    The quota is 2,048 characters by default and can be raised to 8,192 on request.
    White space does not count.
    A document that is given as plain values is measured as JSON without white space between its parts.

    ## References

    - [IAM User Guide: IAM and AWS STS quotas](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html)
    - [Access Analyzer: Policy size exceeds role trust policy quota](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-general-warning-policy-size-exceeds-role-trust-policy-quota)
    """

    code = "POLICY_SIZE_EXCEEDS_ROLE_TRUST_POLICY_QUOTA"
    severity = "warning"
    kinds = frozenset(("trust",))
    options = (_MOST,)

    def check_policy(self, policy: Policy, context: Context) -> Findings:
        """Reports the document itself."""
        message = excess(policy, context.option(self, _MOST))
        if message is not None:
            yield self.finding(
                policy,
                message,
                hint=f"{KINDS[context.kind].quota_note}; name fewer principals, or a whole account with a condition",
            )
