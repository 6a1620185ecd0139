"""Whether a condition test holds for a request: operators, IfExists, Null and the set operators.

Sources: IAM User Guide, "IAM JSON policy elements: Condition operators" and "Single-valued vs. multivalued context
keys".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jfml_policies.access.comparisons import hits
from jfml_policies.access.readings import FOR_ANY_VALUE_IF_EXISTS_ON_EMPTY, PLAIN_OPERATOR_ON_SEVERAL_VALUES
from jfml_policies.policy.operators import parse_operator
from jfml_policies.policy.values import read_boolean

if TYPE_CHECKING:
    from jfml_policies.access.request_facts import RequestFacts
    from jfml_policies.policy.nodes import Test
    from jfml_policies.policy.operators import Operator

__all__ = ["condition_holds"]


def condition_holds(test: Test, facts: RequestFacts, *, has_variables: bool) -> bool:
    """Whether one condition test holds.

    Args:
        test: of a valid document, so that its operator exists and can read its values.
        facts: the request.
        has_variables: whether `${...}` is a policy variable in this document.
    """
    operator = parse_operator(test.operator.value)
    if operator is None:  # a document that AWS would refuse, of which no answer means anything
        return False
    values = facts.values(test.key.value)
    if operator.family == "Null":
        return _null_holds(test, values)
    variables = facts.variables if has_variables else None

    def is_true_of(value: str) -> bool:
        hit = any(hits(operator, value, written.value, variables) for written in test.values)
        return hit != operator.negated

    if operator.qualifier == "ForAllValues":
        return all(map(is_true_of, values))
    if operator.qualifier == "ForAnyValue":
        return any(map(is_true_of, values)) if values else operator.if_exists and FOR_ANY_VALUE_IF_EXISTS_ON_EMPTY
    if len(values) == 1:
        return is_true_of(values[0])
    return _plain_operator_without_the_one_value(operator, values)


def _null_holds(test: Test, values: tuple[str, ...]) -> bool:
    """`"true"` asks for the key's absence, `"false"` for its presence."""
    return any(read_boolean(written.value) == (not values) for written in test.values)


def _plain_operator_without_the_one_value(operator: Operator, values: tuple[str, ...]) -> bool:
    if not values:
        return operator.negated or operator.if_exists
    return operator.negated != PLAIN_OPERATOR_ON_SEVERAL_VALUES
