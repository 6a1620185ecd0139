"""DUPLICATE_JSON_KEY."""

from __future__ import annotations

from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.nodes import Policy

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

    ## References

    - [IAM User Guide: Grammar of the IAM JSON policy language](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html)
    - [RFC 8259, section 4](https://www.rfc-editor.org/rfc/rfc8259#section-4)
    """

    code = "DUPLICATE_JSON_KEY"
    severity = "error"
    origin = "jfml"

    def check_policy(self, policy: Policy, context: Context) -> Findings:
        """Reports every key that an object had before."""
        for problem in policy.problems:
            if problem.kind == "duplicate-key":
                yield self.finding(
                    problem,
                    f"the key `{problem.name}` stands here a second time, and only one of its values counts",
                    hint="merge the values under one key",
                )
