"""What the value of a policy variable must be like, told from where the variable stands.

A text that is in `a/${key}` and in `?/b*` at once has a value for the key that is in `b*`. So each pair of sets that a
text must be in, one of them with the variable, limits the value. Everything that is not known here (other variables,
the other places of this one) is read as any text, so that no possible value is left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jfml_policies.access.value_sets import Texts, is_letter
from jfml_policies.patterns.glob import Glob
from jfml_policies.patterns.letter_case import fold
from jfml_policies.patterns.tokens import ANY_RUN, COLON, FIELD_ONE, FIELD_RUN, Wild

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from jfml_policies.patterns.tokens import Token

__all__ = ["values_at_letter"]

#: Longer answers, or patterns, are not worth their time.
_MOST_GLOBS: Final = 16
_LONGEST: Final = 400
_RUNS: Final = (ANY_RUN, FIELD_RUN)
_WITHIN_FIELD: Final = (FIELD_ONE, FIELD_RUN)


def values_at_letter(texts: Texts, letters: frozenset[str], other: Texts) -> Texts | None:
    """Texts that the letters can stand for, at most, where one text is in both sets; None where that is not told.

    It is not told where a text can be in both sets by a pattern without these letters.

    Args:
        texts: a set in which letters occur.
        letters: the letters of one key that has a value, so that all of them stand for it.
        other: a set that the text is in as well.
    """
    if texts.unsettled or other.unsettled or len(texts.globs) * len(other.globs) > _MOST_GLOBS:
        return None
    found: dict[Glob, None] = {}
    for glob in texts.globs:
        place = next((place for place, token in enumerate(glob.tokens) if token in letters), None)
        for beside in other.globs:
            if max(len(glob.tokens), len(beside.tokens)) > _LONGEST:
                return None
            fold_case = glob.fold_case or beside.fold_case
            if place is None:
                if _may_meet(glob.tokens, beside.tokens, fold_case=fold_case):
                    return None
                continue
            between = _between(glob.tokens[:place], beside.tokens, glob.tokens[place + 1 :], fold_case=fold_case)
            found |= dict.fromkeys(between)
    return Texts(tuple(found)) if len(found) <= _MOST_GLOBS else None


def _between(before: Iterable[Token], whole: Iterable[Token], after: Iterable[Token], *, fold_case: bool) -> list[Glob]:
    """What can stand in a text of `whole` between one of `before` and one of `after`."""
    tokens = _opened(whole)
    starts = _read(_opened(before), tokens, fold_case=fold_case)
    ends = _read(_opened(after)[::-1], tokens[::-1], fold_case=fold_case)
    starts = {place for place in starts if not (place - 1 in starts and tokens[place - 1] in _RUNS)}
    pieces = {tokens[start : len(tokens) - end] for start in starts for end in ends if start <= len(tokens) - end}
    return [Glob(piece, fold_case) for piece in sorted(pieces, key=lambda piece: (len(piece), str(piece)))]


def _may_meet(one: Iterable[Token], other: Iterable[Token], *, fold_case: bool) -> bool:
    tokens = _opened(other)
    return len(tokens) in _read(_opened(one), tokens, fold_case=fold_case)


def _opened(tokens: Iterable[Token]) -> tuple[Token, ...]:
    return tuple([ANY_RUN if is_letter(token) else token for token in tokens])


def _read(first: Sequence[Token], whole: Sequence[Token], *, fold_case: bool) -> set[int]:
    """How many tokens of `whole` a text of `first` may read; a run that it stands in counts as read and as not read."""
    seen: set[tuple[int, int]] = set()
    waiting = [(0, 0)]
    while waiting:
        place = waiting.pop()
        if place in seen:
            continue
        seen.add(place)
        one, two = place
        in_first, in_whole = one < len(first), two < len(whole)
        if in_first and first[one] in _RUNS:
            waiting.append((one + 1, two))
        if in_whole and whole[two] in _RUNS:
            waiting.append((one, two + 1))
        if in_first and in_whole and _agree(first[one], whole[two], fold_case=fold_case):
            waiting.append((one + (first[one] not in _RUNS), two + (whole[two] not in _RUNS)))
    return {two for one, two in seen if one == len(first)}


def _agree(one: Token, two: Token, *, fold_case: bool) -> bool:
    """Whether some character is taken by both tokens."""
    if isinstance(one, Wild) or isinstance(two, Wild):
        return not (one in _WITHIN_FIELD and two == COLON) and not (two in _WITHIN_FIELD and one == COLON)
    return one == two or (fold_case and fold(one) == fold(two))
