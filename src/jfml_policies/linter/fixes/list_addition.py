"""The fix that adds entries to a list; a bare value becomes a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jfml_policies.findings import Edit, Fix, Span
from jfml_policies.policy.nodes import Listing
from jfml_policies.policy.write import quote

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["add_entries"]


def add_entries(listing: Listing, entries: Sequence[str]) -> Fix | None:
    """The fix that puts entries behind the last one; None where there is no entry to put them behind.

    What it changes is what the statement allows or denies, so it is never safe.
    """
    if not listing.values:
        return None
    title = "add " + ", ".join(f"`{entry}`" for entry in entries)
    last = listing.values[-1]
    if listing.span is None or last.span is None:
        return Fix(title)
    text = "".join(f", {quote(entry)}" for entry in entries)
    if listing.is_list:
        return Fix(title, (Edit(Span(last.end, last.end), text),))
    return Fix(title, (Edit(listing.span, f"[{quote(last.value)}{text}]"),))
