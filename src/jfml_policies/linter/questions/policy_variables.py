"""Policy variables in the texts of a policy, where they are read and where they are not."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from jfml_policies.patterns.variables import (
    Escape,
    PatternText,
    Variable,
    VariableProblemCode,
    parse_variables,
)
from jfml_policies.policy.nodes import Test, Text
from jfml_policies.policy.operators import parse_operator

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["broken_variables", "is_key_name", "values_with_variables", "variables_in"]

_PLAIN = PatternText(())


def variables_in(text: str) -> list[str]:
    """The policy variables and escapes of a text, as written.

    Placeholders of templates are left out.

    >>> variables_in("arn:aws:s3:::b/${aws:username}/${*}/${BucketName}")
    ['${aws:username}', '${*}']
    """
    return [
        text[part.span.start : part.span.end]
        for part in _read(text).parts
        if isinstance(part, Escape) or (isinstance(part, Variable) and is_key_name(part.key))
    ]


def is_key_name(name: str) -> bool:
    """Whether what stands in `${...}` can name a condition key; else it is a template's placeholder.

    >>> [is_key_name(name) for name in ("aws:username", "AWS::AccountId", "var.account_id")]
    [True, False, False]
    """
    return ":" in name and "::" not in name


def broken_variables(text: str, code: VariableProblemCode) -> list[str]:
    """The malformed variables of a text that have this problem, as written.

    >>> broken_variables("home/${}/${aws:username}", "empty")
    ['${}']
    """
    return [text[fault.span.start : fault.span.end] for fault in _read(text).problems if fault.code == code]


def values_with_variables(test: Test) -> Iterator[Text]:
    """The values of a condition test that may hold variables; none where the operator takes none."""
    operator = parse_operator(test.operator.value)
    if operator is not None and operator.facts.variables:
        yield from test.values


@lru_cache(maxsize=16)
def _read_open(text: str) -> PatternText:
    return parse_variables(text)


def _read(text: str) -> PatternText:
    # Reading goes character by character; few texts have a variable at all.
    return _read_open(text) if "${" in text else _PLAIN
