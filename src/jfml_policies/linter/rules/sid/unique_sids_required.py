"""UNIQUE_SIDS_REQUIRED."""

from __future__ import annotations

from jfml_policies.linter.fixes.quick_fix import replace_texts
from jfml_policies.linter.questions.sids import free_sid, has_only_sid_characters, repeated_sids, sids_of
from jfml_policies.linter.rule import Context, Findings, Rule, related
from jfml_policies.policy.kinds import KINDS
from jfml_policies.policy.nodes import Policy

__all__ = ["UniqueSidsRequired"]


class UniqueSidsRequired(Rule):
    """Two statements of a policy that needs unique Sids have the same Sid.

    ## Why is this bad?

    IAM and Organizations refuse the document, and whoever was to get its permissions does not get them.

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

    Sids that differ in letter case differ.
    The fix numbers the later ones: a Sid has no effect on what these policies grant.

    ## References

    - [IAM User Guide: IAM JSON policy elements: Sid](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_sid.html)
    - [Access Analyzer: Unique Sids required](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-unique-sids-required)
    """

    code = "UNIQUE_SIDS_REQUIRED"
    severity = "error"
    fixes = ("safe",)
    kinds = frozenset(kind for kind, facts in KINDS.items() if facts.unique_sids)
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
                # UNSUPPORTED_SID renames the others.
                fix=replace_texts(changes, safe=True) if has_only_sid_characters(first.value) else None,
                related=tuple([related(other, "the same Sid") for other in others]),
            )
