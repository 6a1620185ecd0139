"""Names against patterns with `*` and `?`, in time linear in the name for every literal piece of the pattern.

Only for names inside the catalogue (actions, service prefixes, condition keys). The language of policy patterns,
with its algebra, is `jfml_policies.patterns`.
"""

from __future__ import annotations

from typing import final

__all__ = ["NamePattern"]


@final
class NamePattern:
    """A pattern in which `*` stands for any run of characters and `?` for exactly one.

    Comparison is by character; callers lower both sides where case does not matter.
    Greedy leftmost search of the pieces between stars decides without backtracking.

    >>> NamePattern("get*tagging").matches("getobjecttagging")
    True
    >>> NamePattern("get?bject").matches("getobject")
    True
    """

    __slots__ = ("_first", "_inner", "_last", "_shortest", "_text")

    def __init__(self, text: str) -> None:
        pieces = text.split("*")
        self._text = text
        self._first = pieces[0]
        self._inner = [piece for piece in pieces[1:-1] if piece]
        self._last = pieces[-1] if len(pieces) > 1 else None
        self._shortest = sum(map(len, pieces))

    @property
    def text(self) -> str:
        """The pattern as it was given."""
        return self._text

    @property
    def least_length(self) -> int:
        """How many characters a name must have at least; of two patterns that match, the larger is more specific."""
        return self._shortest

    def matches(self, name: str) -> bool:
        """True when the whole of `name` fits the pattern."""
        if len(name) < self._shortest:
            return False
        if self._last is None:
            return len(name) == self._shortest and _piece_at(self._first, name, 0)
        if not _piece_at(self._first, name, 0):
            return False
        end = len(name) - len(self._last)
        if not _piece_at(self._last, name, end):
            return False
        start = len(self._first)
        for piece in self._inner:
            found = _find_piece(piece, name, start, end)
            if found < 0:
                return False
            start = found + len(piece)
        return True


def _piece_at(piece: str, name: str, start: int) -> bool:
    if "?" not in piece:
        return name.startswith(piece, start)
    return all(wanted in ("?", given) for wanted, given in zip(piece, name[start : start + len(piece)], strict=True))


def _find_piece(piece: str, name: str, start: int, end: int) -> int:
    """The leftmost place of `piece` in `name[start:end]`, or -1."""
    if "?" not in piece:
        return name.find(piece, start, end)
    for place in range(start, end - len(piece) + 1):
        if _piece_at(piece, name, place):
            return place
    return -1
