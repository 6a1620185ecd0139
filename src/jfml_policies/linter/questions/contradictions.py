"""Why a statement matches no request, where each of its texts is right by itself."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

from jfml_policies.linter.questions.statement_meaning import policy_boxes
from jfml_policies.policy.operators import parse_operator
from jfml_policies.record import record, replace

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jfml_policies.linter.questions.statement_boxes import StatementBoxes
    from jfml_policies.linter.rule import Context
    from jfml_policies.policy.nodes import Listing, Principals, Statement, Test

__all__ = ["Contradiction", "contradictions"]

#: A condition with more tests is not looked at.
_MOST_TESTS: Final = 100


@record
class Contradiction:
    """Why a statement matches no request.

    Attributes:
        statement: the statement.
        tests: the tests of one key that no value meets together; empty when an element leaves nothing.
        element: the element that leaves nothing, or None.
    """

    statement: Statement
    tests: tuple[Test, ...] = ()
    element: Listing | Principals | None = None


def _may_contradict(statement: Statement) -> bool:
    """Whether a look at the texts leaves it possible that the statement matches nothing."""
    if any(
        one and any(set(text.value) == {"*"} for text in one.values)
        for one in (statement.not_action, statement.not_resource)
    ):
        return True
    keys = {test.key.value.lower() for test in statement.tests}
    return statement.not_principal is not None or len(keys) < len(statement.tests)


def contradictions(context: Context) -> Iterator[Contradiction]:
    """The first reason of each statement that matches nothing."""
    for statement in context.policy.statements:
        if len(statement.tests) <= _MOST_TESTS and _may_contradict(statement):
            boxes = context.ask(policy_boxes)
            if boxes is None:
                return
            yield from islice(_reasons(statement, boxes), 1)


def _reasons(statement: Statement, boxes: StatementBoxes) -> Iterator[Contradiction]:
    bare = replace(statement, principal=None, action=None, resource=None, not_principal=None, not_action=None)
    bare = replace(bare, not_resource=None, condition=None)
    if statement.not_principal and boxes.is_dead(replace(bare, not_principal=statement.not_principal)):
        yield Contradiction(statement, element=statement.not_principal)
    if statement.not_action and boxes.is_dead(replace(bare, not_action=statement.not_action)):
        yield Contradiction(statement, element=statement.not_action)
    if statement.not_resource and boxes.is_dead(replace(bare, not_resource=statement.not_resource)):
        yield Contradiction(statement, element=statement.not_resource)
    by_key: dict[str, list[Test]] = {}
    for test in statement.tests:
        by_key.setdefault(test.key.value.lower(), []).append(test)

    def can_hold(tests: Sequence[Test]) -> bool:
        condition = replace(statement.condition, tests=tuple(tests)) if statement.condition else None
        return not boxes.is_dead(replace(bare, condition=condition))

    for key, tests in by_key.items():
        if can_hold(tests) or _depends_on_reading(tests, may_have_several=boxes.space.may_have_several(key)):
            continue
        # A test that nothing meets alone holds a value that is no value, or a wildcard: other rules say so.
        if all(can_hold([test]) for test in tests):
            yield Contradiction(statement, tuple(tests))


def _depends_on_reading(tests: Sequence[Test], *, may_have_several: bool) -> bool:
    """Whether AWS leaves open what the tests compare.

    That is so for one key twice under one operator, in letters of different case, and for a plain operator on a key
    that may have several values.
    """
    if len({test.operator.value for test in tests}) < len(tests):
        return True
    operators = [parse_operator(test.operator.value) for test in tests]
    return may_have_several and any(
        one is None or (one.qualifier is None and one.family != "Null") for one in operators
    )
