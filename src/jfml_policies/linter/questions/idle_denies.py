"""Denies of a document that decides alone, which deny nothing that the document allows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jfml_policies.linter.questions.statement_meaning import policy_boxes, statement_meaning

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jfml_policies.linter.questions.statement_boxes import StatementBoxes
    from jfml_policies.linter.rule import Context
    from jfml_policies.policy.nodes import Statement

__all__ = ["idle_denies"]


def idle_denies(context: Context) -> Iterator[Statement]:
    """The Denies that share no request with any Allow; none where the document allows nothing."""
    statements = context.policy.statements
    allows = [place for place, statement in enumerate(statements) if statement.allows]
    denies = [place for place, statement in enumerate(statements) if statement.denies]
    if not allows or not denies:
        return
    boxes = context.ask(policy_boxes)
    if boxes is None:
        return
    covered = {one.statement.path for one in context.ask(statement_meaning).covered}
    for place in denies:
        if statements[place].path not in covered and all(_are_apart(place, allow, boxes) for allow in allows):
            yield statements[place]


def _are_apart(deny: int, allow: int, boxes: StatementBoxes) -> bool:
    one, two = boxes.box(deny), boxes.box(allow)
    # A statement that matches nothing has a rule of its own, and one that can't be read might match anything.
    return one is not None and two is not None and boxes.is_covered(one | two, [])
