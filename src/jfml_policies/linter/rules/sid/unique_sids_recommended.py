"""UNIQUE_SIDS_RECOMMENDED."""

from __future__ import annotations

from jfml_policies.linter.fixes.quick_fix import replace_texts
from jfml_policies.linter.questions.sids import free_sid, repeated_sids, sids_of
from jfml_policies.linter.rule import Context, Findings, Rule, related
from jfml_policies.policy.kinds import RESOURCE_KINDS
from jfml_policies.policy.nodes import Policy

__all__ = ["UniqueSidsRecommended"]


class UniqueSidsRecommended(Rule):
    """Two statements of a resource policy have the same Sid.

    ## Why is this bad?

    Services with calls that add or remove one statement, such as those of Lambda and SNS, find it by its Sid.
    Whoever takes a grant back by that name may take back another one.

    ## Example

    ```json
    [
      {"Sid": "Features", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::acme/train/*"},
      {"Sid": "Features", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::acme/test/*"}
    ]
    ```

    ## Use instead

    ```json
    [
      {"Sid": "TrainFeatures", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::acme/train/*"},
      {"Sid": "TestFeatures", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::acme/test/*"}
    ]
    ```

    ## Fix safety

    The fix numbers the later ones.
    It is unsafe, although access stays the same: other programs may know the statements by these names.

    ## References

    - [IAM User Guide: IAM JSON policy elements: Sid](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_sid.html)
    - [Access Analyzer: Unique Sids recommended](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-general-warning-unique-sids-recommended)
    """

    code = "UNIQUE_SIDS_RECOMMENDED"
    severity = "warning"
    fixes = ("unsafe",)
    kinds = RESOURCE_KINDS
    mentions = ("},{",)

    def check_policy(self, policy: Policy, context: Context) -> Findings:
        """Reports one finding a repeated Sid, at the first statement that has it."""
        taken = {sid.value for sid in sids_of(policy)}
        for first, *others in repeated_sids(policy):
            changes = []
            for other in others:
                free = free_sid(other.value, taken)
                taken.add(free)
                changes.append((other, free))
            yield self.finding(
                first,
                f"{len(others) + 1} statements have the Sid `{first.value}`",
                hint="give each statement a Sid of its own",
                fix=replace_texts(changes),
                related=tuple([related(other, "the same Sid") for other in others]),
            )
