"""Names against patterns."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jfml_policies.catalog.name_pattern import NamePattern


@cache
def _obviously_matches(pattern: str, name: str) -> bool:
    if not pattern:
        return not name
    if pattern[0] == "*":
        return _obviously_matches(pattern[1:], name) or (bool(name) and _obviously_matches(pattern, name[1:]))
    return bool(name) and pattern[0] in ("?", name[0]) and _obviously_matches(pattern[1:], name[1:])


@given(st.text("ab?*", max_size=9), st.text("ab", max_size=9))
def test_agrees_with_the_textbook_definition(pattern: str, name: str) -> None:
    """The greedy search decides like the definition by recursion."""
    assert _obviously_matches(pattern, name) == NamePattern(pattern).matches(name)


@pytest.mark.parametrize(
    ("pattern", "name", "expected"),
    [
        ("", "", True),
        ("", "a", False),
        ("*", "", True),
        ("?", "", False),
        ("a*a", "a", False),
        ("a*b*a", "aba", True),
        ("*?b", "ab", True),
        ("*ab?", "aabab", False),
    ],
)
def test_edges(pattern: str, name: str, expected: bool) -> None:
    """Empty texts, and pieces that must not share characters."""
    assert expected is NamePattern(pattern).matches(name)


def test_a_hostile_pattern_is_refused_by_its_length() -> None:
    """A pattern with more characters than the name has is decided without a search."""
    assert not NamePattern("*a" * 100_000 + "b").matches("a" * 1000)
