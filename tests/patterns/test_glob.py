"""Claims about sets of texts, held against a matcher too slow and plain to be wrong, over all short texts."""

from __future__ import annotations

from functools import lru_cache
from itertools import product

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from jfml_policies.errors import BudgetExceededError
from jfml_policies.patterns import glob as globs
from jfml_policies.patterns.glob import Glob
from jfml_policies.patterns.letter_case import fold
from jfml_policies.patterns.tokens import ANY_ONE, ANY_RUN, FIELD_ONE, FIELD_RUN, Token
from jfml_policies.patterns.word_search import shortest_word

# `z` stands for every character that no pattern names.
WORDS = ["".join(letters) for length in range(7) for letters in product("abz", repeat=length)]
PATTERNS = ["".join(letters) for length in range(5) for letters in product("ab*?", repeat=length)]
CANONICAL = sorted({globs.normalise(pattern) for pattern in PATTERNS})
SHORTER = [pattern for pattern in CANONICAL if len(pattern) < 4]

FIELD_WORDS = ["".join(letters) for length in range(5) for letters in product("a:z", repeat=length)]
FIELD_TOKENS: list[Token] = ["a", ":", FIELD_ONE, FIELD_RUN, ANY_RUN]
FIELD_GLOBS = [
    Glob(tokens)
    for length in range(4)
    for tokens in product(FIELD_TOKENS, repeat=length)
    if len(tokens) < 3 or tokens[1] == ":"
]

short_patterns = st.text("ab*?", max_size=7)
piecewise = st.lists(st.sampled_from(["a", "b", "*", "?", "ab", "a?b", "?*", "*a", "b*"]), max_size=6).map("".join)
texts = st.text("abz", max_size=10)


def matches_slowly(tokens: tuple[Token, ...], text: str) -> bool:
    """The definition of the language, read aloud."""
    if not tokens:
        return not text
    first, rest = tokens[0], tokens[1:]
    if first in (ANY_RUN, FIELD_RUN):
        ends = range(len(text) + 1)
        return any(matches_slowly(rest, text[end:]) for end in ends if not (first is FIELD_RUN and ":" in text[:end]))
    if not text or (first is FIELD_ONE and text[0] == ":"):
        return False
    return (first in (ANY_ONE, FIELD_ONE) or first == text[0]) and matches_slowly(rest, text[1:])


@lru_cache(maxsize=1024)
def language(pattern: str | Glob) -> frozenset[str]:
    """All short words of a glob."""
    if isinstance(pattern, Glob):
        return frozenset(word for word in FIELD_WORDS if matches_slowly(pattern.tokens, word))
    tokens = tuple(ANY_RUN if letter == "*" else ANY_ONE if letter == "?" else letter for letter in pattern)
    return frozenset(word for word in WORDS if matches_slowly(tokens, word))


def shortest(words: frozenset[str]) -> int | None:
    return min(map(len, words), default=None)


def length(text: str | None) -> int | None:
    return None if text is None else len(text)


def test_matching_is_the_definition() -> None:
    """A glob matches exactly the texts that its definition says, however it is written."""
    for pattern in PATTERNS:
        assert language(pattern) == frozenset(word for word in WORDS if globs.matches(pattern, word)), pattern


def test_field_wildcards_stop_at_colons() -> None:
    """A field wildcard takes any character but a colon."""
    for glob in FIELD_GLOBS:
        assert language(glob) == frozenset(word for word in FIELD_WORDS if glob.matches(word)), glob


def test_normal_form_is_unique() -> None:
    """Two patterns mean the same exactly when their normal forms are equal."""
    assert len(CANONICAL) == len({language(pattern) for pattern in PATTERNS})
    for pattern in PATTERNS:
        assert language(pattern) == language(globs.normalise(pattern))


def test_subset_and_intersection_of_all_short_patterns() -> None:
    """Inclusion and intersection agree with membership for every pair of short patterns."""
    for a, b in product(CANONICAL, repeat=2):
        assert (language(a) <= language(b)) == globs.is_subset(a, b), (a, b)
        assert bool(language(a) & language(b)) == globs.intersects(a, b), (a, b)


def test_witnesses_of_all_short_patterns() -> None:
    """A witness exists exactly when it should, lies where it should and is a shortest one."""
    for a, b in product(SHORTER, CANONICAL[::3]):
        difference, common = globs.difference_witness(a, [b]), globs.intersection_witness(a, b)

        assert shortest(language(a) - language(b)) == length(difference), (a, b)
        assert shortest(language(a) & language(b)) == length(common), (a, b)
        assert difference is None or (globs.matches(a, difference) and not globs.matches(b, difference))
        assert common is None or (globs.matches(a, common) and globs.matches(b, common))


def test_field_globs_of_all_short_patterns() -> None:
    """The same holds with wildcards that stop at a colon."""
    for a, b in product(FIELD_GLOBS[::2], FIELD_GLOBS[::3]):
        assert (language(a) <= language(b)) == globs.is_subset(a, b), (a, b)
        assert bool(language(a) & language(b)) == globs.intersects(a, b), (a, b)
        assert shortest(language(a) - language(b)) == length(globs.difference_witness(a, [b])), (a, b)


@given(st.sampled_from(CANONICAL), st.lists(st.sampled_from(CANONICAL), max_size=5))
def test_union_is_exact(a: str, bs: list[str]) -> None:
    """Inclusion in a union, with its shortest witness, agrees with membership."""
    rest = language(a).difference(*map(language, bs))

    assert (not rest) == globs.is_subset_of_union(a, bs)
    assert shortest(rest) == length(globs.difference_witness(a, bs))


@given(st.lists(st.sampled_from(SHORTER), min_size=1, max_size=3), st.lists(st.sampled_from(SHORTER), max_size=3))
def test_witness_of_several(all_of: list[str], none_of: list[str]) -> None:
    """A text in all of some sets and in none of others is found exactly when there is one, and it is a shortest."""
    words = frozenset.intersection(*map(language, all_of)).difference(*map(language, none_of))
    found = globs.witness(all_of, none_of)

    # Three patterns may need a longer text than the words at hand; then the text speaks for itself.
    if found is None or len(found) <= len(WORDS[-1]):
        assert shortest(words) == length(found)
    assert found is None or all(globs.matches(pattern, found) for pattern in all_of)
    assert found is None or not any(globs.matches(pattern, found) for pattern in none_of)


@given(short_patterns, short_patterns, texts)
def test_subset_agrees_with_membership(a: str, b: str, text: str) -> None:
    """What is in a subset is in the set, also for longer patterns."""
    if globs.is_subset(a, b) and globs.matches(a, text):
        assert globs.matches(b, text)
    if globs.matches(a, text) and globs.matches(b, text):
        assert globs.intersects(a, b)


@given(piecewise, piecewise)
@settings(max_examples=1_000)
@example("a*bb", "*a?b*")
@example("*a*bb*", "*a?b*")
@example("a*bc", "a?*b*")
@example("a?b", "*a?b*")
def test_linear_answers_agree_with_the_search(a: str, b: str) -> None:
    """The linear tests of inclusion and intersection say what the exhaustive search says."""
    one, other = globs._machine(Glob.parse(a)), globs._machine(Glob.parse(b))

    assert (shortest_word([one], other) is None) == globs.is_subset(a, b)
    assert (shortest_word([one, other]) is not None) == globs.intersects(a, b)


@given(short_patterns, short_patterns, st.lists(short_patterns, max_size=3))
def test_set_laws(a: str, b: str, bs: list[str]) -> None:
    """Inclusion is reflexive and antisymmetric, intersection commutes, a union only grows."""
    assert globs.is_subset(a, a)
    assert (globs.is_subset(a, b) and globs.is_subset(b, a)) == (globs.normalise(a) == globs.normalise(b))
    assert globs.intersects(a, b) == globs.intersects(b, a)
    assert length(globs.intersection_witness(a, b)) == length(globs.intersection_witness(b, a))
    assert not globs.is_subset_of_union(a, bs) or globs.is_subset_of_union(a, [*bs, b])
    assert globs.is_subset_of_union(a, [*bs, a])
    assert globs.is_subset_of_union(a, [b]) == globs.is_subset(a, b)


@given(st.text("a*?"))
def test_normalising_twice_is_normalising_once(pattern: str) -> None:
    """The normal form is stable, and the parsed glob is written in it."""
    assert globs.normalise(pattern) == globs.normalise(globs.normalise(pattern))
    assert globs.normalise(pattern) == str(Glob.parse(pattern))


@given(st.text("aAk\u212a\xdf*?", max_size=5), st.text("aAk\u212a\xdf*?", max_size=5), st.text("aAkK\u212a\xdf\u1e9e"))
def test_folding_case(a: str, b: str, text: str) -> None:
    """Ignoring case is matching in lower case, and the algebra agrees when only one side ignores case."""
    folded, heeding = Glob.parse(a, fold_case=True), Glob.parse(b)

    assert folded.matches(text) == globs.matches(fold(a), fold(text))
    if folded.matches(text) and heeding.matches(text):
        assert globs.intersects(folded, heeding)
    for inner, outer in ((folded, heeding), (heeding, folded)):
        found = globs.difference_witness(inner, [outer])
        assert (found is None) == globs.is_subset(inner, outer)
        assert found is None or (inner.matches(found) and not outer.matches(found))
        if inner.matches(text) and not outer.matches(text):
            assert found is not None


@pytest.mark.parametrize(
    ("all_of", "none_of", "expected"),
    [
        (["a*aaa*", "*b*?"], [], "abaaa"),
        ([Glob.parse("*aa*", fold_case=True), "*aA"], ["aaA*a*"], "aA"),
    ],
)
def test_the_first_text_found_is_a_shortest(all_of: list[str | Glob], none_of: list[str], expected: str) -> None:
    """The search's lower bound never exceeds what is to come, also when one set ignores case."""
    assert expected == globs.witness(all_of, none_of)


def test_case_that_only_an_odd_letter_tells_apart() -> None:
    """The Kelvin sign is a spelling of `k`, so `k` and `K` are not all of it."""
    assert globs.difference_witness(Glob.parse("k", fold_case=True), ["k", "K"]) == "\u212a"


def test_escaped_wildcards_are_literal() -> None:
    """A literal `*` or `?` matches itself alone, in every question."""
    star = Glob((*"a", "*"))

    assert [star.matches(text) for text in ("a*", "ab", "a")] == [True, False, False]
    assert star.is_literal
    assert str(star) == "a${*}"
    assert globs.is_subset(star, "a?")
    assert not globs.is_subset("a?", star)
    assert globs.intersection_witness(star, "*?*") == "a*"
    assert globs.difference_witness("a?", [star]) == "aa"


@given(st.text(max_size=8))
def test_any_text_is_a_pattern(text: str) -> None:
    """Whatever the text, it parses, prints its normal form and matches itself when it has no wildcard."""
    glob = Glob.parse(text)

    assert globs.normalise(text) == str(glob)
    assert glob == Glob.parse(str(glob))
    assert glob.matches(text)
    assert Glob.literal(text).matches(text)


@pytest.mark.parametrize(
    ("pattern", "everything", "literal", "prefix", "least"),
    [
        ("*", True, False, "", 0),
        ("**", True, False, "", 0),
        ("", False, True, "", 0),
        ("s3:Get*", False, False, "s3:Get", 6),
        ("a?", False, False, "a", 2),
        ("abc", False, True, "abc", 3),
    ],
)
def test_properties(pattern: str, everything: bool, literal: bool, prefix: str, least: int) -> None:
    """A glob tells whether it is `*`, a single text, how it begins and how short its texts can be."""
    glob = Glob.parse(pattern)

    assert (glob.is_everything, glob.is_literal, glob.literal_prefix, glob.min_length) == (
        everything,
        literal,
        prefix,
        least,
    )


@pytest.mark.parametrize(
    ("a", "bs", "expected"),
    [
        ("s3:Get*", ["s3:GetObject*"], "s3:Get"),
        ("arn:aws:s3:::acme*", ["arn:aws:s3:::acme", "arn:aws:s3:::acme/*"], "arn:aws:s3:::acmea"),
        ("b?", ["ba"], "bb"),
        ("?", ["a", "b"], "x"),
        ("1?", ["1x"], "1y"),
    ],
)
def test_witnesses_are_readable(a: str, bs: list[str], expected: str) -> None:
    """Letters of the patterns come first, then plain fresh ones."""
    assert expected == globs.difference_witness(a, bs)


K = 30
TAIL = "?" * K
LETTERS = "abcdefghijklmnopqrstuvwxyzABCD"


@pytest.mark.parametrize(
    ("all_of", "none_of", "expected"),
    [
        # Determinising `*a` and k times `?` takes 2 to the power k states.
        ([f"*a{TAIL}"], [f"*b{TAIL}"], K + 1),
        ([f"?*a{TAIL}"], [f"*a{TAIL}"], None),
        ([f"*a{TAIL}", f"*b{TAIL}"], [], None),
        ([f"*a*{TAIL}"], [f"*a{TAIL}", "a*", "*a", f"*{TAIL}a*"], K + 3),
        ([f"*a{TAIL}"], ["*b" + "?" * i for i in range(K)] + ["*a" + "?" * i for i in range(K)], K + 1),
        (["*a*"], ["*a" + "?" * i for i in range(K)], K + 1),
        (["*a*"], ["*a" + "?" * i for i in range(K)] + [f"*a{TAIL}*"], None),
        # k substrings: all orders of all subsets.
        ([f"*{letter}*" for letter in LETTERS], [], K),
        ([f"*{letter}*" for letter in LETTERS], ["*ab*", "*cd*", "*a?b*"], K),
        (["?*"], [f"*{letter}*" for letter in LETTERS], 1),
        ([TAIL], ["?" * i + "a*" for i in range(K)], K),
    ],
)
def test_exponential_families(all_of: list[str], none_of: list[str], expected: int | None) -> None:
    """Families that blow up a subset construction are decided within the usual budget."""
    assert expected == length(globs.witness(all_of, none_of))


def test_budget() -> None:
    """A question past its budget raises our error, and says so rather than guess."""
    with pytest.raises(BudgetExceededError, match="more steps than the budget"):
        globs.witness([f"*{letter}*" for letter in LETTERS], ["?" * 25 + "*"], budget=500)
    with pytest.raises(BudgetExceededError, match="more steps than the budget"):
        globs.witness(["*a" + "b" * i + "?" * (K - i) for i in range(K)])
    with pytest.raises(BudgetExceededError, match="50000 characters"):
        globs.difference_witness("*" + "a?" * 50_000, ["*b*"])
    with pytest.raises(BudgetExceededError, match="too long"):
        globs.matches("*" + "a?" * 300_000 + "*", "b" * 700_000)


def test_long_patterns_and_texts() -> None:
    """A thousand stars against a hundred thousand characters are no work, whether they match or not."""
    stars = "*a" * 1000

    assert globs.matches(stars + "*", "a" * 100_000)
    assert not globs.matches(stars + "*b", "a" * 100_000)
    assert not globs.matches("*a?b" * 1000 + "*", "a" * 100_000)
    assert globs.matches("?*" * 1000, "a" * 1000)
    assert not globs.matches("?*" * 1000, "a" * 999)
    assert globs.is_subset(stars + "*", "*a*")
    assert Glob((*Glob.parse(stars).tokens, "*")).matches("a" * 5_000 + "*")
