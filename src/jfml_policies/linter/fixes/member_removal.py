"""Fixes that take one member out of an object: a test of a condition, a type of principals, a key's second copy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jfml_policies.findings import Fix, Span
from jfml_policies.linter.questions.elements import remove_element
from jfml_policies.text.removal import removal_edits
from jfml_policies.text.tree import JsonObject

if TYPE_CHECKING:
    from jfml_policies.policy.nodes import Statement, Test

__all__ = ["remove_member", "remove_test"]

#: An object with more members is not looked through for a fix.
_MOST_MEMBERS: Final = 200


def remove_member(tree: JsonObject, place: int, title: str, *, kept: int, safe: bool = False) -> Fix | None:
    """The fix that takes a member out of an object, its comma included.

    Fixes of one object go together when they were made with the same kept member.

    Args:
        tree: the object.
        place: the member's position.
        title: what the fix does, as a command.
        kept: the position of a member that stays whatever else goes.
        safe: whether the meaning provably stays the same.

    Returns:
        None where the member is the kept one, or where the object has too many members.
    """
    if place == kept or len(tree.members) > _MOST_MEMBERS:
        return None
    if tree.start < 0:
        return Fix(title, (), safe)
    places = [Span(member.key.start, member.value.end) for member in tree.members]
    return Fix(title, removal_edits(places, [place], kept=kept), safe)


def remove_test(test: Test, statement: Statement) -> Fix | None:
    """The fix that takes a test out of its condition; an operator or a condition that is left empty goes with it.

    What a statement applies to may change with it, so it is never safe. None where a name on the way to the test
    stands twice, or where the statement has too many tests.
    """
    if len(statement.tests) > _MOST_MEMBERS:
        return None
    condition = _only(statement.tree, "Condition")
    block = None if condition is None else _only(condition, test.operator.value)
    if condition is None or block is None or _names(block).count(test.key.value) != 1:
        return None
    title = f"remove `{test.key.value}` under `{test.operator.value}`"
    for tree, name in ((block, test.key.value), (condition, test.operator.value)):
        if len(tree.members) > 1:
            place = _names(tree).index(name)
            return remove_member(tree, place, title, kept=1 if place == 0 else 0)
    whole = remove_element(statement, "Condition")
    return None if whole is None else Fix(title, whole.edits)


def _only(tree: JsonObject, name: str) -> JsonObject | None:
    """The object under a name that stands once."""
    value = tree.get(name) if _names(tree).count(name) == 1 else None
    return value if isinstance(value, JsonObject) else None


def _names(tree: JsonObject) -> list[str]:
    return [member.key.value for member in tree.members]
