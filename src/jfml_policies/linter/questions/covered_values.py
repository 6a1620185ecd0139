"""Values of a condition test that change nothing beside the test's other values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jfml_policies.linter.questions.coverage import Budget, cover_groups
from jfml_policies.linter.questions.statement_meaning import policy_boxes
from jfml_policies.patterns.letter_case import fold
from jfml_policies.policy.operators import parse_operator
from jfml_policies.policy.values import Network, read_instant, read_network, read_number
from jfml_policies.record import record, replace

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Sequence

    from jfml_policies.linter.questions.statement_boxes import StatementBoxes
    from jfml_policies.linter.rule import Context
    from jfml_policies.policy.nodes import Statement, Test

__all__ = ["CoveredValues", "covered_values"]

#: Longer lists are not looked at: each value is compared with all others.
_MOST_VALUES: Final = 60
#: Values of one policy that are looked at closely.
_MOST_PROOFS: Final = 100
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
    budget, proofs = Budget(), _MOST_PROOFS
    for statement in context.policy.statements:
        for test in statement.tests:
            doubtful = _doubtful(test, budget) if 1 < len(test.values) <= _MOST_VALUES else []
            proofs -= len(doubtful)
            boxes = context.ask(policy_boxes) if doubtful else None
            if proofs >= 0 and boxes is not None:
                found = _of_test(statement, test, doubtful, boxes)
                if found is not None:
                    yield found


def _doubtful(test: Test, budget: Budget) -> list[int]:
    """The values that another value may include, in order; told from their texts."""
    operator = parse_operator(test.operator.value)
    if operator is None or any(word in operator.base for word in _LIMITS):
        return []
    values = [value.value for value in test.values]
    if operator.family in ("String", "Arn"):
        if not operator.facts.patterns:
            return _repeated([fold(value) for value in values] if operator.base.endswith("IgnoreCase") else values)
        return sorted(
            {place for group in cover_groups(values, fold_case=False, budget=budget) for place in group.covered}
        )
    if operator.family == "Numeric":
        return _repeated([read_number(value) for value in values])
    if operator.family == "Date":
        return _repeated([read_instant(value) for value in values])
    if operator.family == "IpAddress":
        return _inside([read_network(value) for value in values])
    return []


def _repeated(values: Sequence[Hashable]) -> list[int]:
    """The positions of values that came before."""
    first: dict[Hashable, int] = {}
    return [place for place, value in enumerate(values) if first.setdefault(value, place) != place]


def _inside(networks: Sequence[Network | None]) -> list[int]:
    """The positions of networks whose first address lies in another one."""
    return [
        place
        for place, network in enumerate(networks)
        if network is not None
        and any(
            other is not None
            and number != place
            and network.version == other.version
            and other.first <= network.first <= other.last
            for number, other in enumerate(networks)
        )
    ]


def _of_test(statement: Statement, test: Test, doubtful: Sequence[int], boxes: StatementBoxes) -> CoveredValues | None:
    left = list(range(len(test.values)))
    for place in reversed(doubtful):
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
