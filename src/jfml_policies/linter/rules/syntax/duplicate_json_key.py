"""DUPLICATE_JSON_KEY."""

from __future__ import annotations

from jfml_policies.findings import Fix
from jfml_policies.linter.fixes.member_removal import remove_member
from jfml_policies.linter.questions.repeated_keys import equal_copies
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.nodes import Policy
from jfml_policies.text.tree import Json

__all__ = ["DuplicateJsonKey"]


class DuplicateJsonKey(Rule):
    """An object repeats a key, and all but one of its values are lost.

    ## Why is this bad?

    JSON readers keep one value, usually the last, without a word.
    A second `Condition` or a second `StringEquals` block thus removes the first one: the limit that a reviewer saw is
    not in force, and whoever it kept out gets in.

    ## Example

    ```json
    {
      "StringEquals": {"aws:ResourceAccount": "111122223333"},
      "StringEquals": {"aws:RequestedRegion": "eu-west-1"}
    }
    ```

    ## Use instead

    ```json
    {
      "StringEquals": {"aws:ResourceAccount": "111122223333", "aws:RequestedRegion": "eu-west-1"}
    }
    ```

    ## Fix safety

    The fix removes the copy where all values of the key are equal, and is safe: whichever of them counts, it says the
    same.
    Where they differ, only their author knows what was meant.

    ## References

    - [IAM User Guide: Grammar of the IAM JSON policy language](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html)
    - [RFC 8259, section 4](https://www.rfc-editor.org/rfc/rfc8259#section-4)
    """

    code = "DUPLICATE_JSON_KEY"
    severity = "error"
    fixes = ("safe",)
    origin = "jfml"

    def check_policy(self, policy: Policy, context: Context) -> Findings:
        """Reports every key that an object had before."""
        repeated = [problem for problem in policy.problems if problem.kind == "duplicate-key"]
        fixes = _fixes(policy.tree) if repeated and policy.span is not None else {}
        for problem in repeated:
            yield self.finding(
                problem,
                f"the key `{problem.name}` stands here a second time, and only one of its values counts",
                hint="merge the values under one key",
                fix=fixes.get(problem.start),
            )


def _fixes(tree: Json) -> dict[int, Fix | None]:
    """The fix of each copy that can go, by where its key starts."""
    return {
        copied.members[place].key.start: remove_member(
            copied, place, f"remove the second `{copied.members[place].key.value}`", kept=0, safe=True
        )
        for copied, place in equal_copies(tree)
    }
