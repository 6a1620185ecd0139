"""Is there a text in all of some sets and in none of others? With policy variables: or can that be ruled out?

A set with letters stands for one set for each assignment of values to the letters. `Solution.is_exact` is False
where letters took part: then the sets could not be shown empty, and somebody has to find values and try.
"""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from itertools import product
from math import prod
from typing import TYPE_CHECKING, Final

from jfml_policies.access.value_sets import EVERYTHING, Texts, Unsettled, is_letter
from jfml_policies.patterns.arn import Arn
from jfml_policies.patterns.arn_pattern import ArnPattern
from jfml_policies.patterns.automaton import Machine
from jfml_policies.patterns.glob import ANYTHING, Glob, difference_witness, intersects, is_subset
from jfml_policies.patterns.letter_case import fold
from jfml_policies.patterns.tokens import ANY_ONE, ANY_RUN, COLON, FIELD_ONE, FIELD_RUN, Wild
from jfml_policies.patterns.word_search import shortest_word
from jfml_policies.record import record

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from jfml_policies.patterns.tokens import Token

__all__ = ["Solution", "solve_resource", "solve_texts"]

#: Pairs of globs with letters that are compared word by word.
_MOST_PAIRS: Final = 256
#: Refused sets that are looked at one by one.
_FEW: Final = 3
#: Choices of a pattern of each union that are decided one by one.
_MOST_CHOICES: Final = 16
#: Colons before the last field of an ARN, in which `*` takes all.
_ALL: Final = 5
_RESOURCES: Final = Texts((Glob.literal("*"), ArnPattern.parse("arn:*:*:*:*:*").glob))


@record
class Solution:
    """A text, or the word that it cannot be ruled out."""

    text: str
    is_exact: bool = True


def solve_texts(inside: Sequence[Texts], outside: Sequence[Texts]) -> Solution | None:
    """A text that is in all of `inside` and none of `outside`; None when there is none whatever the letters mean.

    Raises:
        BudgetExceededError: the search took too long.
    """
    wanted = list(dict.fromkeys(inside)) or [EVERYTHING]
    refused = list(dict.fromkeys(outside))
    wanted_letters = [texts for texts in wanted if texts.letters]
    if not wanted_letters and not any(texts.letters for texts in refused):
        text = _word(wanted, refused)
        return None if text is None else Solution(text)
    # Read letters of wanted sets as "any text" and leave out refused globs with letters: that only adds texts.
    opened = [_opened(texts) for texts in wanted]
    opened += [texts.unsettled[0].bounds for texts in wanted if texts.unsettled and ANYTHING not in texts.globs]
    loose = _word(opened, [_without_letters(texts) for texts in refused])
    if loose is None or any(_is_covered(texts, refused) for texts in wanted_letters):
        return None
    if not _may_agree(wanted_letters):
        return None
    choices = [_single(texts) for texts in wanted]
    if wanted_letters and 1 < prod(map(len, choices)) <= _MOST_CHOICES:
        # A text in all unions is in one pattern of each: what rules out all of these choices may be different things.
        some = (solve_texts(choice, refused) for choice in product(*choices))
        return next((solution for solution in some if solution is not None), None)
    return Solution(loose, is_exact=False)


def _single(texts: Texts) -> list[Texts]:
    """The patterns of a union, each as a union of its own."""
    return [*[Texts((glob,)) for glob in texts.globs], *[Texts((), (arn,)) for arn in texts.unsettled]]


def solve_resource(inside: Sequence[Texts], outside: Sequence[Texts]) -> Solution | None:
    """Like `solve_texts`, of the texts that a request's resource can be: an ARN, or `*`.

    Raises:
        BudgetExceededError: the search took too long.
    """
    found = solve_texts(inside, outside)
    if found is None or found.text == "*" or Arn.try_parse(found.text):
        return found
    return solve_texts([*inside, _RESOURCES], outside)


def _word(wanted: Sequence[Texts], refused: Sequence[Texts]) -> str | None:
    """A text in all of `wanted` and in none of `refused`, all without letters."""
    if len(refused) > _FEW:
        # One union is looked up once, where many would be one after the other.
        refused = [Texts(tuple(dict.fromkeys([glob for texts in refused for glob in texts.globs])))]
    smallest = min(wanted, key=lambda texts: len(texts.globs))
    others = [texts for texts in wanted if texts is not smallest]
    for text in sorted(smallest.words):
        if all(texts.holds(text) for texts in others) and not any(texts.holds(text) for texts in refused):
            return text
    for glob in smallest.patterns:
        found = _word_of(glob, others, refused)
        if found is not None:
            return found
    return None


def _word_of(glob: Glob, others: Sequence[Texts], refused: Sequence[Texts]) -> str | None:
    """A text that a pattern matches, in all of `others` and in none of `refused`."""
    relevant: list[Glob] = []
    for texts in refused:
        for other in texts.patterns_near(glob):
            if _inside(glob, other):
                return None
            if _meets(glob, other):
                relevant.append(other)
    near: list[list[Glob]] = []
    for texts in others:
        words = [Glob.literal(word) for word in texts.words if glob.matches(word)]
        patterns = [other for other in texts.patterns_near(glob) if _meets(glob, other)]
        if not words and not patterns:
            return None
        if not any(_inside(glob, other) for other in patterns):
            near.append(words + patterns)
    # Few texts are plain words of the refused sets, so first try without those.
    found = _search(glob, near, relevant)
    if found is None or not any(found in texts.words for texts in refused):
        return found
    words = [Glob.literal(word) for texts in refused for word in texts.words if glob.matches(word)]
    return _search(glob, near, relevant + words)


def _search(glob: Glob, near: Sequence[Sequence[Glob]], refused: Sequence[Glob]) -> str | None:
    if not near:
        return difference_witness(glob, refused)
    return shortest_word([_machine([glob]), *[_machine(globs) for globs in near]], _machine(refused))


def _meets(one: Glob, other: Glob) -> bool:
    """Whether two globs have a text in common; field by field where both are patterns of ARNs."""
    if one.shape is None or other.shape is None:
        fields, others = _arn_fields(one), _arn_fields(other)
        if fields is not None and others is not None:
            return all(intersects(field, match) for field, match in zip(fields, others, strict=True))
    return intersects(one, other)


@lru_cache(maxsize=4096)
def _arn_fields(glob: Glob) -> tuple[Glob, ...] | None:
    """The six fields of a pattern of ARNs as globs of their own; None where a wildcard may stand for several fields.

    Inside a field a wildcard that stops at colons is a plain one: where two such fields have a text in common, they
    have one without colons, since neither names a colon.
    """
    fields: list[list[Token]] = [[]]
    for token in glob.tokens:
        if token == COLON and len(fields) <= _ALL:
            fields.append([])
            continue
        if len(fields) <= _ALL and token in (ANY_RUN, ANY_ONE):
            return None
        fields[-1].append(_PLAIN.get(token, token))
    if len(fields) != _ALL + 1:
        return None
    return tuple([Glob(tuple(field), glob.fold_case) for field in fields])


_PLAIN: Final[dict[Token, Token]] = {FIELD_RUN: ANY_RUN, FIELD_ONE: ANY_ONE}


def _inside(inner: Glob, outer: Glob) -> bool:
    """Whether `inner` is surely inside `outer`; cheap, and False where that takes a search."""
    if inner == outer or outer.is_everything:
        return True
    if inner.shape is None or outer.shape is None or (inner.fold_case and not outer.fold_case):
        return False
    return is_subset(inner, outer)


def _has_letter(glob: Glob) -> bool:
    return any(map(is_letter, glob.tokens))


def _without_letters(texts: Texts) -> Texts:
    return Texts(tuple([glob for glob in texts.globs if not _has_letter(glob)])) if texts.letters else texts


def _opened(texts: Texts) -> Texts:
    """The texts with every letter read as any text."""
    if not texts.letters:
        return texts
    globs = [Glob(tuple([ANY_RUN if is_letter(t) else t for t in g.tokens]), g.fold_case) for g in texts.globs]
    return Texts((*globs, *[arn.opened for arn in texts.unsettled]))


def _is_covered(texts: Texts, refused: Sequence[Texts]) -> bool:
    """Whether the refused sets hold all of a set with letters, whatever the letters mean.

    Read as words in which a letter is one more character, every word that the wanted globs match is matched by a
    refused one. Then the same holds for the texts that come of putting values for letters, since no wildcard but a
    free `*` takes a letter. Where case is ignored, a letter stands for every spelling of a value, and a letter of a
    refused glob that heeds case for one.
    """
    plain = _machine([glob for others in refused for glob in others.globs if not _has_letter(glob)])
    usable = [glob for others in refused for glob in others.globs]
    heedless = [glob for glob in usable if glob.fold_case or not _has_letter(glob)]
    opaque = texts.letters.union(*[others.letters for others in refused])

    def covers(glob: Glob) -> bool:
        others = _machine(heedless if glob.fold_case else usable)
        return shortest_word([_machine([glob])], others, opaque=opaque) is None

    def covers_arn(arn: Unsettled) -> bool:
        if any(_is_written_inside(arn, other) for others in refused for other in others.unsettled):
            return True
        if shortest_word([_machine([arn.opened]), _machine(arn.bounds.globs)], plain) is None:
            return True
        return arn.as_glob is not None and covers(arn.as_glob)

    return all(map(covers_arn, texts.unsettled)) and all(map(covers, texts.globs))


def _is_written_inside(inner: Unsettled, outer: Unsettled) -> bool:
    """Whether wildcards of one ARN pattern, put for characters and wildcards of another, make it the other.

    Then it holds the other whatever the letters mean: as no wildcard was put for a colon or a letter, both part into
    fields at the same places, and each field holds the other's. It is completed where the other is, because where the
    other has a wildcard it has one, too.
    """
    if inner.completion is not outer.completion:
        return False
    tokens = outer.written.tokens
    places = _with_empty_runs(tokens, {0})
    for token in inner.written.tokens:
        is_part_of_field = token != COLON and not is_letter(token)
        after = {place + 1 for place in places if place < len(tokens) and tokens[place] == token}
        for place in places if is_part_of_field else ():
            if place < len(tokens) and tokens[place] is ANY_RUN:
                after.add(place)
            elif place < len(tokens) and tokens[place] is ANY_ONE and token is not ANY_RUN:
                after.add(place + 1)
        places = _with_empty_runs(tokens, after)
    return len(tokens) in places


def _with_empty_runs(tokens: Sequence[Token], places: set[int]) -> set[int]:
    """Places in a pattern, and those behind a `*` that takes nothing."""
    found = set(places)
    for place in sorted(places):
        while place < len(tokens) and tokens[place] is ANY_RUN:
            place += 1
            found.add(place)
    return found


def _may_agree(texts: Sequence[Texts]) -> bool:
    """Whether two sets with letters may have a text in common; True where that is not known.

    Characters and letters that both begin with, or end with, are taken away: they mean the same in both.
    """
    for place, one in enumerate(texts):
        for other in texts[place + 1 :]:
            globs, others = _as_globs(one), _as_globs(other)
            if globs is None or others is None or len(globs) * len(others) > _MOST_PAIRS:
                continue
            if not any(_rests_meet(a, b) for a, b in product(globs, others)):
                return False
    return True


def _as_globs(texts: Texts) -> list[Glob] | None:
    """Globs that hold all texts of a set, letters kept; None where there are none."""
    found = [*texts.globs, *[arn.as_glob for arn in texts.unsettled]]
    return None if None in found else [glob for glob in found if glob is not None]


def _rests_meet(one: Glob, other: Glob) -> bool:
    if _is_too_large(one, other) or _is_too_large(other, one):
        return False
    if one.fold_case or other.fold_case:
        return True
    a, b = _without_common_start(one.tokens, other.tokens)
    b_reversed, a_reversed = _without_common_start(b[::-1], a[::-1])
    rest = _opened(Texts((Glob(a_reversed[::-1]),))).globs[0], _opened(Texts((Glob(b_reversed[::-1]),))).globs[0]
    return intersects(*rest)


def _is_too_large(one: Glob, other: Glob) -> bool:
    """Whether a glob asks for more characters, or for more of some character, than another has room for."""
    if ANY_RUN in other.tokens or FIELD_RUN in other.tokens:
        return False
    letters, other_letters = Counter(filter(is_letter, one.tokens)), Counter(filter(is_letter, other.tokens))
    if not letters >= other_letters:
        return False
    # What the letters of `other` stand for is in the texts of `one` as well, so only the rest has to fit.
    if one.min_length - letters.total() > other.min_length - other_letters.total():
        return True
    fold_case = one.fold_case or other.fold_case
    more = _characters(one, fold_case=fold_case) - _characters(other, fold_case=fold_case)
    return more.total() > sum(isinstance(token, Wild) for token in other.tokens)


def _characters(glob: Glob, *, fold_case: bool) -> Counter[str]:
    plain = "".join([token for token in glob.tokens if isinstance(token, str) and not is_letter(token)])
    return Counter(fold(plain) if fold_case else plain)


def _without_common_start(
    one: tuple[Token, ...], other: tuple[Token, ...]
) -> tuple[tuple[Token, ...], tuple[Token, ...]]:
    place = 0
    while place < len(one) and place < len(other) and one[place] == other[place] and not isinstance(one[place], Wild):
        place += 1
    return one[place:], other[place:]


def _machine(globs: Iterable[Glob]) -> Machine:
    return Machine.of((glob.tokens, glob.fold_case) for glob in globs)
