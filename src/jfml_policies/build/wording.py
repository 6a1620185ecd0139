"""How builders write user text and lists of things into one line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

__all__ = ["faulty", "listed", "quoted", "quoted_list"]

#: Longer user text is cut in messages; the beginning is enough to recognise it.
_SHOWN: Final = 80


def quoted(text: str) -> str:
    r"""The text in backticks, on one line, printable and cut to 80 characters.

    >>> print(quoted("train/" + chr(10)))
    `train/\n`
    """
    shown = "".join(_visible(character) for character in text[:_SHOWN])
    return f"`{shown}...`" if len(text) > _SHOWN else f"`{shown}`"


def quoted_list(texts: Iterable[str]) -> str:
    """Several texts in backticks, as people write lists.

    >>> quoted_list(["a", "b", "c"])
    '`a`, `b` and `c`'
    """
    return listed([quoted(text) for text in texts])


def faulty(text: str, faults: Sequence[str]) -> str | None:
    """One line with everything that is wrong with a text, or None when nothing is.

    >>> faulty("Acme", ["holds `A`", "is short"])
    '`Acme` holds `A`; also is short'
    """
    return f"{quoted(text)} {'; also '.join(faults)}" if faults else None


def listed(parts: Sequence[str]) -> str:
    """Parts joined as people write lists: commas, and "and" before the last."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


def _visible(character: str) -> str:
    if character == "`":
        return "'"
    if character.isprintable():
        return character
    return character.encode("unicode_escape").decode("ascii")
