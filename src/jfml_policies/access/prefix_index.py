"""Finds, among things with a prefix, those whose prefix agrees with another one."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["PrefixIndex"]

_T = TypeVar("_T")


class PrefixIndex(Generic[_T]):
    """Things by the text they begin with.

    >>> index = PrefixIndex([("s3:Get", 1), ("s3:", 2), ("ec2:", 3), ("s3:GetObject", 4)])
    >>> sorted(index.near("s3:Get")), sorted(index.near("s3:Get", is_open=True))
    ([1, 2], [1, 2, 4])
    """

    __slots__ = ("_groups", "_longest", "_prefixes")

    def __init__(self, things: Iterable[tuple[str, _T]]) -> None:
        groups: dict[str, list[_T]] = {}
        for prefix, thing in things:
            groups.setdefault(prefix, []).append(thing)
        self._groups = groups
        self._prefixes = sorted(groups)
        self._longest = max(map(len, groups), default=0)

    def near(self, text: str, *, is_open: bool = False) -> Iterator[_T]:
        """The things whose prefix `text` begins with; if `is_open`, also those whose prefix begins with `text`."""
        for length in range(min(len(text), self._longest) + 1):
            found = self._groups.get(text[:length])
            if found is not None:
                yield from found
        if is_open:
            for place in range(bisect_left(self._prefixes, text), len(self._prefixes)):
                prefix = self._prefixes[place]
                if not prefix.startswith(text):
                    break
                if len(prefix) > len(text):
                    yield from self._groups[prefix]
