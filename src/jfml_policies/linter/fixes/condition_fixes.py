"""Fixes that write another operator or another key in a condition block."""

from __future__ import annotations

from typing import Final

from jfml_policies.findings import Fix
from jfml_policies.linter.fixes.quick_fix import replace_text
from jfml_policies.policy.nodes import Condition, Statement, Test
from jfml_policies.policy.operators import Operator

__all__ = ["change_operator", "rename_key", "spelled"]

#: A condition block with more tests than this is not looked through for a fix.
_MOST_TESTS: Final = 200


def spelled(operator: Operator, *, base: str | None = None, qualified: bool = True) -> str:
    """An operator's name with another base, or without its `ForAllValues:` or `ForAnyValue:`.

    >>> from jfml_policies.policy.operators import parse_operator
    >>> spelled(parse_operator("ForAnyValue:StringEqualsIfExists"), base="StringLike")
    'ForAnyValue:StringLikeIfExists'
    """
    qualifier = f"{operator.qualifier}:" if operator.qualifier and qualified else ""
    return f"{qualifier}{base or operator.base}{'IfExists' if operator.if_exists else ''}"


def change_operator(test: Test, condition: Condition | None, operator: str) -> Fix | None:
    """The fix that writes `operator` above a test.

    None where the operator holds other keys too, which would change with it, or where `operator` stands already.
    """
    if condition is None or len(condition.tests) > _MOST_TESTS:
        return None
    if any(known.value == operator for known in condition.operators):
        return None
    if sum(other.operator.value == test.operator.value for other in condition.tests) != 1:
        return None
    return replace_text(test.operator, operator)


def rename_key(test: Test, statement: Statement, key: str) -> Fix | None:
    """The fix that writes another key in a test; None where it stands under the same operator already."""
    if len(statement.tests) > _MOST_TESTS:
        return None
    beside = [other.key.value.lower() for other in statement.tests if other.operator.value == test.operator.value]
    return None if key.lower() in beside else replace_text(test.key, key)
