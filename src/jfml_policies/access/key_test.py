"""Condition tests in normal form: a positive test on the set of a key's values, and whether it must hold or not.

`NotOp` is the complement of `Op`, presence included; `ForAnyValue:NotOp` that of `ForAllValues:Op`, and
`ForAllValues:NotOp` that of `ForAnyValue:Op`. `Null` asks whether there is any value. So three positive tests remain.

Source: IAM User Guide, "Condition operators" and "Set operators for multi-valued keys".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from jfml_policies.access.readings import FOR_ANY_VALUE_IF_EXISTS_ON_EMPTY
from jfml_policies.access.value_sets import EVERYTHING, Addresses, Line, Texts, ValueSet
from jfml_policies.policy.operators import Operator, parse_operator
from jfml_policies.policy.values import read_boolean, read_instant, read_network, read_number
from jfml_policies.record import record

if TYPE_CHECKING:
    from collections.abc import Callable
    from fractions import Fraction

    from jfml_policies.access.value_sets import Comparison
    from jfml_policies.policy.nodes import Test

__all__ = ["Invalid", "KeyTest", "normalise_test"]

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


def normalise_test(test: Test, texts: Callable[[Operator, Test], Texts]) -> tuple[KeyTest, bool] | None:
    """The positive test that a condition test means, and whether it must hold; None where it always holds.

    Args:
        test: as parsed.
        texts: makes the set of texts of an operator whose values may hold policy variables.

    Raises:
        Invalid: AWS would refuse the test.
    """
    operator = parse_operator(test.operator.value)
    if operator is None or (operator.family == "Null" and operator.if_exists):
        raise Invalid(f"`{test.operator.value}` is not a condition operator")
    key = test.key.value.lower()
    if operator.family == "Null":
        return _null(key, test)
    values = _values(operator, test, texts)
    if operator.qualifier is None:
        return KeyTest(key, "one", operator.if_exists and not operator.negated, values), not operator.negated
    if (operator.qualifier == "ForAllValues") != operator.negated:
        # ForAllValues:Op, and ForAnyValue:NotOp as its complement.
        absent = not (operator.negated and operator.if_exists and FOR_ANY_VALUE_IF_EXISTS_ON_EMPTY)
        return KeyTest(key, "all", absent, values), not operator.negated
    absent = not operator.negated and operator.if_exists and FOR_ANY_VALUE_IF_EXISTS_ON_EMPTY
    return KeyTest(key, "any", absent, values), not operator.negated


def _null(key: str, test: Test) -> tuple[KeyTest, bool] | None:
    wanted = {read_boolean(value.value) for value in test.values}
    if None in wanted or not wanted:
        raise Invalid(f"`Null` compares `{test.key.value}` with something that is neither true nor false")
    if len(wanted) == 2:
        return None
    return KeyTest(key, "any", absent=False, values=EVERYTHING), wanted == {False}


def _values(operator: Operator, test: Test, texts: Callable[[Operator, Test], Texts]) -> ValueSet:
    if operator.family == "Numeric":
        return _line(operator, test, read_number, _write_number)
    if operator.family == "Date":
        return _line(operator, test, read_instant, _write_instant)
    if operator.family != "IpAddress":
        return texts(operator, test)
    networks = []
    for value in test.values:
        network = read_network(value.value)
        if network is None:
            raise Invalid(f"`{value.value[:100]}` is not an IP address or range")
        networks.append(network)
    return Addresses(tuple(networks))


def _line(
    operator: Operator, test: Test, read: Callable[[str], Fraction | None], write: Callable[[Fraction], str]
) -> Line:
    points = []
    for value in test.values:
        point = read(value.value)
        if point is None:
            raise Invalid(f"`{value.value[:100]}` is not a {'number' if operator.family == 'Numeric' else 'date'}")
        points.append(point)
    return Line(_COMPARISONS[operator.facts.positive.removeprefix(operator.family)], tuple(points), read, write)


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
