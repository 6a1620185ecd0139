from __future__ import annotations

import re
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jfml_policies.patterns.action import ActionPattern, ActionProblem

parse = ActionPattern.parse

ACTIONS = [
    f"{prefix}:{name}"
    for prefix in ("s", "t")
    for size in (1, 2, 3)
    for name in map("".join, product("ab", repeat=size))
]
# Names below hold a `*` and three other characters at most, so two that have a name in common have a short one.
LONGER = [f"s:{name}" for size in (4, 5, 6) for name in map("".join, product("ab", repeat=size))]
names = st.text("aAb*?", max_size=4)
patterns = st.one_of(
    names.map("s:".__add__), st.sampled_from(["*", "*:*", "?:a", "s*", "s:*:*", "s*:a", "s:b*", "sa", "*a", "t:*"])
)
actions = st.sampled_from(ACTIONS)


@given(patterns, actions)
def test_letter_case_does_not_matter(pattern: str, action: str) -> None:
    """Prefix and name match in any letter case."""
    expected = re.fullmatch(pattern.replace("*", ".*").replace("?", "."), action, re.IGNORECASE) is not None

    assert expected == parse(pattern).matches(action) == parse(pattern.swapcase()).matches(action.upper())


@given(patterns, patterns, actions)
def test_algebra_agrees_with_membership(a: str, b: str, action: str) -> None:
    """Inclusion and intersection are about texts with one colon, a prefix and a name."""
    one, other = parse(a), parse(b)
    found = one.difference_witness([other])

    assert one.is_subset(other) == one.is_subset_of_union([other]) == (found is None)
    assert (
        one.intersects(other)
        == other.intersects(one)
        == any(one.matches(text) and other.matches(text) for text in [*ACTIONS, *LONGER])
    )
    if one.matches(action):
        assert other.matches(action) or found is not None
        assert not other.matches(action) or one.intersects(other)
    if found is not None:
        assert re.fullmatch("[^:]+:[^:]+", found)
        assert one.matches(found)
        assert not other.matches(found)
    if one.is_subset(other):
        shared = [text for text in ACTIONS if one.matches(text)]
        assert all(map(other.matches, shared))
        assert not shared or one.intersects(other)


@pytest.mark.parametrize(("a", "b"), [("*", "*:*"), ("s3:*", "s3:?*"), ("s3:*", "S3:**"), ("*", "?*:?*")])
def test_equal_sets_in_different_writing(a: str, b: str) -> None:
    """Patterns that differ only in texts that are no action mean the same."""
    assert parse(a).is_subset(parse(b))
    assert parse(b).is_subset(parse(a))


def test_equality_ignores_case() -> None:
    """Patterns are equal when they differ in letter case or redundant stars; the text stays as written."""
    assert parse("S3:GET**") == parse("s3:get*")
    assert hash(parse("S3:GET**")) == hash(parse("s3:get*"))
    assert parse("S3:GET**").text == "S3:GET**"


def test_parts() -> None:
    """The prefix is in lower case, the name as written."""
    pattern = parse("S3:GetObject")

    assert (pattern.prefix, pattern.name, pattern.is_star, pattern.is_literal) == ("s3", "GetObject", False, True)
    assert parse("*").is_star
    assert (parse("GetObject").prefix, parse("GetObject").name) == ("", "GetObject")


def test_witness_keeps_the_writing() -> None:
    """A witness is spelt like the pattern, so that a reader recognises it."""
    assert parse("s3:GetObject*").difference_witness([parse("s3:getobject")]) == "s3:GetObjects"


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("*", []),
        ("s3:Get*", []),
        ("a-b:C_d-?", []),
        ("", [("empty", 0, 0)]),
        ("GetObject", [("no-colon", 0, 9)]),
        ("s3*", [("no-colon", 0, 3)]),
        (":Get", [("empty-prefix", 0, 0)]),
        ("s3:", [("empty-name", 3, 3)]),
        ("s*:Get", [("wildcard-in-prefix", 0, 2)]),
        ("*:*", [("wildcard-in-prefix", 0, 1)]),
        ("s3:a:b", [("too-many-colons", 4, 6)]),
        ("s3:Get Object", [("illegal-character", 6, 7)]),
        (
            "s 3:\xe4\xf6x${y}",
            [
                ("illegal-character", 1, 2),
                ("illegal-character", 4, 6),
                ("illegal-character", 7, 9),
                ("illegal-character", 10, 11),
            ],
        ),
    ],
)
def test_problems(text: str, problems: list[tuple[str, int, int]]) -> None:
    """What is wrong with a pattern is data, with the place of each fault."""
    assert problems == [(problem.code, problem.start, problem.end) for problem in parse(text).problems]


@given(st.text(max_size=12))
def test_any_text_parses(text: str) -> None:
    """No text raises, and every problem lies inside it."""
    problems = parse(text).problems

    assert all(0 <= problem.start <= problem.end <= len(text) for problem in problems)
    assert all(isinstance(problem, ActionProblem) for problem in problems)
