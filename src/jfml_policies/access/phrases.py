"""Condition tests in words, by their effect: also what they say of an absent key.

Source of the effects: IAM User Guide, "Condition operators" and "Set operators for multi-valued keys".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jfml_policies.policy.operators import parse_operator
from jfml_policies.policy.values import read_boolean

if TYPE_CHECKING:
    from jfml_policies.policy.nodes import Test
    from jfml_policies.policy.operators import Operator

__all__ = ["phrase"]

_COMPARED: Final = {
    "StringEquals": "is",
    "StringEqualsIgnoreCase": "is, in any letter case,",
    "StringLike": "matches",
    "ArnLike": "matches",
    "NumericEquals": "is",
    "NumericLessThan": "is less than",
    "NumericLessThanEquals": "is at most",
    "NumericGreaterThan": "is greater than",
    "NumericGreaterThanEquals": "is at least",
    "DateEquals": "is",
    "DateLessThan": "is before",
    "DateLessThanEquals": "is not after",
    "DateGreaterThan": "is after",
    "DateGreaterThanEquals": "is not before",
    "Bool": "is",
    "BinaryEquals": "is",
    "IpAddress": "is in",
}
_MOST_VALUES: Final = 8


def phrase(test: Test) -> str:
    """A test as a clause.

    >>> from jfml_policies.policy.parse import parse_text
    >>> document = '{"Statement": {"Condition": {"StringNotEquals": {"aws:SourceVpc": ["vpc-1", "vpc-2"]}}}}'
    >>> phrase(parse_text(document).statements[0].tests[0])
    '`aws:SourceVpc` is absent or is none of `vpc-1`, `vpc-2`'
    """
    key = f"`{test.key.value}`"
    operator = parse_operator(test.operator.value)
    if operator is None:
        return f"{test.operator.value} {key}"
    if operator.family == "Null":
        wanted = {read_boolean(value.value) for value in test.values}
        return f"{key} is present" if wanted == {False} else f"{key} is absent" if wanted == {True} else "always"
    if operator.qualifier is None:
        return f"{key} {_one(operator, test)}"
    return f"{key} {_several(operator, test)}"


def _one(operator: Operator, test: Test) -> str:
    body = _body(operator, test)
    return f"is absent or {body}" if operator.if_exists or operator.negated else body


def _several(operator: Operator, test: Test) -> str:
    body = _body(operator, test)
    if operator.qualifier == "ForAllValues":
        return f"has no value, or each of its values {body}"
    some = f"has a value that {body}"
    return f"has no value, or {some}" if operator.if_exists else some


def _body(operator: Operator, test: Test) -> str:
    words = _COMPARED[operator.facts.positive]
    values = [f"`{value.value}`" for value in test.values]
    if not values:
        return "is anything" if operator.negated else "is nothing (the list of values is empty)"
    if operator.negated:
        return f"{_negated(words, several=len(values) > 1)} {_listed(values)}"
    if len(values) > 1:
        words = f"{words} one of" if words != "is in" else "is in one of"
    return f"{words} {_listed(values)}"


def _negated(words: str, *, several: bool) -> str:
    if words == "matches":
        return "matches none of" if several else "does not match"
    if words == "is in":
        return "is in none of" if several else "is not in"
    return words.replace("is", "is none of" if several else "is not", 1)


def _listed(values: list[str]) -> str:
    if len(values) <= _MOST_VALUES:
        return ", ".join(values)
    return ", ".join(values[:_MOST_VALUES]) + f" and {len(values) - _MOST_VALUES} more"
