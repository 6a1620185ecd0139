"""What was missing: the Allow statement that comes nearest to a request, and what it asks for, by effect."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jfml_policies.access.decision import NearMiss, Need, StatementPlace
from jfml_policies.access.statement_match import failing_elements
from jfml_policies.patterns.variables import parse_variables
from jfml_policies.policy.nodes import Listing, Principals, Test
from jfml_policies.policy.operators import parse_operator
from jfml_policies.policy.values import read_boolean

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from jfml_policies.access.documents import Source
    from jfml_policies.access.request_facts import RequestFacts
    from jfml_policies.access.statement_match import Element
    from jfml_policies.policy.nodes import Text
    from jfml_policies.policy.operators import Operator

__all__ = ["nearest_allow", "quoted"]

_LISTED: Final = 3
_LONGEST: Final = 120

#: What follows "needs KEY to", or "needs KEY not to" where the operator is negated.
_PHRASES: Final = {
    "StringEquals": "be",
    "StringEqualsIgnoreCase": "be, in any letter case,",
    "StringLike": "match",
    "NumericEquals": "be",
    "NumericLessThan": "be less than",
    "NumericLessThanEquals": "be at most",
    "NumericGreaterThan": "be more than",
    "NumericGreaterThanEquals": "be at least",
    "DateEquals": "be",
    "DateLessThan": "be before",
    "DateLessThanEquals": "be no later than",
    "DateGreaterThan": "be after",
    "DateGreaterThanEquals": "be no earlier than",
    "Bool": "be",
    "BinaryEquals": "be",
    "IpAddress": "lie in",
    "ArnLike": "match",
}


def nearest_allow(sources: Iterable[Source], facts: RequestFacts) -> NearMiss | None:
    """The Allow statement that fewest elements keep from matching, the first among equals; None without any Allow.

    A statement about the action comes before one about another, and one about the resource before others.

    Args:
        sources: the documents that could have allowed the request.
        facts: the request.
    """
    best: tuple[tuple[int, int, int], NearMiss] | None = None
    for source in sources:
        for statement in source.policy.statements:
            failing = failing_elements(statement, facts, source.policy) if statement.allows else ()
            if not failing:
                continue
            names = [element.name for element in failing if isinstance(element, Listing)]
            rank = (
                len(failing),
                sum(name in ("Action", "NotAction") for name in names),
                sum(name in ("Resource", "NotResource") for name in names),
            )
            if best is None or rank < best[0]:
                needs = tuple([Need(element.path, _need(element, facts)) for element in failing])
                best = (rank, NearMiss(StatementPlace.of(statement, source), needs))
    return None if best is None else best[1]


def quoted(text: str) -> str:
    """A text in backticks, shortened where it is very long."""
    return f"`{text if len(text) <= _LONGEST else text[: _LONGEST - 3] + '...'}`"


def _need(element: Element, facts: RequestFacts) -> str:
    if isinstance(element, Test):
        return _need_of_test(element, facts)
    if isinstance(element, Principals):
        entries = [element.text] if element.text else [text for group in element.groups for text in group.values]
    else:
        entries = list(element.values)
    listed = _list([entry.value for entry in entries], "and")
    if element.name.startswith("Not"):
        return f"leaves out {listed}"
    word = "for" if isinstance(element, Principals) else "about"
    if not entries:
        return f"is {word} nothing, for its {element.name} is empty"
    unset = _unset_variables(entries, facts) if element.name == "Resource" else ""
    return f"is {word} {listed} only{f'; the request has {unset}' if unset else ''}"


def _need_of_test(test: Test, facts: RequestFacts) -> str:
    operator = parse_operator(test.operator.value)
    key = quoted(test.key.value)
    if operator is None or operator.family == "Null":
        absent = any(read_boolean(value.value) for value in test.values)
        return f"needs {key} to be {'absent' if absent else 'present'}{_has(test, facts)}"
    whose = {"ForAllValues": f"every value of {key}", "ForAnyValue": f"some value of {key}"}
    subject = whose.get(operator.qualifier or "", key)
    return f"needs {subject} {_asked(operator, test)}{_has(test, facts)}"


def _asked(operator: Operator, test: Test) -> str:
    listed = _list([value.value for value in test.values], "or") if test.values else "one of no values"
    return f"{'not to' if operator.negated else 'to'} {_PHRASES[operator.facts.positive]} {listed}"


def _has(test: Test, facts: RequestFacts) -> str:
    values = facts.values(test.key.value)
    unset = _unset_variables(test.values, facts)
    return f"; the request has {_list(values, 'and') if values else 'none'}{f', and {unset}' if unset else ''}"


def _unset_variables(entries: Iterable[Text], facts: RequestFacts) -> str:
    """Which variables keep entries from meaning anything, in words; empty where none does."""
    keys = {
        variable.key: None
        for entry in entries
        for variable in parse_variables(entry.value).variables
        if variable.default is None and variable.key.lower() not in facts.variables
    }
    return f"no value for {_list(list(keys), 'and')}" if keys else ""


def _list(texts: Sequence[str], conjunction: str) -> str:
    shown = [quoted(text) for text in texts[:_LISTED]]
    if len(texts) > _LISTED:
        shown.append(f"{len(texts) - _LISTED:,} more")
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} {conjunction} {shown[-1]}" if shown else "nothing"
