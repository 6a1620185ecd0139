"""NEGATED_TEST_PASSES_WITHOUT_KEY."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from jfml_policies.catalog import global_keys
from jfml_policies.linter.questions.resource_arn import is_everything
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.nodes import Statement, Test
from jfml_policies.policy.operators import parse_operator

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["NegatedTestPassesWithoutKey"]

#: Keys that say who calls: who has none is as unknown as a stranger.
_CALLER: Final = frozenset(
    ("aws:PrincipalTag/${TagKey}", "aws:PrincipalOrgID", "aws:SourceIdentity", "aws:FederatedProvider")
)
#: Tests of a statement that are looked at.
_MOST_TESTS: Final = 100


class NegatedTestPassesWithoutKey(Rule):
    """An Allow keeps out some values of a key, and lets in requests without the key.

    ## Why is this bad?

    A negated operator holds when the key is absent.
    A caller without the tag, or outside any organization, gets the permission that callers with a wrong one do not.

    ## Example

    ```json
    {"Effect": "Allow", "Condition": {"StringNotEquals": {"aws:PrincipalTag/team": "contractors"}}}
    ```

    ## Use instead

    ```json
    {
      "Effect": "Allow",
      "Condition": {
        "StringNotEquals": {"aws:PrincipalTag/team": "contractors"},
        "Null": {"aws:PrincipalTag/team": "false"}
      }
    }
    ```

    Judged are keys that say who calls: `aws:PrincipalTag`, `aws:PrincipalOrgID`, `aws:SourceIdentity` and
    `aws:FederatedProvider`; and every global key that some requests lack, when the only value is the empty text, which
    is meant to demand the key.
    It is not reported when another test of the statement has the same key, or when its policy variable stands in the
    statement: without the key such a resource or value matches nothing.
    A Deny is not reported: there it is often meant to refuse whoever lacks the key.

    ## References

    - [IAM User Guide: Condition operators](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html)
    - [IAM User Guide: AWS global condition context keys](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html)
    """

    code = "NEGATED_TEST_PASSES_WITHOUT_KEY"
    severity = "suggestion"
    confidence = "medium"
    origin = "jfml"
    mentions = ("stringnot",)

    def check_statement(self, statement: Statement, context: Context) -> Findings:
        """Reports the keys."""
        if not statement.allows:
            return
        suspects = [test for test in statement.tests if _passes_without_key(test)]
        if not suspects:
            return
        counts = Counter(test.key.value.lower() for test in statement.tests)
        text = "\n".join(_texts(statement)).lower()
        for test in suspects[:_MOST_TESTS]:
            key = test.key.value.lower()
            if counts[key] > 1 or f"${{{key}" in text:
                continue
            yield self.finding(
                test.key,
                f"`{test.operator.value}` lets in requests without `{test.key.value}`",
                hint=f'add `"Null": {{"{test.key.value}": "false"}}` to demand the key',
            )


def _passes_without_key(test: Test) -> bool:
    operator = parse_operator(test.operator.value)
    if operator is None or not operator.negated or operator.family != "String" or operator.qualifier is not None:
        return False
    key = global_keys.find(test.key.value)
    if key is None or key.presence != "conditional":
        return False
    values = [value.value for value in test.values]
    # Beside `*` it is about the key alone, which is equivalent-to-null-true.
    return values == [""] or (key.name in _CALLER and bool(values) and not any(map(is_everything, values)))


def _texts(statement: Statement) -> Iterator[str]:
    """Where variables may stand: the resources, and the values of the tests."""
    for entry in statement.resources.values if statement.resources else ():
        yield entry.value
    for test in statement.tests:
        for value in test.values:
            yield value.value
