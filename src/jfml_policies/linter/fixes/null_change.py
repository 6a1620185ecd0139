"""The fix that asks with `Null` whether a key is there, in the place of a test that comes down to that."""

from __future__ import annotations

from jfml_policies.findings import Edit, Fix
from jfml_policies.linter.fixes.condition_fixes import change_operator
from jfml_policies.policy.nodes import Condition, Test
from jfml_policies.policy.write import quote

__all__ = ["change_to_null"]


def change_to_null(test: Test, condition: Condition | None, value: str) -> Fix | None:
    """The fix that writes `Null` above a test and `value` (`true` or `false`) in the place of its one value.

    An empty list is replaced as a whole. None where the test has several values, where its operator holds other keys
    too, or where `Null` stands already.
    """
    fix = change_operator(test, condition, "Null") if test.is_empty or len(test.values) == 1 else None
    if fix is None:
        return None
    span = test.span if test.is_empty else test.values[0].span
    edits = fix.edits if span is None else (*fix.edits, Edit(span, quote(value)))
    return Fix(f'replace `{test.operator.value}` by `Null` with `"{value}"`', edits)
