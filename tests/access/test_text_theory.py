from __future__ import annotations

from functools import cache
from itertools import product
from random import Random

import pytest

from jfml_policies.access.text_theory import Solution, solve_resource, solve_texts
from jfml_policies.access.value_sets import FIRST_LETTER, Texts, Unsettled
from jfml_policies.errors import BudgetExceededError
from jfml_policies.patterns.arn import Arn
from jfml_policies.patterns.glob import Glob
from jfml_policies.patterns.resource_pattern import Completion
from jfml_policies.patterns.tokens import ANY_ONE, ANY_RUN, FIELD_ONE, FIELD_RUN, Token

#: Every text of up to five characters over this alphabet.
ALPHABET = "aB:"
WORDS = tuple("".join(word) for length in range(6) for word in product(ALPHABET, repeat=length))
X, Y = FIRST_LETTER, chr(ord(FIRST_LETTER) + 1)
#: What a letter may mean in the trials; None: its key is absent, and the glob matches nothing.
MEANINGS = (None, "", "a", "B", "aB", ":", "aa")


@cache
def fits(tokens: tuple[Token, ...], text: str, fold_case: bool) -> bool:
    """The definition of a glob, and nothing clever."""
    if not tokens:
        return not text
    first, rest = tokens[0], tokens[1:]
    if first in (ANY_RUN, FIELD_RUN):
        stop = text.find(":") if first is FIELD_RUN and ":" in text else len(text)
        return any(fits(rest, text[place:], fold_case) for place in range(stop + 1))
    if not text:
        return False
    same = first == text[0] or (fold_case and str(first).lower() == text[0].lower())
    return (same or first is ANY_ONE or (first is FIELD_ONE and text[0] != ":")) and fits(rest, text[1:], fold_case)


def holds(texts: Texts, text: str) -> bool:
    return any(fits(glob.tokens, text, glob.fold_case) for glob in texts.globs)


def random_texts(chance: Random, tokens: tuple[Token, ...], sizes: tuple[int, ...], *, folds: bool = True) -> Texts:
    fold_case = folds and chance.random() < 0.2
    globs = [
        Glob(tuple(chance.choices(tokens, k=chance.randint(0, 4))), fold_case) for _ in range(chance.choice(sizes))
    ]
    return Texts(tuple(globs))


@pytest.mark.parametrize("seed", range(4))
def test_a_text_is_found_exactly_when_there_is_one(seed: int) -> None:
    """Against every short text: no answer where one fits is wrong, and what is found fits."""
    chance = Random(seed)
    tokens: tuple[Token, ...] = ("a", "B", ":", ANY_ONE, ANY_RUN, ANY_RUN, FIELD_ONE, FIELD_RUN)
    found = empty = 0
    for _ in range(300):
        inside = [random_texts(chance, tokens, (1, 1, 2)) for _ in range(chance.choice((0, 1, 1, 2)))]
        outside = [random_texts(chance, tokens, (0, 1, 2, 3)) for _ in range(chance.choice((0, 1, 2)))]
        solution = solve_texts(inside, outside)
        if solution is not None:
            found += 1
            assert solution.is_exact
            assert all(holds(texts, solution.text) for texts in inside)
            assert not any(holds(texts, solution.text) for texts in outside)
            continue
        empty += 1
        for word in WORDS:
            assert not all(holds(texts, word) for texts in inside) or any(holds(texts, word) for texts in outside), word

    assert min(found, empty) > 30


def meant(texts: Texts, meanings: dict[str, str | None]) -> Texts:
    """The texts once letters have a meaning."""
    globs = []
    for glob in texts.globs:
        tokens: list[Token] = []
        for token in glob.tokens:
            meaning = meanings.get(token, token) if isinstance(token, str) else token
            if meaning is None:
                break
            tokens += meaning if isinstance(meaning, str) else [meaning]
        else:
            globs.append(Glob(tuple(tokens), glob.fold_case))
    return Texts(tuple(globs))


@pytest.mark.parametrize("seed", range(4))
def test_nothing_is_ruled_out_that_some_value_of_a_variable_allows(seed: int) -> None:
    """With letters, "none" holds whatever they mean: tried with every short value, absence and one with a colon."""
    chance = Random(seed)
    tokens: tuple[Token, ...] = ("a", "B", X, X, Y, ANY_ONE, ANY_RUN, FIELD_RUN)
    ruled_out = 0
    for _ in range(600):
        inside = [random_texts(chance, tokens, (1, 1, 2)) for _ in range(chance.choice((1, 1, 2)))]
        outside = [random_texts(chance, tokens, (1, 2)) for _ in range(chance.choice((0, 1, 1)))]
        if solve_texts(inside, outside) is not None or not any(texts.letters for texts in (*inside, *outside)):
            continue
        ruled_out += 1
        for x, y in product(MEANINGS, repeat=2):
            wanted = [meant(texts, {X: x, Y: y}) for texts in inside]
            refused = [meant(texts, {X: x, Y: y}) for texts in outside]
            likely = {word for texts in wanted for glob in texts.globs for word in short_words(glob)}
            for word in likely:
                in_all = all(holds(texts, word) for texts in wanted)
                assert not in_all or any(holds(texts, word) for texts in refused), (inside, outside, x, y, word)

    assert ruled_out > 30


def arns(patterns: list[tuple[Token, ...]], completion: Completion | None) -> Texts:
    """ARN patterns, each cut into fields as soon as that is possible."""
    entries = [Unsettled(Glob(tokens), completion) for tokens in patterns]
    unsettled = [entry for entry in entries if Unsettled.is_needed(entry.written)]
    settled = [entry.settled(entry.written) for entry in entries if entry not in unsettled]
    return Texts(tuple([glob for glob in settled if glob is not None]), tuple(unsettled))


def random_arn(chance: Random) -> tuple[Token, ...]:
    tokens: tuple[Token, ...] = ("a", "a", "a:", ":", X, X, Y, "*", "?", "*")
    written = "".join(map(str, chance.choices(tokens, k=chance.choice((1, 2, 3, 6, 8)))))
    return Glob.parse(written + chance.choice(("", "", ":::::", ":a:*:::*"))).tokens


@pytest.mark.parametrize("completion", [None, Completion.ALWAYS, Completion.IF_WILDCARD, Completion.NEVER])
def test_no_arn_is_ruled_out_that_some_value_of_a_variable_allows(completion: Completion | None) -> None:
    """The same for ARN patterns with letters anywhere: values with colons part fields, empty ones may leave a `*`."""
    chance = Random(str(completion))
    solve = solve_texts if completion is None else solve_resource
    ruled_out = 0
    for _ in range(250):
        first = random_arn(chance)
        # A pattern beside one that is like it: with a token more, less, or another.
        place = chance.randrange(len(first) + 1)
        near = (
            *first[:place],
            *chance.choice(((ANY_RUN,), (ANY_ONE,), ("a",), (X,))),
            *first[place + chance.choice((0, 1)) :],
        )
        inside = arns([first] if chance.random() < 0.8 else [first, random_arn(chance)], completion)
        outside = arns([near, *[random_arn(chance) for _ in range(chance.choice((0, 1)))]], completion)
        if not inside.unsettled or solve([inside], [outside]) is not None:
            continue
        ruled_out += 1
        for x, y in product((None, "", "a", ":", "a:a", "::", ":a:::"), repeat=2):
            wanted, refused = [texts.replaced({X: x, Y: y}) for texts in (inside, outside)]
            assert None is solve([wanted], [refused]), (inside, outside, x, y)

    assert ruled_out > 10


@cache
def short_words(glob: Glob) -> frozenset[str]:
    """Some texts that a glob without letters matches."""
    words = {""}
    for token in glob.tokens:
        fill = (
            ("", "a", "B", "aB") if token in (ANY_RUN, FIELD_RUN) else ("a", "B") if token is ANY_ONE else (str(token),)
        )
        words = {word + piece for word in words for piece in fill}
    return frozenset(words)


def glob(text: str, *, fold_case: bool = False) -> Glob:
    return Glob.parse(text, fold_case=fold_case)


def union(*patterns: str) -> Texts:
    return Texts(tuple(map(glob, patterns)))


@pytest.mark.parametrize(
    ("inside", "outside"),
    [
        # Which of two `*` takes the letter does not matter; that `?` would is not said.
        ([f"b/{X}"], ["b/*"]),
        ([f"b/{X}/a"], [f"b/{X}/?"]),
        ([f"b/{X}"], [f"?/{X}"]),
        ([f"b/{X}?"], [f"*/{X}?", "c*"]),
        # The same letter is the same text.
        ([f"{X}b", f"{X}a"], []),
        ([f"{X}/a/{Y}", f"{X}/b/{Y}"], []),
        # One has more characters, or more of one, than the other has room for.
        ([f"b/{X}/*", f"?/{X}"], []),
        ([f"a/{X}", f"{X}/b"], []),
        ([f"{X}aa", f"a{X}b"], []),
    ],
)
def test_what_no_value_of_a_variable_allows(inside: list[str], outside: list[str]) -> None:
    """Some questions with variables have a plain no."""
    assert None is solve_texts([union(one) for one in inside], [union(*outside)])


@pytest.mark.parametrize(
    ("inside", "outside"),
    [
        ([f"b/{X}"], ["b/?"]),
        ([f"b/{X}"], [f"b/{Y}"]),
        ([f"b/{X}", f"b/{Y}"], []),
        ([f"b/{X}"], [f"b/{X}/*"]),
        ([f"{X}/b", f"b/{X}"], []),
    ],
)
def test_what_a_variable_leaves_open_is_not_called_exact(inside: list[str], outside: list[str]) -> None:
    """Where a value could make the difference, the answer says that it is to be tried."""
    solution = solve_texts([union(one) for one in inside], [union(*outside)])

    assert solution is not None
    assert not solution.is_exact


def test_a_variable_that_heeds_case_does_not_cover_one_that_ignores_it() -> None:
    """`X` in any spelling is more than `X`; the other way round it is covered."""
    exactly, any_case = union(X), Texts((glob(X, fold_case=True),))

    assert solve_texts([any_case], [exactly]) is not None
    assert None is solve_texts([exactly], [any_case])


def test_resources_are_arns_or_a_star() -> None:
    """A text that is neither is never the answer, and never keeps something from being empty."""
    some = solve_resource([union("*")], [union("arn:aws:s3:::b")])
    assert some is not None
    assert "*" == some.text or Arn.try_parse(some.text) is not None

    assert Solution("*") == solve_resource([union("*")], [union("arn:*:*:*:*:*")])
    assert None is solve_resource([union("*")], [Texts((glob("arn:*:*:*:*:*"), Glob.literal("*")))])


def test_a_variable_does_not_make_other_texts_resources() -> None:
    """Also where letters take part, what no ARN and no `*` can be is empty."""
    every_arn = [union("arn:*:*:*:*:*"), union(f"arn:aws:s3:::{X}*")]

    assert None is solve_resource([union("?*:*:*:*:*:*")], every_arn)
    assert solve_resource([union("*")], every_arn) is not None


def test_hard_questions_end() -> None:
    """What takes too long is no "none": it is an error, which callers turn into "unknown"."""
    long = "*".join(["ab?"] * 10_000)
    with pytest.raises(BudgetExceededError):
        solve_texts([union(f"{long}*")], [union(f"*{long}c"), union(f"{long}d*")])
