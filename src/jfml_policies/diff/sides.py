"""One side of a comparison: a name and a text."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["Side"]


class Side(NamedTuple):
    """A document as it was found.

    Attributes:
        name: what to call it: a file, `REV:path`, or `-`.
        text: its text; None when there is no such document, as before a file was made or after it was deleted.
        path: the file to open, where the name is more than that; empty where it is not.
        resource: what the document belongs to in a file that holds several, and under which of its conditions; or None.
        start: where the document begins in such a file, for what is said of it as a whole; None where `resource` is, or
            where that is not known.
    """

    name: str
    text: str | None
    path: str = ""
    resource: str | None = None
    start: int | None = None

    @property
    def file(self) -> str:
        """The file to open."""
        return self.path or self.name
