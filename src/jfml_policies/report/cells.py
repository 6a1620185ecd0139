"""Characters as a terminal shows them: tabs are wide, some letters fill two columns, some none."""

from __future__ import annotations

from typing import Final

from jfml_policies.report.inert import inert

__all__ = ["Cell", "cells_of"]

#: What is shown for one character, and how many columns that fills.
Cell = tuple[str, int]

_TAB: Final = "    "


def cells_of(text: str) -> list[Cell]:
    r"""What to show for each character of `text`, which holds no line end.

    >>> cells_of("a\tb")
    [('a', 1), ('    ', 4), ('b', 1)]
    """
    if text.isascii() and text.isprintable():
        return [(char, 1) for char in text]
    return [_cell(char) for char in text]


def _cell(char: str) -> Cell:
    if char == "\t":
        return _TAB, len(_TAB)
    shown = inert(char)
    if shown != char or char.isascii():
        return shown, len(shown)
    # Loaded only for texts that need it.
    from unicodedata import category, east_asian_width

    if category(char) in {"Mn", "Me"}:
        return char, 0
    return char, 2 if east_asian_width(char) in {"W", "F"} else 1
