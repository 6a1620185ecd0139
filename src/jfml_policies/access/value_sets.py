"""Sets of values of one dimension: texts, numbers and instants on a line, addresses.

A set of texts may hold *letters*: single characters from Unicode's private use area that stand for policy variables,
whose values are not known. A `*` takes a letter as it takes any text.
"""

from __future__ import annotations

import re
from itertools import product
from math import prod
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from jfml_policies.access.prefix_index import PrefixIndex
from jfml_policies.patterns.arn import FIELD_COUNT
from jfml_policies.patterns.arn_pattern import arn_glob
from jfml_policies.patterns.glob import ANYTHING, Glob
from jfml_policies.patterns.letter_case import fold, spellings
from jfml_policies.patterns.resource_pattern import Completion, resource_glob
from jfml_policies.patterns.tokens import ANY_RUN, COLON
from jfml_policies.policy.values import Network, read_address
from jfml_policies.record import field, record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from fractions import Fraction

    from jfml_policies.patterns.tokens import Token

__all__ = [
    "ANY_ARN",
    "ANY_RESOURCE",
    "EVERYTHING",
    "FIRST_LETTER",
    "LAST_LETTER",
    "NOTHING",
    "Addresses",
    "Line",
    "Texts",
    "Unsettled",
    "ValueSet",
    "all_words",
    "is_letter",
]

#: Letters come from Unicode's private use area.
FIRST_LETTER: Final = "\ue000"
LAST_LETTER: Final = "\uf8ff"

#: Words of a set that are listed one by one.
_MOST_WORDS: Final = 64

Comparison = Literal["=", "<", "<=", ">", ">="]

#: Patterns from which an index pays.
_INDEXED: Final = 4

_letters = re.compile(f"[{FIRST_LETTER}-{LAST_LETTER}]").findall


@record
class Unsettled:
    """An ARN pattern with a letter before its last field: the value may hold colons, so only it tells the fields.

    Attributes:
        written: the pattern, not cut into fields yet.
        completion: when a Resource entry that lacks fields is completed; None for a condition value.
    """

    written: Glob
    completion: Completion | None

    @staticmethod
    def is_needed(written: Glob) -> bool:
        """Whether a letter of an ARN pattern stands before the last field."""
        if written.text.isascii():
            return False
        letter = next((place for place, token in enumerate(written.tokens) if is_letter(token)), None)
        return letter is not None and written.tokens[:letter].count(COLON) < FIELD_COUNT - 1

    def settled(self, written: Glob) -> Glob | None:
        """The glob once letters are replaced; None when it matches nothing."""
        return arn_glob(written) if self.completion is None else resource_glob(written, self.completion)

    @property
    def opened(self) -> Glob:
        """A glob that holds every text of the pattern, whatever the letters mean."""
        tokens = [ANY_RUN if is_letter(token) else token for token in self.written.tokens]
        # Fields that are completed come at the end.
        return Glob(tuple(tokens) if self.completion is None else (*tokens, ANY_RUN))

    @property
    def as_glob(self) -> Glob | None:
        """A glob with the same letters that holds every text of the pattern; None for Resource entries.

        The pattern as written, its wildcards free to cross colons. Fields that are completed are not in it.
        """
        return self.written if self.completion is None else None

    @property
    def bounds(self) -> Texts:
        """What it can match at most: ARNs; and, as a Resource entry, the resource `*`.

        `*${key}` is the entry `*` where the key's value is the empty text.
        """
        return ANY_ARN if self.completion is None else ANY_RESOURCE


@record
class Texts:
    """A union of globs.

    Attributes:
        globs: the globs.
        unsettled: ARN patterns that are globs only when the values of their letters are known.
        words: those among them that are plain texts, for quick look-up.
        patterns: the others.
        letters: the letters in it.
    """

    globs: tuple[Glob, ...]
    unsettled: tuple[Unsettled, ...] = ()
    words: frozenset[str] = field(init=False, show=False, compare=False)
    patterns: tuple[Glob, ...] = field(init=False, show=False, compare=False)
    letters: frozenset[str] = field(init=False, show=False, compare=False)
    _index: PrefixIndex[Glob] | None = field(init=False, show=False, compare=False)

    def __post_init__(self) -> None:
        words, patterns = [], []
        for glob in self.globs:
            if glob.is_literal and not glob.fold_case:
                words.append(glob.literal_prefix)
            else:
                patterns.append(glob)
        written = [*self.globs, *[arn.written for arn in self.unsettled]]
        letters = frozenset([letter for glob in written if not glob.text.isascii() for letter in _letters(glob.text)])
        object.__setattr__(self, "words", frozenset(words))
        object.__setattr__(self, "patterns", tuple(patterns))
        object.__setattr__(self, "letters", letters)
        object.__setattr__(self, "_index", None)  # made when it is first used

    def holds(self, text: str) -> bool:
        """Whether a text is in it; letters stand for themselves."""
        return text in self.words or any(glob.matches(text) for glob in self._near(fold(text)))

    def replaced(self, meanings: Mapping[str, str | None]) -> Texts:
        """The texts once letters are replaced by texts or other letters; what holds a letter for None is empty."""
        if self.letters.isdisjoint(meanings):
            return self
        globs = [_with_meanings(glob, meanings) for glob in self.globs]
        unsettled: list[Unsettled] = []
        for arn in self.unsettled:
            written = _with_meanings(arn.written, meanings)
            if written is not None and Unsettled.is_needed(written):
                unsettled.append(Unsettled(written, arn.completion))
            elif written is not None:
                globs.append(arn.settled(written))
        return Texts(tuple([glob for glob in globs if glob is not None]), tuple(unsettled))

    def patterns_near(self, glob: Glob) -> Iterable[Glob]:
        """The patterns that may have a text in common with a glob, by how both begin."""
        return self._near(fold(glob.literal_prefix), is_open=not glob.is_literal)

    def _near(self, text: str, *, is_open: bool = False) -> Iterable[Glob]:
        if len(self.patterns) < _INDEXED:
            return self.patterns
        index = self._index
        if index is None:
            index = PrefixIndex([(fold(glob.literal_prefix), glob) for glob in self.patterns])
            object.__setattr__(self, "_index", index)
        return index.near(text, is_open=is_open)


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
#: What any ARN pattern can match: texts of six fields.
ANY_ARN: Final = Texts((Glob.parse("*:*:*:*:*:*"),))
#: What a request's resource can be at most.
ANY_RESOURCE: Final = Texts((Glob.literal("*"), *ANY_ARN.globs))


def all_words(texts: Texts) -> list[str] | None:
    """All texts of a set, when they are few; None for others, and where letters take part."""
    found: dict[str, None] = {}
    if texts.letters:
        return None
    for glob in texts.globs:
        if not glob.is_literal:
            return None
        choices = [spellings(character) if glob.fold_case else (character,) for character in glob.text]
        if len(found) + prod(map(len, choices)) > _MOST_WORDS:
            return None
        found |= dict.fromkeys(map("".join, product(*choices)))
    return list(found)


def _with_meanings(glob: Glob, meanings: Mapping[str, str | None]) -> Glob | None:
    if meanings.keys().isdisjoint(glob.text):
        return glob
    tokens: list[Token] = []
    for token in glob.tokens:
        if not is_letter(token) or token not in meanings:
            tokens.append(token)
            continue
        meaning = meanings[str(token)]
        if meaning is None:
            return None
        tokens += meaning
    return Glob(tuple(tokens), glob.fold_case)


def _compare(comparison: Comparison, value: Fraction, point: Fraction) -> bool:
    if comparison == "=":
        return value == point
    if comparison == "<":
        return value < point
    if comparison == "<=":
        return value <= point
    return value > point if comparison == ">" else value >= point
