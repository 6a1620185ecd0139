"""CONTRADICTORY_CONDITIONS."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Final

from jfml_policies.catalog import Catalog
from jfml_policies.linter.questions.contradictions import contradict
from jfml_policies.linter.questions.key_types import is_multivalued
from jfml_policies.linter.rule import Context, Findings, Rule, related
from jfml_policies.policy.nodes import Policy, Statement, Test

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["ContradictoryConditions"]

#: Tests of one key that are compared, and pairs of values in a document; nobody needs more.
_MOST_TESTS: Final = 6
_MOST_COMPARISONS: Final = 20_000


class ContradictoryConditions(Rule):
    """Two tests of one statement ask different things of the same key, so that no request passes both.

    ## Why is this bad?

    All tests of a Condition must hold.
    An Allow grants nothing to anybody, and a Deny refuses nothing.

    ## Example

    ```json
    {
      "StringEquals": {"aws:PrincipalAccount": "111122223333"},
      "StringLike": {"aws:PrincipalAccount": "4444*"}
    }
    ```

    ## Use instead

    Write alternatives as values of one test, or two statements.

    ```json
    {"StringEquals": {"aws:PrincipalAccount": ["111122223333", "444455556666"]}}
    ```

    Compared are String and ARN tests of keys with one value: tests that demand values with each other, with tests that
    forbid all of them, and with `Null` that demands the key's absence.
    Values with variables leave it open.

    ## References

    - [IAM User Guide: Conditions with multiple context keys or values](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html)
    """

    code = "CONTRADICTORY_CONDITIONS"
    severity = "warning"
    origin = "jfml"
    mentions = ("condition",)

    def check_policy(self, policy: Policy, context: Context) -> Findings:
        """Reports the second test of each pair, once, in as many statements as the budget serves."""
        left = _MOST_COMPARISONS
        for statement in policy.statements:
            for tests in _tests_by_key(statement, context.catalog):
                left -= sum(len(first.values) * len(second.values) for first, second in combinations(tests, 2))
                if left < 0:
                    return
                yield from self._check(tests)

    def _check(self, tests: list[Test]) -> Findings:
        reported: set[int] = set()
        for first, second in combinations(tests, 2):
            if id(second) not in reported and contradict(first, second):
                reported.add(id(second))
                yield self.finding(
                    second.key,
                    f"`{second.operator.value}` and `{first.operator.value}` ask of `{second.key.value}` what no "
                    "request has at once",
                    hint="write alternatives as values of one test, or as two statements",
                    related=(related(first.key, "the other test"),),
                )


def _tests_by_key(statement: Statement, catalog: Catalog) -> Iterator[list[Test]]:
    """The tests of each key that has one value and several tests."""
    by_key: dict[str, list[Test]] = {}
    for test in statement.tests if len(statement.tests) > 1 else ():
        by_key.setdefault(test.key.value.lower(), []).append(test)
    for key, tests in by_key.items():
        if 1 < len(tests) <= _MOST_TESTS and is_multivalued(catalog, key) is False:
            yield tests
