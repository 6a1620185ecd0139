"""Sets of values of one dimension: texts, numbers and instants on a line, addresses.

A set of texts may hold *letters*: single characters from Unicode's private use area that stand for policy variables,
whose values are not known. A `*` takes a letter as it takes any text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from jfml_policies.access.prefix_index import PrefixIndex
from jfml_policies.patterns.glob import ANYTHING, Glob
from jfml_policies.patterns.tokens import ANY_ONE, FIELD_ONE
from jfml_policies.policy.values import Network, read_address
from jfml_policies.record import field, record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from fractions import Fraction

    from jfml_policies.patterns.tokens import Token

__all__ = ["EVERYTHING", "FIRST_LETTER", "LAST_LETTER", "NOTHING", "Addresses", "Line", "Texts", "ValueSet"]

#: Letters come from Unicode's private use area.
FIRST_LETTER: Final = "\ue000"
LAST_LETTER: Final = "\uf8ff"

Comparison = Literal["=", "<", "<=", ">", ">="]

_letters = re.compile(f"[{FIRST_LETTER}-{LAST_LETTER}]").findall


@record
class Texts:
    """A union of globs.

    Attributes:
        globs: the globs.
        words: those among them that are plain texts, for quick look-up.
        patterns: the others.
        letters: the letters in it.
    """

    globs: tuple[Glob, ...]
    words: frozenset[str] = field(init=False, show=False, compare=False)
    patterns: tuple[Glob, ...] = field(init=False, show=False, compare=False)
    letters: frozenset[str] = field(init=False, show=False, compare=False)
    _index: PrefixIndex[Glob] = field(init=False, show=False, compare=False)

    def __post_init__(self) -> None:
        words, patterns = [], []
        for glob in self.globs:
            if glob.is_literal and not glob.fold_case:
                words.append(glob.literal_prefix)
            else:
                patterns.append(glob)
        letters = frozenset([letter for glob in self.globs for letter in _letters(glob.text)])
        object.__setattr__(self, "words", frozenset(words))
        object.__setattr__(self, "patterns", tuple(patterns))
        object.__setattr__(self, "letters", letters)
        object.__setattr__(self, "_index", PrefixIndex([(glob.literal_prefix.lower(), glob) for glob in patterns]))

    def holds(self, text: str) -> bool:
        """Whether a text is in it; letters stand for themselves."""
        return text in self.words or any(glob.matches(text) for glob in self._index.near(text.lower()))

    def patterns_near(self, glob: Glob) -> Iterator[Glob]:
        """The patterns that may have a text in common with a glob, by how both begin."""
        return self._index.near(glob.literal_prefix.lower(), is_open=not glob.is_literal)


@record
class Line:
    """Numbers, or instants in seconds, that compare with one of some points."""

    comparison: Comparison
    points: tuple[Fraction, ...]
    read: Callable[[str], Fraction | None]
    write: Callable[[Fraction], str]

    def holds(self, text: str) -> bool:
        """Whether the value that a text writes is in it."""
        value = self.read(text)
        return value is not None and any(_compare(self.comparison, value, point) for point in self.points)


@record
class Addresses:
    """IP addresses in one of some networks."""

    networks: tuple[Network, ...]

    def holds(self, text: str) -> bool:
        """Whether the address that a text writes is in it."""
        found = read_address(text)
        return found is not None and any(
            network.version == found[0] and network.first <= found[1] <= network.last for network in self.networks
        )


ValueSet: TypeAlias = Texts | Line | Addresses


def is_letter(token: Token) -> bool:
    """Whether a token of a glob is a letter."""
    return isinstance(token, str) and FIRST_LETTER <= token <= LAST_LETTER


EVERYTHING: Final = Texts((ANYTHING,))
NOTHING: Final = Texts(())


def has_single_wildcard(glob: Glob) -> bool:
    """Whether a `?` is in it, which takes one character and so must not take a letter."""
    return any(token is ANY_ONE or token is FIELD_ONE for token in glob.tokens)


def _compare(comparison: Comparison, value: Fraction, point: Fraction) -> bool:
    if comparison == "=":
        return value == point
    if comparison == "<":
        return value < point
    if comparison == "<=":
        return value <= point
    return value > point if comparison == ">" else value >= point
