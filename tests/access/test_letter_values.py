from __future__ import annotations

from itertools import product
from random import Random

import pytest

from jfml_policies.access.letter_values import values_at_letter
from jfml_policies.access.value_sets import FIRST_LETTER, Texts
from jfml_policies.patterns.glob import Glob, intersects
from jfml_policies.patterns.tokens import ANY_ONE, ANY_RUN, FIELD_ONE, FIELD_RUN, Token

X, Y = FIRST_LETTER, chr(ord(FIRST_LETTER) + 1)
LETTERS = frozenset((X,))
VALUES = tuple("".join(word) for length in range(3) for word in product("aB:", repeat=length))


def globs(*patterns: str, fold_case: bool = False) -> Texts:
    return Texts(tuple([Glob.parse(pattern, fold_case=fold_case) for pattern in patterns]))


@pytest.mark.parametrize(
    ("texts", "other", "values"),
    [
        ([f"a/{X}"], ["a/b", "a/c", "b/d"], ["b", "c"]),
        ([f"?/{X}"], ["a/b", "c/?"], ["?", "b"]),
        ([f"x:?/{X}", "b"], ["*:a/b", "c/?*"], ["*:a/b", "b"]),
        ([f"{X}/b"], ["a*/b"], ["a", "a*"]),
        ([f"a{X}"], ["b*"], []),
        ([f"{X}{Y}"], ["ab"], ["", "a", "ab"]),
    ],
)
def test_values_that_a_place_allows(texts: list[str], other: list[str], values: list[str]) -> None:
    """What stands where the variable does, in texts of the other set."""
    found = values_at_letter(globs(*texts), LETTERS, globs(*other))

    assert found is not None
    assert set(values) == {str(glob) for glob in found.globs}


def test_where_nothing_is_told() -> None:
    """A pattern without the variable says nothing of its value, unless it has no text in common with the other set."""
    assert None is values_at_letter(globs(f"a/{X}", "*/b"), LETTERS, globs("a/b"))
    assert globs("b") == values_at_letter(globs(f"a/{X}", "b/*"), LETTERS, globs("a/b"))


@pytest.mark.parametrize("seed", range(3))
def test_no_possible_value_is_left_out(seed: int) -> None:
    """With every short value: where some text is in both sets, the value is among those that are told."""
    chance = Random(seed)
    tokens: tuple[Token, ...] = ("a", "B", ":", ANY_ONE, ANY_RUN, FIELD_ONE, FIELD_RUN)
    limited = 0
    for _ in range(100):
        before, after, whole = [chance.choices(tokens, k=chance.randint(0, 3)) for _ in range(3)]
        more = chance.choice(((), (), (X,), (Y,)))
        pattern = Glob((*before, X, *after, *more), chance.random() < 0.2)
        other = Glob((*chance.choice(((), before[:1], before)), *whole), chance.random() < 0.2)
        told = values_at_letter(Texts((pattern,)), LETTERS, Texts((other,)))
        assert told is not None
        for value in VALUES:
            if told.holds(value):
                continue
            limited += 1
            for second in ("", "a", "B:"):
                tried = [value if token == X else second if token == Y else token for token in pattern.tokens]
                meant = Glob(
                    tuple([t for one in tried for t in (one if isinstance(one, str) else (one,))]), pattern.fold_case
                )
                assert not intersects(meant, other), (pattern, other, value)

    assert limited > 100
