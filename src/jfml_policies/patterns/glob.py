"""Globs: the language of `*` (any run of characters) and `?` (exactly one), everything else literal.

Every answer is exact over all texts, of whatever characters: "any character that no pattern names" is treated as one
more character. Nothing here backtracks. Most questions are linear in the patterns' length; those that are hard in
general (inclusion in a union, shortest witnesses) carry a budget and raise `BudgetExceededError` past it.

Source of the language: "IAM JSON policy elements: Resource" and "Condition operators" of the IAM user guide.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING, Final, TypeAlias, final

from jfml_policies.patterns.automaton import Machine
from jfml_policies.patterns.letter_case import fold
from jfml_policies.patterns.shape import Shape, covers, fits, meets, shape_of
from jfml_policies.patterns.tokens import ANY_ONE, ANY_RUN, FIELD_ONE, FIELD_RUN, Token, Wild
from jfml_policies.patterns.word_search import DEFAULT_BUDGET, shortest_word
from jfml_policies.record import field, record

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = [
    "ANYTHING",
    "DEFAULT_BUDGET",
    "Glob",
    "GlobLike",
    "difference_witness",
    "intersection_witness",
    "intersects",
    "is_subset",
    "is_subset_of_union",
    "matches",
    "normalise",
    "witness",
]

_WILDCARD_RUN = re.compile(r"[*?]+")
_CACHED_LENGTH = 512


@final
@record
class Glob:
    """A set of texts, written with wildcards.

    Globs are equal when they are written the same after normalising: `a*?` equals `a?**`.

    Attributes:
        tokens: characters and wildcards, normalised; in lower case when `fold_case`.
        fold_case: True when letter case does not matter.
        shape: its head, blocks and tail; None when it has a literal `*` or `?`, or a field wildcard.
        is_literal: True when it has no wildcard, so that it matches one text (or its spellings, when case is folded).
        literal_prefix: the characters before the first wildcard.
        text: the glob as policies write it; a literal `*` or `?` looks like a wildcard here, `str` escapes it.

    >>> glob = Glob.parse("arn:aws:s3:::acme-*")
    >>> glob.matches("arn:aws:s3:::acme-features/train/a.csv")
    True
    """

    tokens: tuple[Token, ...]
    fold_case: bool = False
    shape: Shape | None = field(init=False, show=False, compare=False)
    is_literal: bool = field(init=False, show=False, compare=False)
    literal_prefix: str = field(init=False, show=False, compare=False)
    text: str = field(init=False, show=False, compare=False)

    def __post_init__(self) -> None:
        tokens = _canonical(self.tokens)
        if self.fold_case:
            tokens = tuple(token if isinstance(token, Wild) else fold(token) for token in tokens)
        object.__setattr__(self, "tokens", tokens)
        # `*` and `?` as literal characters would be misread in a shape, and field wildcards have no place in one.
        plain = not any(token in _NOT_PLAIN for token in tokens)
        written = _written(tokens)
        object.__setattr__(self, "text", written)
        object.__setattr__(self, "shape", shape_of(written) if plain else None)
        first_wildcard = next((place for place, token in enumerate(tokens) if isinstance(token, Wild)), len(tokens))
        object.__setattr__(self, "is_literal", first_wildcard == len(tokens))
        object.__setattr__(self, "literal_prefix", written[:first_wildcard])

    @staticmethod
    def parse(text: str, *, fold_case: bool = False) -> Glob:
        """Return the glob that `text` writes; every text is one.

        >>> str(Glob.parse("s3:**Get?*"))
        's3:*Get?*'
        """
        return (_parse_cached if len(text) <= _CACHED_LENGTH else _parse)(text, fold_case=fold_case)

    @staticmethod
    def literal(text: str, *, fold_case: bool = False) -> Glob:
        """Return the glob that matches `text` alone, wildcard characters included.

        >>> Glob.literal("a*").matches("ab")
        False
        """
        return Glob(tuple(text), fold_case)

    @property
    def is_everything(self) -> bool:
        """True when it matches every text."""
        return self.tokens == (ANY_RUN,)

    @property
    def min_length(self) -> int:
        """Length of the shortest text it matches."""
        return sum(token not in (ANY_RUN, FIELD_RUN) for token in self.tokens)

    @property
    def shortest_text(self) -> str | None:
        """The one shortest text it matches, or None when there are several."""
        tokens = [token for token in self.tokens if token not in (ANY_RUN, FIELD_RUN)]
        if self.fold_case or any(isinstance(token, Wild) for token in tokens):
            return None
        return _written(tokens)

    def matches(self, text: str) -> bool:
        """Return True when `text` is in the set."""
        if self.shape is not None:
            return fits(self.shape, fold(text) if self.fold_case else text)
        return _machine(self).accepts(text)

    def __hash__(self) -> int:
        # Equal globs are written the same, and a text remembers its hash.
        return hash((self.text, self.fold_case))

    def __str__(self) -> str:
        """The glob as policies write it; literal wildcard characters as the escapes `${*}` and `${?}`."""
        return self.text if self.shape is not None else "".join(map(_escaped, self.tokens))

    def __repr__(self) -> str:
        return f"Glob.parse({str(self)!r}{', fold_case=True' if self.fold_case else ''})"


#: What every function below takes: a glob, or a text that is read as a case-sensitive one.
GlobLike: TypeAlias = str | Glob

_NOT_PLAIN: frozenset[Token] = frozenset({"*", "?", FIELD_ONE, FIELD_RUN})
_MARKS: dict[Token, str] = {ANY_ONE: "?", ANY_RUN: "*", FIELD_ONE: "?", FIELD_RUN: "*"}
_WILDCARDS: dict[str, Token] = {"*": ANY_RUN, "?": ANY_ONE}


def normalise(pattern: str) -> str:
    """Return the canonical writing of a pattern: `**` is `*`, and `?` stands before a `*` beside it.

    >>> normalise("a*?**b")
    'a?*b'
    """
    if "**" not in pattern and "*?" not in pattern:
        return pattern
    return _WILDCARD_RUN.sub(_canonical_run, pattern)


def matches(pattern: GlobLike, text: str, *, fold_case: bool = False) -> bool:
    """Return True when `pattern` matches `text`; `fold_case` applies to a pattern given as text.

    >>> matches("s3:get*", "S3:GetObject", fold_case=True)
    True
    """
    return (Glob.parse(pattern, fold_case=fold_case) if isinstance(pattern, str) else pattern).matches(text)


def intersects(a: GlobLike, b: GlobLike) -> bool:
    """Return True when some text matches both.

    >>> intersects("a*c", "*b?")
    True
    """
    left, right = _glob(a), _glob(b)
    if left.fold_case != right.fold_case:
        # A folded set holds a text in all its spellings or in none, so asking about folded texts is enough.
        left, right = _folded(left), _folded(right)
    if left.shape is not None and right.shape is not None:
        return meets(left.shape, right.shape)
    return shortest_word([_machine(left), _machine(right)]) is not None


def intersection_witness(a: GlobLike, b: GlobLike, *, budget: int = DEFAULT_BUDGET) -> str | None:
    """Return a shortest text that matches both, or None.

    Raises:
        BudgetExceededError: the search was longer than `budget` steps.

    >>> intersection_witness("a*c", "*b?")
    'abc'
    """
    left, right = _glob(a), _glob(b)
    if not intersects(left, right):
        return None
    return shortest_word([_machine(left), _machine(right)], budget=budget)


def is_subset(a: GlobLike, b: GlobLike, *, budget: int = DEFAULT_BUDGET) -> bool:
    """Return True when every text that `a` matches is matched by `b`.

    Raises:
        BudgetExceededError: the search was longer than `budget` steps; never for patterns of plain `*` and `?` that
            both heed or both ignore case.

    >>> is_subset("arn:aws:s3:::acme/*", "arn:aws:s3:::acme*"), is_subset("*", "?*")
    (True, False)
    """
    inner, outer = _glob(a), _glob(b)
    if inner == outer or outer.is_everything:
        return True
    if outer.fold_case and not inner.fold_case:
        inner = _folded(inner)
    if inner.fold_case == outer.fold_case and inner.shape is not None and outer.shape is not None:
        return covers(outer.shape, inner.shape)
    return shortest_word([_machine(inner)], _machine(outer), budget=budget) is None


def is_subset_of_union(a: GlobLike, bs: Iterable[GlobLike], *, budget: int = DEFAULT_BUDGET) -> bool:
    """Return True when every text that `a` matches is matched by one of `bs`.

    Raises:
        BudgetExceededError: the search was longer than `budget` steps.

    >>> is_subset_of_union("a*", ["a", "a?*"])
    True
    """
    return difference_witness(a, bs, budget=budget) is None


def difference_witness(a: GlobLike, bs: Iterable[GlobLike], *, budget: int = DEFAULT_BUDGET) -> str | None:
    """Return a shortest text that `a` matches and none of `bs` does, or None when there is none.

    The same question gives the same text; letters that the patterns hold are preferred to others.

    Raises:
        BudgetExceededError: the search was longer than `budget` steps.

    >>> difference_witness("s3:Get*", ["s3:Get", "s3:GetObject*"])
    's3:Gets'
    """
    return witness([a], bs, budget=budget)


def witness(
    all_of: Sequence[GlobLike], none_of: Iterable[GlobLike] = (), *, budget: int = DEFAULT_BUDGET
) -> str | None:
    """Return a shortest text that matches every glob of `all_of` and none of `none_of`, or None.

    Raises:
        BudgetExceededError: the search was longer than `budget` steps.

    >>> witness(["a*", "*b"], ["ab"])
    'aab'
    """
    wanted = list(dict.fromkeys(map(_glob, all_of))) or [ANYTHING]
    if not all(_may_meet(one, other) for one, other in combinations(wanted, 2)):
        return None
    # A glob that misses one of the wanted ones takes nothing away; one that holds one of them takes all.
    refused = [glob for glob in map(_glob, none_of) if all(_may_meet(glob, other) for other in wanted)]
    if any(_surely_inside(inner, outer) for outer in refused for inner in wanted):
        return None
    if len(wanted) == 1:
        shortest = wanted[0].shortest_text
        if shortest is not None and not any(glob.matches(shortest) for glob in refused):
            return shortest
    return shortest_word(
        [_machine(glob) for glob in wanted],
        Machine.of([(glob.tokens, glob.fold_case) for glob in refused]),
        budget=budget,
    )


def _may_meet(one: Glob, other: Glob) -> bool:
    return one.shape is None or other.shape is None or intersects(one, other)


def _surely_inside(inner: Glob, outer: Glob) -> bool:
    if inner == outer or outer.is_everything:
        return True
    if inner.shape is None or outer.shape is None or (inner.fold_case and not outer.fold_case):
        return False
    return is_subset(inner, outer)


def _glob(pattern: GlobLike) -> Glob:
    return Glob.parse(pattern) if isinstance(pattern, str) else pattern


def _folded(glob: Glob) -> Glob:
    return glob if glob.fold_case else Glob(glob.tokens, fold_case=True)


@lru_cache(maxsize=1024)
def _machine(glob: Glob) -> Machine:
    return Machine.of([(glob.tokens, glob.fold_case)])


@lru_cache(maxsize=8192)
def _parse_cached(text: str, *, fold_case: bool) -> Glob:
    return _parse(text, fold_case=fold_case)


def _parse(text: str, *, fold_case: bool) -> Glob:
    # Straight to the fields: linting parses thousands of patterns, and a text is quicker to normalise than its tokens.
    text = fold(normalise(text)) if fold_case else normalise(text)
    glob = object.__new__(Glob)
    object.__setattr__(glob, "tokens", tuple(map(_WILDCARDS.get, text, text)))
    object.__setattr__(glob, "fold_case", fold_case)
    object.__setattr__(glob, "shape", shape_of(text))
    object.__setattr__(glob, "text", text)
    first_wildcard = _WILDCARD_RUN.search(text)
    object.__setattr__(glob, "is_literal", first_wildcard is None)
    object.__setattr__(glob, "literal_prefix", text if first_wildcard is None else text[: first_wildcard.start()])
    return glob


def _written(tokens: Iterable[Token]) -> str:
    return "".join([token if isinstance(token, str) else _MARKS[token] for token in tokens])


def _escaped(token: Token) -> str:
    if isinstance(token, Wild):
        return _MARKS[token]
    return f"${{{token}}}" if token in _WILDCARDS else token


def _canonical_run(found: re.Match[str]) -> str:
    run = found.group()
    return "?" * run.count("?") + "*" if "*" in run else run


def _canonical(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """Put `?` before `*` and merge `*`; field wildcards likewise among themselves."""
    result: list[Token] = []
    for token in tokens:
        if token is ANY_ONE and result and result[-1] is ANY_RUN:
            result[-1:] = [ANY_ONE, ANY_RUN]
        elif token is FIELD_ONE and result and result[-1] is FIELD_RUN:
            result[-1:] = [FIELD_ONE, FIELD_RUN]
        elif isinstance(token, str) or token not in (ANY_RUN, FIELD_RUN) or not result or result[-1] is not token:
            result.append(token)
    return tuple(result)


#: The glob `*`.
ANYTHING: Final = Glob((ANY_RUN,))
