"""REDUNDANT_ACTION."""

from __future__ import annotations

from jfml_policies.linter.questions.coverage import Budget
from jfml_policies.linter.questions.redundant_entries import redundant_entries
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.nodes import Policy

__all__ = ["RedundantAction"]


class RedundantAction(Rule):
    """An action is listed although another entry of the same list covers it.

    ## Why is this bad?

    The entry changes nothing, so readers look for a difference that isn't there.
    Whoever removes it to take a permission away takes nothing away: the wider entry still grants it.

    ## Example

    ```json
    {"Effect": "Allow", "Action": ["s3:Get*", "s3:GetObject"], "Resource": "arn:aws:s3:::acme-features/train/*"}
    ```

    ## Use instead

    ```json
    {"Effect": "Allow", "Action": ["s3:Get*"], "Resource": "arn:aws:s3:::acme-features/train/*"}
    ```

    Entries are compared as texts with wildcards, letter case aside; equal ones count.
    There is one finding for each entry that covers others.
    Entries that overlap only partly, other statements and NotAction are not looked at.
    The fix is safe: the statement means the same without the covered entries.

    ## References

    - [IAM User Guide: IAM JSON policy elements: Action](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html)
    - [Access Analyzer: Redundant action](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-suggestion-redundant-action)
    """

    code = "REDUNDANT_ACTION"
    severity = "suggestion"
    fixes = ("safe",)

    def check_policy(self, policy: Policy, context: Context) -> Findings:
        """Reports the covered entries of each Action list; the lists share one budget."""
        budget = Budget()
        for statement in policy.statements:
            listing = statement.action
            if listing is not None and len(listing.values) > 1:
                # An action is compared as one text, so what the text of a pattern covers the pattern matches.
                yield from redundant_entries(type(self), statement, listing, fold_case=True, budget=budget)
