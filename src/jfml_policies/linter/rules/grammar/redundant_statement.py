"""REDUNDANT_STATEMENT."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jfml_policies.linter.fixes.statement_removal import remove_statements
from jfml_policies.linter.questions.statement_form import statement_form
from jfml_policies.linter.rule import Context, Findings, Rule, related
from jfml_policies.policy.nodes import Policy, Statement

if TYPE_CHECKING:
    from collections.abc import Hashable

__all__ = ["RedundantStatement"]


class RedundantStatement(Rule):
    """Two statements grant or deny the same.

    ## Why is this bad?

    The copy counts towards the size quota and gives nobody anything.
    Whoever later takes a permission out of one of the two has taken it from nobody.

    ## Example

    ```json
    [
      {"Effect": "Allow", "Action": ["s3:GetObject", "s3:PutObject"], "Resource": "arn:aws:s3:::acme-features/*"},
      {"Effect": "Allow", "Action": ["s3:PutObject", "s3:GetObject"], "Resource": "arn:aws:s3:::acme-features/*"}
    ]
    ```

    ## Use instead

    ```json
    [
      {"Effect": "Allow", "Action": ["s3:GetObject", "s3:PutObject"], "Resource": "arn:aws:s3:::acme-features/*"}
    ]
    ```

    Statements are the same when they differ only in Sid, in the order of lists, in repeated entries, in a bare value
    for a list of one, or in the letter case of actions and condition keys.
    Statements that mean the same for other reasons, such as wildcards or an account's number for its ARN, are not
    reported, and neither are statements that AWS refuses.

    ## References

    - [IAM User Guide: IAM JSON policy elements: Statement](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_statement.html)
    - [Access Analyzer: Redundant statement](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-suggestion-redundant-statement)
    """

    code = "REDUNDANT_STATEMENT"
    severity = "suggestion"
    fixes = ("safe",)
    mentions = ("},{",)

    def check_policy(self, policy: Policy, context: Context) -> Findings:
        """Reports one finding a group of equal statements, at the first of them."""
        unread = {problem.path[:2] for problem in policy.problems}
        groups: dict[Hashable, list[Statement]] = {}
        for statement in policy.statements:
            form = None if statement.path in unread else statement_form(statement)
            if form is not None:
                groups.setdefault(form, []).append(statement)
        for first, *copies in groups.values():
            if copies:
                yield self.finding(
                    first,
                    f"{len(copies) + 1} statements {'deny' if first.denies else 'grant'} the same",
                    hint="keep one of them",
                    # The very first statement is no copy of an earlier one, so it always stays.
                    fix=remove_statements(policy, copies, _title(len(copies)), safe=True),
                    related=tuple([related(copy, "the same again") for copy in copies]),
                )


def _title(copies: int) -> str:
    return "remove the copy" if copies == 1 else f"remove the {copies} copies"
