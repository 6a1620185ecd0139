"""Actions as bits over the catalogue's names, and as globs for names that no catalogue knows yet."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache
from typing import TYPE_CHECKING

from jfml_policies.access.value_sets import Texts
from jfml_policies.catalog import load
from jfml_policies.patterns.glob import Glob
from jfml_policies.patterns.letter_case import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = ["ActionNames"]

_is_name = re.compile(r"[^:*?]+:[^:*?]+").fullmatch


class ActionNames:
    """Numbers the known action names and those that some policies write out.

    A set of actions is a union of globs; its *mask* has a bit for each numbered name in it. Most questions are
    answered by masks alone; names that have no number are found by the globs' automata.
    """

    __slots__ = ("_extra", "_extra_sorted", "_index", "_names")

    def __init__(self, written: Iterable[str]) -> None:
        self._names, self._index = _known()
        # Only names that a request can have: a wildcard is none, nor is a text that no action is written like.
        names = map(fold, filter(_is_name, written))
        extra = dict.fromkeys(name for name in names if name not in self._index)
        self._extra = {name: number for number, name in enumerate(extra, len(self._names))}
        self._extra_sorted = sorted(self._extra)

    def mask(self, actions: Texts) -> int:
        """The numbered names in a set of actions."""
        mask = 0
        for glob in actions.globs:
            if glob.is_literal:
                number = self._number(glob.literal_prefix)
                mask |= 0 if number is None else 1 << number
            else:
                mask |= _known_mask(glob)
                if self._extra:
                    for name in _beginning_with(self._extra_sorted, glob.literal_prefix):
                        if glob.matches(name):
                            mask |= 1 << self._extra[name]
        return mask

    def everything(self) -> int:
        """The mask of all numbered names."""
        return (1 << (len(self._names) + len(self._extra))) - 1

    def first(self, mask: int) -> str:
        """The first name of a mask that is not empty, in AWS's spelling where it is known."""
        number = (mask & -mask).bit_length() - 1
        if number < len(self._names):
            return self._names[number]
        return next(name for name, other in self._extra.items() if other == number)

    def names(self, mask: int) -> Iterator[str]:
        """The known names of a mask; names outside the catalogue are left out."""
        mask &= (1 << len(self._names)) - 1
        while mask:
            lowest = mask & -mask
            yield self._names[lowest.bit_length() - 1]
            mask ^= lowest

    def is_known(self, mask: int) -> bool:
        """Whether a mask holds a name of the catalogue."""
        return bool(mask & ((1 << len(self._names)) - 1))

    def _number(self, name: str) -> int | None:
        number = self._index.get(name)
        return self._extra.get(name) if number is None else number


@lru_cache(maxsize=1)
def _known() -> tuple[tuple[str, ...], dict[str, int]]:
    """The catalogue's names in the order of their lower case, and their numbers by lower case."""
    catalog = load()
    names = {
        f"{prefix}:{name}".lower(): f"{prefix}:{name}"
        for prefix in catalog.prefixes
        for name in (*catalog.action_names(prefix), *catalog.retired_action_names(prefix))
    }
    lower = sorted(names)
    return tuple([names[name] for name in lower]), {name: number for number, name in enumerate(lower)}


@lru_cache(maxsize=4096)
def _known_mask(glob: Glob) -> int:
    """The known names that a glob with wildcards matches."""
    names, index = _known()
    if glob.is_everything:
        return (1 << len(names)) - 1
    mask = 0
    for name in _beginning_with(_known_sorted(), glob.literal_prefix):
        if glob.matches(name):
            mask |= 1 << index[name]
    return mask


@lru_cache(maxsize=1)
def _known_sorted() -> tuple[str, ...]:
    return tuple(_known()[1])


def _beginning_with(names: Sequence[str], prefix: str) -> Iterator[str]:
    """The names of a sorted list that begin with a prefix."""
    for place in range(bisect_left(names, prefix), len(names)):
        if not names[place].startswith(prefix):
            return
        yield names[place]
