"""The fix that takes whole statements out of a policy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jfml_policies.findings import Fix
from jfml_policies.linter.fixes.quick_fix import MAX_REMOVALS
from jfml_policies.text.removal import removal_edits
from jfml_policies.text.tree import JsonArray, JsonObject

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jfml_policies.policy.nodes import Policy, Statement

__all__ = ["remove_statements"]


def remove_statements(
    policy: Policy, statements: Sequence[Statement], title: str, *, safe: bool = False, kept: int | None = None
) -> Fix | None:
    """The fix that removes statements, their commas included.

    One statement stays whatever else goes, so that no fix leaves an empty list. Fixes of one policy go together when
    they keep the same one.

    Args:
        policy: the policy.
        statements: which of its statements go.
        title: what the fix does, as a command.
        safe: whether the meaning provably stays the same.
        kept: the position of the statement that stays; the first other one when None.

    Returns:
        None where the policy has no other statement, where `Statement` is no list or stands twice, or where there is
        too much to remove.
    """
    block = policy.tree.get("Statement") if isinstance(policy.tree, JsonObject) else None
    is_only_block = [key.value for key in policy.keys].count("Statement") == 1
    if not isinstance(block, JsonArray) or not is_only_block or len(statements) > MAX_REMOVALS:
        return None
    places = {step for statement in statements if isinstance(step := statement.path[1], int)}
    if kept is None:
        kept = next((place for place in range(len(block.items)) if place not in places), None)
    if kept is None:
        return None
    return Fix(title, () if policy.span is None else removal_edits(block.items, places, kept=kept), safe)
