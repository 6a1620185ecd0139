"""Which actions a statement names, told from the names alone and at once for hundreds of actions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jfml_policies.patterns.glob import matches

if TYPE_CHECKING:
    from jfml_policies.policy.nodes import Statement

__all__ = ["NamedActions"]


class NamedActions:
    """The actions that a statement is about.

    >>> from jfml_policies.policy.read import loads
    >>> text = '{"Statement": {"Effect": "Allow", "Action": ["iam:Pass*", "s3:GetObject"], "Resource": "*"}}'
    >>> named = NamedActions(loads(text).statements[0])
    >>> "iam:passrole" in named, "s3:putobject" in named
    (True, False)
    """

    __slots__ = ("_exact", "_is_negated", "_patterns")

    def __init__(self, statement: Statement) -> None:
        entries = [value.value.lower() for value in statement.actions.values] if statement.actions else []
        self._is_negated: bool = statement.action is None and statement.not_action is not None
        self._exact: frozenset[str] = frozenset([text for text in entries if "*" not in text and "?" not in text])
        # What stands before the first wildcard tells most actions apart.
        self._patterns: list[tuple[str, str]] = [
            (text.partition("*")[0].partition("?")[0], text) for text in entries if text not in self._exact
        ]

    def __contains__(self, action: str) -> bool:
        """Whether the statement is about an action, given in lower case."""
        listed = action in self._exact or any(
            action.startswith(start) and matches(pattern, action) for start, pattern in self._patterns
        )
        return listed != self._is_negated
