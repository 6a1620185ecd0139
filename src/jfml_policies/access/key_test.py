"""Condition tests in normal form: a positive test on the set of a key's values, and whether it must hold or not.

`NotOp` is the complement of `Op`, presence included; `ForAnyValue:NotOp` that of `ForAllValues:Op`, and
`ForAllValues:NotOp` that of `ForAnyValue:Op`. `Null` asks whether there is any value. So three positive tests remain.

Source: IAM User Guide, "Condition operators" and "Set operators for multi-valued keys".
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal

from jfml_policies.access.readings import FOR_ANY_VALUE_IF_EXISTS_ON_EMPTY
from jfml_policies.access.value_sets import Addresses, Line, ValueSet
from jfml_policies.policy.operators import Operator, parse_operator
from jfml_policies.policy.values import read_boolean, read_instant, read_network, read_number
from jfml_policies.record import record

if TYPE_CHECKING:
    from collections.abc import Iterable
    from fractions import Fraction

    from jfml_policies.access.value_sets import Comparison
    from jfml_policies.policy.nodes import Test

__all__ = ["Form", "Invalid", "KeyTest", "form_of", "line_of", "networks_of"]

Quantifier = Literal["one", "any", "all"]


class Invalid(Exception):  # noqa: N818 (says what the document is, and never leaves this room)
    """A document that AWS would refuse, so that it means nothing."""


@record
class KeyTest:
    """A positive test on the values of a key.

    Attributes:
        key: the condition key in lower case.
        quantifier: "one": there is exactly one value, and it is in the set; "any": some value is; "all": all are.
        absent: the answer when there is no value.
        values: the set.
    """

    key: str
    quantifier: Quantifier
    absent: bool
    values: ValueSet


@record
class Form:
    """A test but for its values.

    Attributes:
        quantifier: as of `KeyTest`.
        absent: as of `KeyTest`.
        positive: whether the positive test must hold.
        operator: the operator that is not negated; None where any value will do.
    """

    quantifier: Quantifier
    absent: bool
    positive: bool
    operator: str | None


def form_of(test: Test) -> Form | None:
    """The form of a condition test; None where it always holds.

    Raises:
        Invalid: AWS would refuse the test.
    """
    operator = parse_operator(test.operator.value)
    if operator is None or (operator.family == "Null" and operator.if_exists):
        raise Invalid(f"`{test.operator.value}` is not a condition operator")
    return _null(test) if operator.family == "Null" else _form(operator)


@lru_cache(maxsize=512)
def _form(operator: Operator) -> Form:
    positive = not operator.negated
    if operator.qualifier is None:
        return Form("one", operator.if_exists and positive, positive, operator.facts.positive)
    on_empty = operator.if_exists and FOR_ANY_VALUE_IF_EXISTS_ON_EMPTY
    if (operator.qualifier == "ForAllValues") == positive:
        # ForAllValues:Op, and ForAnyValue:NotOp as its complement.
        return Form("all", positive or not on_empty, positive, operator.facts.positive)
    return Form("any", positive and on_empty, positive, operator.facts.positive)


def _null(test: Test) -> Form | None:
    wanted = {read_boolean(value.value) for value in test.values}
    if None in wanted or not wanted:
        raise Invalid(f"`Null` compares `{test.key.value}` with something that is neither true nor false")
    if len(wanted) == 2:
        return None
    return Form("any", absent=False, positive=wanted == {False}, operator=None)


def networks_of(values: Iterable[str]) -> Addresses:
    """The addresses in some networks.

    Raises:
        Invalid: a value is none.
    """
    networks = []
    for value in values:
        network = read_network(value)
        if network is None:
            raise Invalid(f"`{value[:100]}` is not an IP address or range")
        networks.append(network)
    return Addresses(tuple(networks))


def line_of(operator: str, values: Iterable[str]) -> Line:
    """The numbers or instants that compare with some values.

    Args:
        operator: a numeric or date operator that is not negated.
        values: numbers or dates as written.

    Raises:
        Invalid: a value cannot be read.
    """
    is_date = operator.startswith("Date")
    read, write = (read_instant, _write_instant) if is_date else (read_number, _write_number)
    points = []
    for value in values:
        point = read(value)
        if point is None:
            raise Invalid(f"`{value[:100]}` is not a {'date' if is_date else 'number'}")
        points.append(point)
    return Line(_COMPARISONS[operator.removeprefix("Date" if is_date else "Numeric")], tuple(points), read, write)


_COMPARISONS: Final[dict[str, Comparison]] = {
    "Equals": "=",
    "LessThan": "<",
    "LessThanEquals": "<=",
    "GreaterThan": ">",
    "GreaterThanEquals": ">=",
}


def _write_number(value: Fraction) -> str:
    """A number as a request writes it; exact, since every candidate is a decimal."""
    if value.denominator == 1:
        return str(value.numerator)
    digits = 0
    scaled = value
    while scaled.denominator != 1 and digits < 200:
        scaled *= 10
        digits += 1
    sign = "-" if scaled < 0 else ""
    text = str(abs(scaled.numerator)).rjust(digits + 1, "0")
    return f"{sign}{text[:-digits]}.{text[-digits:]}"


def _write_instant(value: Fraction) -> str:
    from datetime import UTC, datetime, timedelta

    try:
        moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=int(value))
    except OverflowError:
        return _write_number(value)
    if value.denominator != 1 or moment.year < 1000:
        return _write_number(value)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
