"""Which entries of a list are covered by another entry of it, as texts with wildcards.

This is AWS's reading in its checks for redundant entries: text against text, `*` crossing everything. Policy variables
are atoms: only themselves and `*` cover them.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, Final

from jfml_policies.patterns.arn import has_wildcard
from jfml_policies.patterns.glob import normalise
from jfml_policies.patterns.letter_case import fold
from jfml_policies.patterns.shape import Shape, covers, fits, shape_of
from jfml_policies.record import record

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["COMPARISONS", "Budget", "CoverGroup", "cover_groups", "opaque_variables"]

#: Comparisons of short texts that the lists of one policy may cost together, about a microsecond each. Past it only
#: equal entries, and what was found until then, are reported.
COMPARISONS: Final = 500_000

_VARIABLE: Final = re.compile(r"\$\{[^${}]*\}|\$\{[*?$]\}")
# Variables become characters from here on; a policy that holds such characters itself is refused by AWS.
_FIRST_ATOM: Final = 0xF0000
_LAST_ATOM: Final = 0xFFFFD
_LAST_CHARACTER: Final = "\U0010ffff"


class Budget:
    """How many comparisons are left."""

    __slots__ = ("left",)

    def __init__(self, comparisons: int = COMPARISONS) -> None:
        self.left: int = comparisons


@record
class CoverGroup:
    """Entries of a list that one of them makes redundant.

    Attributes:
        covering: position of the entry that covers the others; of equal ones the first.
        covered: positions of the others, sorted.
    """

    covering: int
    covered: tuple[int, ...]

    @property
    def members(self) -> tuple[int, ...]:
        """All positions, sorted."""
        return tuple(sorted((self.covering, *self.covered)))


def cover_groups(texts: Sequence[str], *, fold_case: bool, budget: Budget | None = None) -> list[CoverGroup]:
    """One group for each entry that covers others and is covered by none, in order of their first members.

    Args:
        texts: the entries.
        fold_case: whether letter case is ignored, as in actions.
        budget: what it may cost, counted down; shared by the lists of a policy.

    >>> cover_groups(["s3:GetObject", "s3:Get*", "S3:PutObject", "s3:get*"], fold_case=True)
    [CoverGroup(covering=1, covered=(0, 3))]
    """
    places = _by_meaning(texts, fold_case=fold_case)
    outers = [text for text in places if has_wildcard(text)]
    if not outers:
        return [CoverGroup(equal[0], tuple(equal[1:])) for equal in places.values() if len(equal) > 1]
    found = _Search(places, budget or Budget()).run(outers)
    inside = {text for covered in found.values() for text in covered}
    groups = []
    for text, equal in places.items():
        if text not in inside:
            covered = [place for inner in found.get(text, ()) for place in places[inner]]
            if covered or len(equal) > 1:
                groups.append(CoverGroup(equal[0], tuple(sorted((*equal[1:], *covered)))))
    return sorted(groups, key=lambda group: group.members[:2])


def opaque_variables(texts: Iterable[str]) -> list[str]:
    """The texts with each policy variable as one character of its own, the same one wherever it is written the same.

    >>> one, two = opaque_variables(["a/${aws:username}", "${aws:username}"])
    >>> one == "a/" + two
    True
    """
    atoms: dict[str, str] = {}

    def atom(found: re.Match[str]) -> str:
        number = min(_FIRST_ATOM + len(atoms), _LAST_ATOM)
        return atoms.setdefault(found[0], chr(number))

    return [_VARIABLE.sub(atom, text) if "${" in text else text for text in texts]


def _by_meaning(texts: Sequence[str], *, fold_case: bool) -> dict[str, list[int]]:
    """Canonical text -> positions of the entries that mean it."""
    places: dict[str, list[int]] = {}
    for place, text in enumerate(opaque_variables(texts)):
        canonical = normalise(fold(text) if fold_case else text)
        places.setdefault(canonical, []).append(place)
    return places


class _Search:
    """Compares patterns with the texts that begin as they do."""

    def __init__(self, texts: Iterable[str], budget: Budget) -> None:
        self.texts = sorted(texts)
        self.shapes: dict[str, Shape] = {}
        self.budget = budget

    def run(self, outers: list[str]) -> dict[str, list[str]]:
        """Pattern -> the other texts it covers; a pattern that is itself covered may be left out."""
        found: dict[str, list[str]] = {}
        inside: set[str] = set()
        # The shortest match of a pattern is never longer than that of what it covers.
        for outer in sorted(outers, key=lambda text: (len(text) - text.count("*"), text)):
            if outer in inside:
                continue
            if outer == "*":
                return {outer: [text for text in self.texts if text != outer]}
            covered = self._covered_by(outer)
            if covered:
                found[outer] = covered
                inside.update(covered)
            if self.budget.left <= 0:
                break
        return found

    def _covered_by(self, outer: str) -> list[str]:
        shape = self._shape(outer)
        prefix = shape.head.partition("?")[0]
        first = bisect_left(self.texts, prefix)
        last = bisect_right(self.texts, prefix + _LAST_CHARACTER)
        singles = "?" in outer
        covered = []
        for inner in self.texts[first:last]:
            self.budget.left -= _cost(outer, inner) if singles or len(inner) > 256 else 1
            if self.budget.left <= 0:
                break
            if inner is not outer and not (singles and _has_atom(inner)) and self._covers(shape, inner):
                covered.append(inner)
        return covered

    def _covers(self, outer: Shape, inner: str) -> bool:
        return covers(outer, self._shape(inner)) if has_wildcard(inner) else fits(outer, inner)

    def _shape(self, text: str) -> Shape:
        shape = self.shapes.get(text)
        if shape is None:
            shape = self.shapes[text] = shape_of(text)
        return shape


def _cost(outer: str, inner: str) -> int:
    # Plain pieces are found at the speed of `str.find`; a piece with `?` is walked character by character.
    if "?" not in outer:
        return 1 + len(inner) // 256
    return 1 + len(inner) // 8 * (1 + len(outer) // 512)


def _has_atom(text: str) -> bool:
    # A variable's value may be of any length, so a `?` does not cover it.
    return not text.isascii() and any(character >= chr(_FIRST_ATOM) for character in text)
