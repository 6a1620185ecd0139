"""Condition tests that no request passes together.

Source: IAM User Guide, "IAM JSON policy elements: Condition operators" and "Conditions with multiple context keys or
values": all tests of a Condition must hold, and one of the values of each.
"""

from __future__ import annotations

from typing import Final

from jfml_policies.linter.questions.demanding_tests import demanding_operator
from jfml_policies.linter.questions.statement_principals import holds_unknown
from jfml_policies.patterns.arn import has_wildcard
from jfml_policies.patterns.arn_pattern import arn_like
from jfml_policies.patterns.glob import intersects, matches
from jfml_policies.policy.nodes import Test
from jfml_policies.policy.operators import Operator, parse_operator

__all__ = ["contradict"]

#: Values of one test that are compared; there is no reason for more.
_MOST_VALUES: Final = 60


def contradict(first: Test, second: Test) -> bool:
    """Whether two tests of the same key, which has one value, never hold together; False when in doubt.

    >>> from jfml_policies.policy.parse import parse_text
    >>> text = '''{"Statement": {"Condition": {
    ...     "StringEquals": {"aws:PrincipalAccount": "111122223333"}, "StringLike": {"aws:PrincipalAccount": "4*"}}}}'''
    >>> contradict(*parse_text(text).statements[0].tests)
    True
    """
    for one, other in ((first, second), (second, first)):
        operator = _comparing(one)
        if operator is None:
            continue
        if _demands_absence(other):
            return True
        against = parse_operator(other.operator.value)
        if against is None or against.family not in ("String", "Arn") or not _are_settled(other):
            continue
        if against.negated and against.qualifier is None and _forbids_all(one, operator, other, against):
            return True
    operator, against = _comparing(first), _comparing(second)
    return (
        operator is not None
        and against is not None
        and not _share_value(first, second, fold="IgnoreCase" in operator.base or "IgnoreCase" in against.base)
    )


def _comparing(test: Test) -> Operator | None:
    """The operator of a test that demands settled texts."""
    operator = demanding_operator(test)
    return operator if operator is not None and operator.family in ("String", "Arn") and _are_settled(test) else None


def _are_settled(test: Test) -> bool:
    return 0 < len(test.values) <= _MOST_VALUES and not any(holds_unknown(value.value) for value in test.values)


def _demands_absence(test: Test) -> bool:
    return test.operator.value == "Null" and bool(test.values) and all(v.value.lower() == "true" for v in test.values)


def _share_value(first: Test, second: Test, *, fold: bool) -> bool:
    """Whether a text may fit both; True when in doubt."""
    # A wildcard under an operator that takes it literally is another rule's finding, and read here as it was meant.
    return any(
        intersects(one.value.lower(), other.value.lower()) if fold else intersects(one.value, other.value)
        for one in first.values
        for other in second.values
    )


def _forbids_all(demanded: Test, operator: Operator, forbidden: Test, against: Operator) -> bool:
    """Whether each demanded text is forbidden; only exact ones are compared."""
    if operator.base.endswith("IgnoreCase") or (against.family == "Arn" and operator.family != "Arn"):
        return False
    if any(has_wildcard(value.value) for value in demanded.values):
        return False
    return all(any(_forbids(against, other.value, one.value) for other in forbidden.values) for one in demanded.values)


def _forbids(against: Operator, value: str, text: str) -> bool:
    if against.family == "Arn":
        return arn_like(value, text)
    if against.facts.patterns:
        return matches(value, text)
    return value.lower() == text.lower() if against.base.endswith("IgnoreCase") else value == text
