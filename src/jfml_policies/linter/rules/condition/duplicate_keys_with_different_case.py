"""DUPLICATE_KEYS_WITH_DIFFERENT_CASE."""

from __future__ import annotations

from jfml_policies.linter.fixes.member_removal import remove_test
from jfml_policies.linter.rule import Context, Findings, Rule, related
from jfml_policies.policy.nodes import Statement, Test

__all__ = ["DuplicateKeysWithDifferentCase"]


class DuplicateKeysWithDifferentCase(Rule):
    """One condition key stands twice under an operator, in different letter case.

    ## Why is this bad?

    AWS refuses the document: letter case of a key does not count, so the two are one key with two answers.

    ## Example

    ```json
    {"IpAddress": {"aws:SourceIp": "203.0.113.0/24", "aws:sourceip": "198.51.100.0/24"}}
    ```

    ## Use instead

    ```json
    {"IpAddress": {"aws:SourceIp": ["203.0.113.0/24", "198.51.100.0/24"]}}
    ```

    A key that is repeated in the same letter case is `duplicate-json-key`.

    ## Fix safety

    The fix removes the later key where both have the same values; where they differ, only their author knows whether
    both must hold or one of them.
    It is unsafe: AWS refuses the document as it is.

    ## References

    - [IAM User Guide: IAM JSON policy elements: Condition](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html)
    - [Access Analyzer: Duplicate keys with different case](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-duplicate-keys-with-different-case)
    """

    code = "DUPLICATE_KEYS_WITH_DIFFERENT_CASE"
    severity = "error"
    fixes = ("unsafe",)
    mentions = ("condition",)

    def check_statement(self, statement: Statement, context: Context) -> Findings:
        """Reports the first of the colliding keys; the others are related."""
        groups: dict[tuple[str, str], list[Test]] = {}
        for test in statement.tests:
            groups.setdefault((test.operator.value, test.key.value.lower()), []).append(test)
        for first, *others in groups.values():
            if others:
                yield self.finding(
                    first.key,
                    f"`{first.key.value}` and `{others[0].key.value}` are the same key",
                    hint="write one key with all the values",
                    fix=remove_test(others[0], statement) if _say_the_same(first, others[0]) else None,
                    related=tuple([related(other.key, "the same key") for other in others]),
                )


def _say_the_same(one: Test, other: Test) -> bool:
    return {text.value for text in one.values} == {text.value for text in other.values}
