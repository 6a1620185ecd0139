"""Condition operators: completions, and what each does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jfml_policies.editor.candidate import Candidate, candidate, is_begun
from jfml_policies.policy.operators import OPERATORS, QUALIFIERS, Family, Operator, parse_operator

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jfml_policies.editor.place import Place

__all__ = ["operator_candidates", "operator_meaning"]

_MEANINGS: Final[dict[str, str]] = {
    "StringEquals": "the key's value is one of these texts, letter for letter",
    "StringNotEquals": "the key's value is none of these texts",
    "StringEqualsIgnoreCase": "the key's value is one of these texts, in any letter case",
    "StringNotEqualsIgnoreCase": "the key's value is none of these texts, in any letter case",
    "StringLike": "the key's value matches one of these patterns, letter for letter",
    "StringNotLike": "the key's value matches none of these patterns",
    "NumericEquals": "the key's number is one of these",
    "NumericNotEquals": "the key's number is none of these",
    "NumericLessThan": "the key's number is smaller",
    "NumericLessThanEquals": "the key's number is smaller or equal",
    "NumericGreaterThan": "the key's number is greater",
    "NumericGreaterThanEquals": "the key's number is greater or equal",
    "DateEquals": "the key's moment is one of these",
    "DateNotEquals": "the key's moment is none of these",
    "DateLessThan": "the key's moment is earlier",
    "DateLessThanEquals": "the key's moment is earlier or the same",
    "DateGreaterThan": "the key's moment is later",
    "DateGreaterThanEquals": "the key's moment is later or the same",
    "Bool": "the key is true, or false, as this says",
    "BinaryEquals": "the key's bytes are these, written in base64",
    "IpAddress": "the key's address lies in one of these ranges",
    "NotIpAddress": "the key's address lies in none of these ranges",
    "ArnEquals": "the key's ARN matches one of these, field by field; the same as `ArnLike`",
    "ArnLike": "the key's ARN matches one of these, field by field",
    "ArnNotEquals": "the key's ARN matches none of these, field by field; the same as `ArnNotLike`",
    "ArnNotLike": "the key's ARN matches none of these, field by field",
    "Null": 'the key is missing (`"true"`) or present (`"false"`) in the request',
}
_QUALIFIED: Final = {
    "ForAllValues": "Every value that the request has for the key must pass; with no value at all it passes.",
    "ForAnyValue": "At least one of the values that the request has for the key must pass.",
}
_SUFFIX: Final = "IfExists"


def operator_meaning(operator: Operator) -> str:
    """What an operator does, as sentences of Markdown.

    >>> operator_meaning(parse_operator("NumericLessThanIfExists"))
    "Holds when the key's number is smaller. It holds as well when the request lacks the key."
    """
    said = [f"Holds when {_MEANINGS[operator.base]}."]
    if operator.facts.patterns:
        said.append("`*` and `?` are wildcards.")
    if operator.facts.variables:
        said.append("Policy variables may stand in it.")
    if operator.qualifier is not None:
        said.append(_QUALIFIED[operator.qualifier])
    if operator.family == "Null":
        return " ".join(said)
    if operator.if_exists or (operator.negated and operator.qualifier != "ForAnyValue"):
        said.append("It holds as well when the request lacks the key.")
    elif operator.qualifier != "ForAllValues":
        said.append("It fails when the request lacks the key.")
    return " ".join(said)


def operator_candidates(place: Place) -> Iterator[Candidate]:
    """The operators that may stand at the cursor; prefixes and the suffix come once one is begun that has them."""
    cursor = place.cursor
    typed = cursor.typed
    present = set(place.siblings)
    for name, rank in _spellings(typed):
        if name not in present and is_begun(name, typed):
            operator = parse_operator(name)
            yield candidate(cursor, name, "operator", _detail(operator), rank=rank)


def _spellings(typed: str) -> Iterator[tuple[str, int]]:
    for base in OPERATORS:
        yield base, 0
        # All spellings at once would be a hundred: the suffix is offered to those who have come near it.
        if base != "Null" and typed and is_begun(base, typed):
            yield base + _SUFFIX, 1
        if base != "Null" and is_begun(typed, base):
            yield base + _SUFFIX, 0
    for qualifier in QUALIFIERS:
        begun = is_begun(typed, f"{qualifier}:")
        if not begun:
            yield f"{qualifier}:", 2
            continue
        for base, facts in OPERATORS.items():
            if facts.family != "Null":
                yield f"{qualifier}:{base}", 0
                yield f"{qualifier}:{base}{_SUFFIX}", 1


def _detail(operator: Operator | None) -> str:
    if operator is None:
        return "for keys with several values"
    family: Family = operator.family
    return (
        f"{family}, {'negated' if operator.negated else 'positive'}" if family != "Null" else "whether a key is there"
    )
