"""How many suggestions the findings of one statement may cost: comparing names with known ones is slow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from jfml_policies.policy.nodes import Policy

__all__ = ["suggestions_per_statement"]

#: For all statements of a policy together, and for one.
_MOST: Final = 400
_MOST_PER_STATEMENT: Final = 50


def suggestions_per_statement(policy: Policy) -> int:
    """A share that is the same for each statement; none in documents with more statements than AWS would take.

    >>> from jfml_policies.policy.parse import parse_text
    >>> suggestions_per_statement(parse_text('{"Statement": {"Effect": "Allow"}}'))
    50
    """
    return min(_MOST_PER_STATEMENT, _MOST // max(1, len(policy.statements)))
