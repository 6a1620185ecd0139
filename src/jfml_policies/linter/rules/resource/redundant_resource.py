"""REDUNDANT_RESOURCE."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jfml_policies.linter.questions.coverage import Budget, opaque_variables
from jfml_policies.linter.questions.redundant_entries import redundant_entries
from jfml_policies.linter.questions.resource_arn import is_everything, resource_arn
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.patterns.arn_pattern import ArnPattern
from jfml_policies.policy.kinds import ALL_KINDS
from jfml_policies.policy.nodes import Policy

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["RedundantResource"]


class RedundantResource(Rule):
    """A resource is listed although another entry of the same list covers it.

    ## Why is this bad?

    The entry changes nothing, so readers look for a difference that isn't there.
    Whoever removes it to close a resource closes nothing: the wider entry still reaches it.

    ## Example

    ```json
    {"Effect": "Allow", "Action": "s3:*", "Resource": ["arn:aws:s3:::acme-*", "arn:aws:s3:::acme-*/*"]}
    ```

    ## Use instead

    ```json
    {"Effect": "Allow", "Action": "s3:*", "Resource": ["arn:aws:s3:::acme-*"]}
    ```

    Entries are compared as texts with wildcards; `*` crosses `/`, so `acme-*` holds the objects of those buckets too.
    There is one finding for each entry that covers others.
    Policy variables are covered by themselves and by `*` only.
    Entries that overlap only partly, other statements and NotResource are not looked at.
    The fix is safe where the statement provably means the same without the covered entries.

    ## References

    - [IAM User Guide: IAM JSON policy elements: Resource](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html)
    - [Access Analyzer: Redundant resource](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-suggestion-redundant-resource)
    """

    code = "REDUNDANT_RESOURCE"
    severity = "suggestion"
    fixes = ("safe", "unsafe")
    kinds = ALL_KINDS - {"trust"}
    mentions = ("resource",)

    def check_policy(self, policy: Policy, context: Context) -> Findings:
        """Reports the covered entries of each Resource list; the lists share one budget."""
        budget = Budget()
        for statement in policy.statements:
            listing = statement.resource
            if listing is not None and len(listing.values) > 1:
                yield from redundant_entries(
                    type(self), statement, listing, fold_case=False, budget=budget, is_safe=_keeps_meaning
                )


def _keeps_meaning(covering: str, covered: Sequence[str]) -> bool:
    """Whether the covering entry also holds the others when field is compared with field, as requests are decided."""
    if is_everything(covering) or set(covered) == {covering}:
        return True
    if any(map(_has_early_variable, covered)):
        return False  # its value might hold a colon, and a wildcard does not cross one there
    outer, *inner = map(ArnPattern.try_parse, opaque_variables([covering, *covered]))
    return outer is not None and all(arn is not None and arn.is_subset(outer) for arn in inner)


def _has_early_variable(text: str) -> bool:
    """Whether a policy variable stands before the last field of an ARN."""
    arn = resource_arn(text)
    return arn is None or "${" in f"{arn.partition}{arn.service}{arn.region}{arn.account}"
