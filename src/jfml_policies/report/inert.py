"""Text of a stranger, made harmless to show: what a policy or a file name holds must not steer a terminal or a log."""

from __future__ import annotations

from typing import Final

__all__ = ["cut", "inert", "well_formed"]

_REPLACEMENT: Final = "\ufffd"


def inert(text: str, *, keep: str = "") -> str:
    r"""`text` with every character that is not plainly visible written as an escape.

    That covers control characters and escape sequences, direction overrides and other invisible format characters,
    line ends of every kind, spaces that only look like spaces, and lone surrogates: all that `str.isprintable` denies.

    Args:
        text: anything.
        keep: characters to leave alone, as in `"\n"` for a text of several lines.

    >>> inert("a\x1b[31mb\u202ec")
    'a\\x1b[31mb\\u202ec'
    """
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() or char in keep else _escape(char) for char in text)


def cut(text: str, limit: int) -> str:
    """`text`, or its beginning and `...` when it is longer than `limit` characters.

    >>> cut("abcdefgh", 6)
    'abc...'
    """
    return text if len(text) <= limit else text[: max(0, limit - 3)] + "..."


def well_formed(text: str) -> str:
    r"""`text` with lone surrogates replaced, so that any strict JSON or UTF-8 reader accepts it.

    >>> ascii(well_formed("a\ud800b"))
    "'a\\ufffdb'"
    """
    if text.isascii():
        return text
    return "".join(_REPLACEMENT if "\ud800" <= char <= "\udfff" else char for char in text)


def _escape(char: str) -> str:
    number = ord(char)
    if number <= 0xFF:
        return f"\\x{number:02x}"
    return f"\\u{number:04x}" if number <= 0xFFFF else f"\\U{number:08x}"
