"""Values of a condition key that are worth a try where a policy variable stands for it, or that alone are possible."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jfml_policies.access.assignment import PRESENT
from jfml_policies.access.key_test import KeyTest
from jfml_policies.access.key_theory import KeySolution, solve_key
from jfml_policies.access.value_sets import Texts, all_words, is_letter
from jfml_policies.errors import BudgetExceededError
from jfml_policies.patterns.glob import Glob
from jfml_policies.patterns.tokens import ANY_ONE, ANY_RUN, FIELD_ONE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jfml_policies.access.assignment import Assignment

__all__ = ["candidate_values", "few_values"]

_MOST_VALUES: Final = 40
_LONGEST_WORD: Final = 200
#: Values that are taken one by one, as a proof demands.
_MOST_FEW: Final = 16
#: The same of values that take a search each.
_MOST_FOUND: Final = 3
#: Values that no policy is likely to hold.
_FRESH: Final = ("x1", "y2", "x/y")
_FRESH_ARN: Final = "arn:aws:iam::111122223333:role/x1"
_ANY_ARN: Final = Texts((Glob.parse("arn:?*:?*:*:*:?*"),))


def candidate_values(assignment: Assignment, key: str) -> list[str]:
    """Values of a key, likely ones first: such that its own tests hold, and what the patterns beside it suggest."""
    pool: dict[str, None] = {}
    own = assignment.found.get(key)
    if isinstance(own, KeySolution):
        # The empty text is as good as any other, but nobody writes it.
        pool |= dict.fromkeys([*filter(None, own.values[:1]), *_FRESH])
    letters = assignment.letters_of(key)
    for dimension in assignment.needs:
        texts_here = list(assignment.texts(dimension))
        if all(letters.isdisjoint(texts.letters) for texts in texts_here):
            continue
        if any(texts.unsettled for texts in texts_here):
            pool |= dict.fromkeys([*_arns(assignment, key), _FRESH_ARN])
        solution = assignment.found[dimension]
        words = list(solution.values if isinstance(solution, KeySolution) else (solution.text,))
        for texts in texts_here:
            words += sorted(texts.words)[:8]
            words += [word for glob in texts.patterns[:8] for word in _words_of(glob)]
        for texts in texts_here:
            for glob in (*texts.globs, *[arn.written for arn in texts.unsettled]):
                for word in words[:30]:
                    pool |= dict.fromkeys(_fitting(glob, letters, word))
    for texts in (*assignment.texts(key), *assignment.hints(key)):
        pool |= dict.fromkeys(sorted(texts.words)[:4])
        pool |= dict.fromkeys(word for glob in texts.patterns[:4] for word in _words_of(glob))
    return list(dict.fromkeys([*pool, *_FRESH, ""]))[:_MOST_VALUES]


def few_values(assignment: Assignment, key: str) -> list[str] | None:
    """The only values that a key can have, if it has any; None where they are many, or not told.

    Its own tests may leave few, or a variable stands where but few texts can: `a/${key}` among `a/b`, `a/c`.
    """
    own = assignment.needs.get(key, ())
    if assignment.space.may_have_several(key):
        return None
    tests = [(content, wanted) for content, wanted in own if isinstance(content, KeyTest)]
    tests += [(content, wanted) for content, wanted in assignment.demands(key, PRESENT) if isinstance(content, KeyTest)]
    sets = [test.values for test, wanted in tests if wanted and isinstance(test.values, Texts)]
    lists = [words for words in map(all_words, sets) if words is not None and len(words) <= _MOST_FEW]
    if lists:
        return min(lists, key=len)
    return _all_values(assignment, key, tests) if len(tests) > 1 else None


def _all_values(assignment: Assignment, key: str, tests: list[tuple[KeyTest, bool]]) -> list[str] | None:
    """All values under which tests of a key hold, when they are very few: each is found and then ruled out."""
    found: list[str] = []
    while len(found) < _MOST_FOUND:
        others = [(KeyTest(key, "one", absent=False, values=Texts((Glob.literal(word),))), False) for word in found]
        try:
            solution = assignment.space.solve_tests(key, [*tests, *others])
        except BudgetExceededError:
            return None
        if solution is None:
            return found
        if not solution.is_exact:
            return None
        found += solution.values
    return None


def _arns(assignment: Assignment, key: str) -> tuple[str, ...]:
    """An ARN that meets the key's own tests."""
    tests = [(content, wanted) for content, wanted in assignment.needs.get(key, ()) if isinstance(content, KeyTest)]
    tests.append((KeyTest(key, "one", absent=False, values=_ANY_ARN), True))
    try:
        solution = solve_key(tests, may_have_several=False)
    except BudgetExceededError:
        return ()
    return () if solution is None else solution.values


def _words_of(glob: Glob) -> Iterator[str]:
    """Short texts that a glob without letters matches."""
    if not any(map(is_letter, glob.tokens)):
        for filler in ("", "x1"):
            word = "".join(
                [t if isinstance(t, str) else "q" if t in (ANY_ONE, FIELD_ONE) else filler for t in glob.tokens]
            )
            yield from (word, word.upper()) if glob.fold_case else (word,)


def _fitting(glob: Glob, letters: frozenset[str], word: str) -> Iterator[str]:
    """Values of a letter under which a glob may match a word."""
    if letters.isdisjoint(glob.text) or len(word) > _LONGEST_WORD:
        return
    places = [place for place, token in enumerate(glob.tokens) if token in letters]
    opened = [ANY_RUN if is_letter(token) else token for token in glob.tokens]
    if not Glob(tuple(opened)).matches(word):
        return
    before, after = Glob(tuple(opened[: places[0]])), Glob(tuple(opened[places[0] + 1 :]))
    starts = [place for place in range(len(word) + 1) if before.matches(word[:place])]
    ends = [place for place in range(len(word) + 1) if after.matches(word[place:])]
    for start in (*starts[:3], *starts[-1:]):
        for end in (*ends[-1:], *ends[:2]):
            if start <= end:
                yield word[start:end]
