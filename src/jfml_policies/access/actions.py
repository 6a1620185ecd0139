"""Actions as bits over the names that some policies can tell apart, and as globs for names that nobody knows yet.

A policy that speaks of `s3:` and of `*` does not tell `ec2:RunInstances` from `iam:PassRole`. So only the names of the
services that the policies mention get a bit each, and one more bit stands for a known name of any other service.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from jfml_policies.catalog import load
from jfml_policies.patterns.glob import Glob
from jfml_policies.patterns.letter_case import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = ["ActionNames"]

_is_name = re.compile(r"[^:*?]+:[^:*?]+").fullmatch
_is_everything = re.compile(r"\*+").fullmatch
#: Whose name speaks for the services that are not mentioned, when it is one of them: everybody knows it.
_WELL_KNOWN: Final = ("s3", "ec2", "sqs")


class ActionNames:
    """Numbers the known action names and those that some policies write out.

    The *mask* of a list of entries has a bit for each numbered name that one of them matches. Most questions are
    answered by masks alone; names that have no number are found by the entries' automata.

    Args:
        written: the entries of all Action and NotAction elements. INVARIANT: no others are asked about.
    """

    __slots__ = ("_extra", "_extra_sorted", "_masks", "_offsets", "_others", "_size")

    def __init__(self, written: Iterable[str]) -> None:
        # Each entry once, in lower case and cut at its colon: policies hold thousands.
        cut = {entry: fold(entry).partition(":") for entry in dict.fromkeys(written)}
        listed = 0
        self._offsets: dict[str, int] = {}
        for prefix in _mentioned({(prefix, colon) for prefix, colon, _ in cut.values()}):
            self._offsets[prefix] = listed
            listed += len(_names(prefix))
        self._extra: dict[str, int] = {}
        self._masks: dict[str, int] = {}
        for entry, (prefix, _, short) in cut.items():
            if "*" in entry or "?" in entry:
                continue  # masks of wildcards wait until asked for
            offset = self._offsets.get(prefix)
            place = None if offset is None else _places(prefix).get(short)
            if offset is not None and place is not None:
                self._masks[entry] = 1 << offset + place
            elif _is_name(name := fold(entry)):
                # Only names that a request can have get a number, not a text that no action is written like.
                self._masks[entry] = 1 << self._extra.setdefault(name, listed + len(self._extra))
            else:
                self._masks[entry] = 0
        self._extra_sorted = sorted(self._extra)
        self._size = listed + len(self._extra)
        self._others: int | None = None
        if len(self._offsets) < len(load().prefixes):
            self._others = self._size
            self._size += 1

    def _listed_number(self, name: str) -> int | None:
        prefix, _, short = name.partition(":")
        offset = self._offsets.get(prefix)
        place = None if offset is None else _places(prefix).get(short)
        return None if offset is None or place is None else offset + place

    def mask(self, entries: Iterable[str]) -> int:
        """The numbered names that some entries match."""
        mask = 0
        for entry in entries:
            one = self._masks.get(entry)
            if one is None:
                one = self._masks[entry] = self._mask_of(entry)
            mask |= one
        return mask

    def has(self, name: str) -> bool:
        """Whether a name has a number of its own."""
        name = fold(name)
        return name in self._extra or self._listed_number(name) is not None

    def everything(self) -> int:
        """The mask of all numbered names."""
        return (1 << self._size) - 1

    def first(self, mask: int) -> str:
        """The first name of a mask that is not empty, in AWS's spelling where it is known."""
        number = (mask & -mask).bit_length() - 1
        if number == self._others:
            return next(self._other_names())
        for prefix, offset in self._offsets.items():
            names = _names(prefix)
            if number < offset + len(names):
                return f"{prefix}:{names[number - offset]}"
        return next(name for name, other in self._extra.items() if other == number)

    def names(self, mask: int) -> Iterator[str]:
        """The known names of a mask; names outside the catalogue are left out."""
        for prefix, offset in self._offsets.items():
            names = _names(prefix)
            local = mask >> offset & ((1 << len(names)) - 1)
            while local:
                lowest = local & -local
                yield f"{prefix}:{names[lowest.bit_length() - 1]}"
                local ^= lowest
        if self._others is not None and mask >> self._others & 1:
            yield from self._other_names()

    def is_known(self, mask: int) -> bool:
        """Whether a mask holds a name of the catalogue."""
        return next(self.names(mask), None) is not None

    def _other_names(self) -> Iterator[str]:
        """Names of services that no entry mentions, present services first."""
        catalog = load()
        others = sorted(catalog.prefixes.difference(self._offsets), key=lambda name: (name not in _WELL_KNOWN, name))
        for prefix in sorted(others, key=catalog.is_retired_service):
            for name in _names(prefix):
                yield f"{prefix}:{name}"

    def _mask_of(self, entry: str) -> int:
        """The numbered names that an entry with wildcards matches."""
        glob = Glob.parse(entry, fold_case=True)
        if glob.is_everything:
            return self.everything()
        mask = 0
        prefix, colon, _ = glob.literal_prefix.partition(":")
        for service in (prefix,) if colon and prefix in self._offsets else self._offsets:
            mask |= _local_mask(service, glob) << self._offsets[service]
        for name in _beginning_with(self._extra_sorted, glob.literal_prefix):
            if glob.matches(name):
                mask |= 1 << self._extra[name]
        return mask


def _mentioned(beginnings: Iterable[tuple[str, str]]) -> list[str]:
    """The services whose names some entry tells from those of others, sorted.

    Args:
        beginnings: of each entry in lower case what stands before the first colon, and the colon, if there is one.
    """
    known = load().prefixes
    found: set[str] = set()
    for prefix, colon in beginnings:
        if not ("*" in prefix or "?" in prefix):
            found.add(prefix)
        elif colon or _is_everything(prefix) is None:
            return sorted(known)
    return sorted(found & known)


@lru_cache(maxsize=1024)
def _names(prefix: str) -> tuple[str, ...]:
    """A service's names, retired ones too, as AWS writes them."""
    service = load().service(prefix)
    return () if service is None else tuple([service.spelling[name] for name in _sorted_names(prefix)])


@lru_cache(maxsize=1024)
def _sorted_names(prefix: str) -> tuple[str, ...]:
    """A service's names in lower case, sorted."""
    service = load().service(prefix)
    return () if service is None else tuple(sorted(service.spelling))


@lru_cache(maxsize=1024)
def _places(prefix: str) -> dict[str, int]:
    return {name: place for place, name in enumerate(_sorted_names(prefix))}


@lru_cache(maxsize=4096)
def _local_mask(prefix: str, glob: Glob) -> int:
    """The names of a service that a glob with wildcards matches."""
    own = f"{prefix}:"
    if not (own.startswith(glob.literal_prefix) or glob.literal_prefix.startswith(own)):
        return 0
    names = _sorted_names(prefix)
    begin = glob.literal_prefix[len(own) :]
    mask = 0
    for place in range(bisect_left(names, begin), len(names)):
        if not names[place].startswith(begin):
            break
        if glob.matches(own + names[place]):
            mask |= 1 << place
    return mask


def _beginning_with(names: Sequence[str], prefix: str) -> Iterator[str]:
    """The names of a sorted list that begin with a prefix."""
    for place in range(bisect_left(names, prefix), len(names)):
        if not names[place].startswith(prefix):
            return
        yield names[place]
