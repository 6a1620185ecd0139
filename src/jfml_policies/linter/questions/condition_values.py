"""Values of a condition test that say one thing: a policy variable, a token or a wildcard leaves a value open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jfml_policies.linter.questions.resource_arn import is_literal
from jfml_policies.policy.nodes import Test, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["holds_variable", "literal_values", "settled_values"]

_OPEN = "${"


def holds_variable(text: str) -> bool:
    """Whether a text holds a policy variable, or a template's token.

    >>> holds_variable("home/${aws:username}"), holds_variable("home/*")
    (True, False)
    """
    return _OPEN in text


def settled_values(test: Test) -> Iterator[Text]:
    """The values without variables: what they are is decided here and now."""
    for value in test.values:
        if _OPEN not in value.value:
            yield value


def literal_values(test: Test) -> Iterator[Text]:
    """The values without variables and wildcards.

    A wildcard under an operator that takes it literally is WILDCARD_WITHOUT_LIKE_OPERATOR's business, so it counts as
    one here too.
    """
    for value in test.values:
        if is_literal(value.value):
            yield value
