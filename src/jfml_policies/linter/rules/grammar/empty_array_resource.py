"""EMPTY_ARRAY_RESOURCE."""

from __future__ import annotations

from jfml_policies.linter.fixes.statement_removal import remove_statements
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.kinds import ALL_KINDS
from jfml_policies.policy.nodes import Statement

__all__ = ["EmptyArrayResource"]


class EmptyArrayResource(Rule):
    """Resource or NotResource is an empty list.

    ## Why is this bad?

    A statement without resources grants nothing, and denies nothing.
    Whoever was to get a permission lacks it, and what was to be refused stays open.

    ## Example

    ```json
    {"Effect": "Allow", "Action": "s3:GetObject", "Resource": []}
    ```

    ## Use instead

    ```json
    {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::acme-features/train/*"}
    ```

    ## Fix safety

    The fix removes the statement, which applies to nothing, and is safe.
    There is none where it is the only statement, and none for `NotResource`.

    ## References

    - [IAM User Guide: IAM JSON policy elements: Resource](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html)
    - [Access Analyzer: Empty array resource](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-suggestion-empty-array-resource)
    """

    code = "EMPTY_ARRAY_RESOURCE"
    severity = "suggestion"
    fixes = ("safe",)
    kinds = ALL_KINDS - {"trust"}
    mentions = ("[]",)

    def check_statement(self, statement: Statement, context: Context) -> Findings:
        """Reports the empty list."""
        for listing in (statement.resource, statement.not_resource):
            if listing is not None and listing.is_empty:
                # Of an empty `NotResource` AWS does not say what it comes down to.
                is_void = listing.name == "Resource"
                yield self.finding(
                    listing,
                    f"`{listing.name}` is an empty list",
                    hint="name the resources, or remove the statement",
                    fix=remove_statements(context.policy, [statement], "remove the statement", safe=True)
                    if is_void
                    else None,
                )
