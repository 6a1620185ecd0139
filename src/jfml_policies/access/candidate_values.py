"""Values of a condition key that are worth a try where a policy variable stands for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jfml_policies.access.key_test import KeyTest
from jfml_policies.access.key_theory import KeySolution
from jfml_policies.access.value_sets import Texts, is_letter
from jfml_policies.patterns.glob import Glob
from jfml_policies.patterns.tokens import ANY_ONE, ANY_RUN, FIELD_ONE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jfml_policies.access.search import State
    from jfml_policies.access.space import Box, Space

__all__ = ["candidate_values"]

_MOST_VALUES: Final = 40
_LONGEST_WORD: Final = 200
#: Values that no policy is likely to hold.
_FRESH: Final = ("x1", "y2", "x/y")


def candidate_values(space: Space, state: State, key: str) -> list[str | None]:
    """Values of a key, likely ones first: such that its own tests hold, and what the patterns beside it suggest."""
    pool: dict[str | None, None] = {}
    own = state.get(key, frozenset())
    if own:
        solution = space.solve(key, own)
        if isinstance(solution, KeySolution) and solution.values:
            pool[solution.values[0]] = None
        for texts in _texts_of(space, own):
            pool |= dict.fromkeys(sorted(texts.words)[:4])
            pool |= dict.fromkeys(word for glob in texts.patterns[:4] for word in _words_of(glob))
    pool |= dict.fromkeys(_FRESH)
    for dimension, box in state.items():
        texts_here = list(_texts_of(space, box))
        letters = {letter for texts in texts_here for letter in texts.letters if space.letters[letter].key == key}
        if not letters:
            continue
        solution = space.solve(dimension, box)
        words = list(solution.values if isinstance(solution, KeySolution) else (solution.text,) if solution else ())
        for texts in texts_here:
            words += sorted(texts.words)[:8]
            words += [word for glob in texts.patterns[:8] for word in _words_of(glob)]
        for texts in texts_here:
            for glob in texts.globs:
                for word in words[:30]:
                    pool |= dict.fromkeys(_fitting(glob, letters, word))
    pool[""] = None
    return list(pool)[:_MOST_VALUES]


def _texts_of(space: Space, box: Box) -> Iterator[Texts]:
    for literal in sorted(box):
        content = space.content(literal)
        values = content.values if isinstance(content, KeyTest) else content
        if isinstance(values, Texts):
            yield values


def _words_of(glob: Glob) -> Iterator[str]:
    """Short texts that a glob without letters matches."""
    if not any(map(is_letter, glob.tokens)):
        for filler in ("", "x1"):
            yield "".join(
                [t if isinstance(t, str) else "q" if t in (ANY_ONE, FIELD_ONE) else filler for t in glob.tokens]
            )


def _fitting(glob: Glob, letters: set[str], word: str) -> Iterator[str]:
    """Values of a letter under which a glob may match a word."""
    places = [place for place, token in enumerate(glob.tokens) if token in letters]
    if len(places) != 1 or len(word) > _LONGEST_WORD:
        return
    opened = Glob(tuple([ANY_RUN if is_letter(token) else token for token in glob.tokens]))
    if not opened.matches(word):
        return
    before, after = Glob(glob.tokens[: places[0]]), Glob(glob.tokens[places[0] + 1 :])
    starts = [place for place in range(len(word) + 1) if before.matches(word[:place])]
    ends = [place for place in range(len(word) + 1) if after.matches(word[place:])]
    for start in (*starts[:3], *starts[-1:]):
        for end in (*ends[-1:], *ends[:2]):
            if start <= end:
                yield word[start:end]
