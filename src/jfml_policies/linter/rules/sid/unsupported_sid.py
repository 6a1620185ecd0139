"""UNSUPPORTED_SID."""

from __future__ import annotations

from jfml_policies.linter.fixes.quick_fix import replace_text
from jfml_policies.linter.questions.sids import free_sid, has_only_sid_characters, plain_sid, sids_of
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.kinds import KINDS
from jfml_policies.policy.nodes import Policy

__all__ = ["UnsupportedSid"]


class UnsupportedSid(Rule):
    """A Sid holds other characters than ASCII letters and digits.

    ## Why is this bad?

    IAM and Organizations refuse the document, and whoever was to get its permissions does not get them.

    ## Example

    ```json
    {"Sid": "Read features", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::acme-features/*"}
    ```

    ## Use instead

    ```json
    {"Sid": "ReadFeatures", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::acme-features/*"}
    ```

    Policies of resources and roles' trust policies are not looked at: some services accept any text.
    KMS key policies often have spaces.

    ## References

    - [IAM User Guide: IAM JSON policy elements: Sid](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_sid.html)
    - [Access Analyzer: Unsupported Sid](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-unsupported-sid)
    """

    code = "UNSUPPORTED_SID"
    severity = "error"
    fixes = ("safe",)
    kinds = frozenset(kind for kind, facts in KINDS.items() if facts.strict_sids)
    mentions = ("sid",)

    def check_policy(self, policy: Policy, context: Context) -> Findings:
        """Reports the Sids; the policy is looked at as a whole to name a Sid that no other statement has."""
        sids = sids_of(policy)
        taken = {sid.value for sid in sids}
        for sid in sids:
            if not has_only_sid_characters(sid.value):
                free = free_sid(plain_sid(sid.value), taken)
                taken.add(free)
                yield self.finding(
                    sid,
                    f"the Sid `{sid.value}` holds other characters than letters and digits",
                    hint=f"write it as `{free}`",
                    fix=replace_text(sid, free, safe=True),
                )
