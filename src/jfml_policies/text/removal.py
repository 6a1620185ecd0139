"""Edits that take entries out of a JSON list and leave the layout of the others alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from jfml_policies.errors import UsageError
from jfml_policies.findings import Edit, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["Placed", "removal_edits"]


class Placed(Protocol):
    """Whatever knows where it stands: offsets in characters, `end` excluded."""

    @property
    def start(self) -> int:
        """Where it begins."""

    @property
    def end(self) -> int:
        """Where it ends."""


def removal_edits(entries: Sequence[Placed], removed: Iterable[int], *, kept: int) -> tuple[Edit, ...]:
    """Edits that remove entries of a list, their commas included; one an entry, sorted, none overlapping.

    An entry before the kept one goes with the comma behind it, an entry after it with the comma before it. So each
    edit is right alone and together with any others that were made with the same kept entry, and the list is JSON in
    every case.

    Args:
        entries: the entries of the list in order; none may be missing between `kept` and a removed one.
        removed: positions in `entries`.
        kept: the position of an entry that stays whatever else goes.

    Raises:
        UsageError: the kept entry is among the removed ones.

    >>> from jfml_policies.text.edits import apply_edits
    >>> apply_edits('["a", "b", "c"]', removal_edits([Span(1, 4), Span(6, 9), Span(11, 14)], [0, 2], kept=1))
    '["b"]'
    """
    edits = []
    for place in sorted(set(removed)):
        if place == kept:
            raise UsageError("the entry that is kept can't be removed")
        if place < kept:
            edits.append(Edit(Span(entries[place].start, entries[place + 1].start), ""))
        else:
            edits.append(Edit(Span(entries[place - 1].end, entries[place].end), ""))
    return tuple(edits)
