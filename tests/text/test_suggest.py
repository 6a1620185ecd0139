from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jfml_policies.text.suggest import nearest

KNOWN = ["GetObject", "GetObjectAcl", "PutObject", "ListBucket"]


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("GetObjct", "GetObject"),
        ("GteObject", "GetObject"),
        ("getobject", "GetObject"),
        ("ListBuckets", "ListBucket"),
        ("DeleteBucket", None),
        ("", None),
        ("x" * 1000, None),
    ],
)
def test_names_the_nearest_or_none(word: str, expected: str | None) -> None:
    """A misspelt name gives the name meant, a foreign one none."""
    assert expected == nearest(word, KNOWN)


@given(st.text(min_size=1, max_size=12), st.lists(st.text(min_size=1, max_size=12), max_size=5))
def test_the_answer_is_known_and_does_not_depend_on_order(word: str, known: list[str]) -> None:
    """The answer is one of the known names, whatever their order; a known name is its own answer."""
    answer = nearest(word, known)

    assert answer is None or answer in known
    assert answer == nearest(word, reversed(known))
    assert word.lower() == (nearest(word, [*known, word]) or "").lower()
