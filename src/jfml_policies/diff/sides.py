"""One side of a comparison: a name and a text."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["Side"]


class Side(NamedTuple):
    """A document as it was found.

    Attributes:
        name: what to call it: a file, `REV:path`, or `-`.
        text: its text; None when there is no such document, as before a file was made or after it was deleted.
    """

    name: str
    text: str | None
