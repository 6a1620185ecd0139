"""Edits that rules offer as fixes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jfml_policies.findings import Edit, Fix
from jfml_policies.policy.nodes import Listing, Text
from jfml_policies.policy.write import quote
from jfml_policies.text.removal import removal_edits

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["MAX_REMOVALS", "remove_entries", "replace_text", "replace_texts"]

#: Nobody reads a fix with more edits; one list is not edited more often by one fix.
MAX_REMOVALS: Final = 1_000


def replace_text(at: Text, new: str, *, safe: bool = False) -> Fix:
    """The fix that writes another text in the place of one, its quotes included."""
    return replace_texts([(at, new)], safe=safe)


def replace_texts(changes: Sequence[tuple[Text, str]], *, safe: bool = False) -> Fix:
    """The fix that writes other texts in the places of some, in order of place; its title names the first."""
    edits = [Edit(at.span, quote(new)) for at, new in changes if at.span is not None]
    at, new = changes[0]
    more = f" and {len(changes) - 1} more" if len(changes) > 1 else ""
    return Fix(f"replace `{at.value}` by `{new}`{more}", tuple(edits), safe)


def remove_entries(listing: Listing, removed: Sequence[int], *, kept: int, safe: bool = False) -> Fix | None:
    """The fix that takes entries out of a list, their commas included.

    Fixes of one list go together when they were made with the same kept entry.

    Args:
        listing: the element.
        removed: positions in `listing.values`.
        kept: position of an entry that stays whatever else goes.
        safe: whether the meaning provably stays the same.

    Returns:
        None where there is too much to remove, or where something that is no text stands between the entries.
    """
    values = listing.values
    if len(removed) > MAX_REMOVALS:
        return None
    first, last = min(*removed, kept), max(*removed, kept)
    if values[last].path[-1] != _plus(values[first].path[-1], last - first):
        return None
    title = f"remove `{values[removed[0]].value}`" + (f" and {len(removed) - 1} more" if len(removed) > 1 else "")
    edits = () if values[kept].span is None else removal_edits(values, removed, kept=kept)
    return Fix(title, edits, safe)


def _plus(step: int | str, more: int) -> int | None:
    return step + more if isinstance(step, int) else None
