"""Did you mean: the nearest of some known names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["nearest"]

#: Longer texts are no misspelt names; comparing them would only cost time.
_LONGEST: Final = 100


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known name that `word` most likely stands for, or None when none is near.

    Near means: equal but for case, or at most one edit for each four characters (insert, delete, replace or swap two
    neighbours). Of equally near names the first in alphabetical order is taken.

    >>> nearest("GetObjct", ["GetObject", "PutObject"])
    'GetObject'
    >>> nearest("Frobnicate", ["GetObject", "PutObject"]) is None
    True
    """
    if not 0 < len(word) <= _LONGEST:
        return None
    low = word.lower()
    best: str | None = None
    limit = max(1, len(word) // 4)
    for name in sorted(known):
        if abs(len(name) - len(word)) > limit:
            continue
        distance = _distance(low, name.lower(), limit)
        if distance is None or (best is not None and distance == limit):
            continue
        best, limit = name, distance
        if distance == 0:
            break
    return best


def _distance(a: str, b: str, limit: int) -> int | None:
    """Edits between two texts (optimal string alignment), or None when more than `limit`."""
    if a == b:
        return 0
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, letter in enumerate(a, 1):
        before, last, row = row, before, [i]
        for j, other in enumerate(b, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == b[j - 2] and a[i - 2] == other:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return None
    return row[-1] if row[-1] <= limit else None
