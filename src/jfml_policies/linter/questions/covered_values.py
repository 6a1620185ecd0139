"""Values of a condition test that change nothing beside the test's other values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jfml_policies.linter.questions.statement_meaning import policy_boxes
from jfml_policies.policy.operators import parse_operator
from jfml_policies.record import record, replace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jfml_policies.linter.questions.statement_boxes import StatementBoxes
    from jfml_policies.linter.rule import Context
    from jfml_policies.policy.nodes import Statement, Test

__all__ = ["CoveredValues", "covered_values"]

#: Longer lists are not looked at: each value is compared with all others.
_MOST_VALUES: Final = 60
#: Tests whose superfluous values AWS's own check reports.
_LIMITS: Final = ("LessThan", "GreaterThan")


@record
class CoveredValues:
    """Values that add nothing.

    Attributes:
        statement: the statement.
        test: the test.
        places: positions of the values, sorted.
        kept: the position of a value that stays.
    """

    statement: Statement
    test: Test
    places: tuple[int, ...]
    kept: int


def covered_values(context: Context) -> Iterator[CoveredValues]:
    """The values that add nothing, a group for each test that has such."""
    for statement in context.policy.statements:
        for test in statement.tests:
            if 1 < len(test.values) <= _MOST_VALUES and _may_repeat(test):
                boxes = context.ask(policy_boxes)
                if boxes is None:
                    return
                found = _of_test(statement, test, boxes)
                if found is not None:
                    yield found


def _may_repeat(test: Test) -> bool:
    """Whether the values are more than plain texts that differ."""
    operator = parse_operator(test.operator.value)
    if operator is None or operator.family in ("Bool", "Null") or any(word in operator.base for word in _LIMITS):
        return False
    values = [value.value for value in test.values]
    if operator.family in ("String", "Arn"):
        differ = len({value.lower() for value in values}) == len(values)
        return not differ or (operator.facts.patterns and any("*" in value or "?" in value for value in values))
    return True


def _of_test(statement: Statement, test: Test, boxes: StatementBoxes) -> CoveredValues | None:
    left = list(range(len(test.values)))
    for place in reversed(range(len(test.values))):
        rest = [other for other in left if other != place]
        if rest and _mean_the_same(statement, _with_values(test, left), _with_values(test, rest), boxes):
            left = rest
    gone = tuple([place for place in range(len(test.values)) if place not in left])
    return CoveredValues(statement, test, gone, left[0]) if gone else None


def _mean_the_same(statement: Statement, one: Test, two: Test, boxes: StatementBoxes) -> bool:
    assert statement.condition is not None
    bare = replace(statement, principal=None, not_principal=None, action=None, not_action=None)
    bare = replace(bare, resource=None, not_resource=None)
    first, second = (
        boxes.box_of(replace(bare, condition=replace(statement.condition, tests=(test,)))) for test in (one, two)
    )
    if first is None or second is None:
        return False
    return boxes.is_covered(first, [second]) and boxes.is_covered(second, [first])


def _with_values(test: Test, places: list[int]) -> Test:
    return replace(test, values=tuple([test.values[place] for place in places]))
