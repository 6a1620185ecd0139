"""Where a wildcard or a variable may stand in the values of keys that guard a resource."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jfml_policies.linter.questions.loose_guards import is_loose
from jfml_policies.patterns.variables import Variable, Wildcard, parse_variables

pieces = st.lists(st.sampled_from(["a", "repo:acme/", ":", "*", "?", "${aws:username}", "${*}", "${$}", "$", "{", "}"]))
texts = pieces.map("".join)
whole_texts = st.lists(st.sampled_from(["a", ":", "*", "${aws:username}", "${?}"])).map("".join)


@given(text=texts, has_variables=st.booleans())
def test_a_sensitive_value_is_loose_where_the_pattern_reader_sees_an_opening(text: str, has_variables: bool) -> None:
    """The quick reader of guards and the reader of patterns see the same wildcards and variables."""
    parts = parse_variables(text, enabled=has_variables).parts

    assert any(isinstance(part, Wildcard) for part in parts) == is_loose(
        text, "sensitive", "wildcard", has_variables=has_variables
    )
    assert any(isinstance(part, Variable) for part in parts) == is_loose(
        text, "sensitive", "variable", has_variables=has_variables
    )


@given(before=st.text("abc:/", max_size=5), after=texts)
def test_a_subject_with_fewer_than_six_characters_before_its_first_wildcard_is_loose(before: str, after: str) -> None:
    """What follows does not mend a wildcard that comes too early."""
    assert is_loose(f"{before}*{after}", "subject", "wildcard", has_variables=True)


@given(text=whole_texts, session=whole_texts)
def test_what_stands_right_of_the_colon_is_free_in_a_user_id(text: str, session: str) -> None:
    """Behind the colon of `aws:userid` any wildcard or variable may stand."""
    expected = is_loose(f"{text}:x", "user-id", "wildcard", has_variables=True)

    assert expected == is_loose(f"{text}:x{session}", "user-id", "wildcard", has_variables=True)


@pytest.mark.parametrize(
    ("value", "loose"),
    [
        ("repo:*@1/models:*", True),
        ("repo:owner@*/repo@*:ref:refs/heads/main", False),
        ("repo:acme/${*}*", False),
        ("abcdef**?", False),
        ("*", True),
        ("repo:acme/models:ref:refs/heads/main", False),
    ],
)
def test_subjects_are_judged_at_every_wildcard(value: str, loose: bool) -> None:
    """Each run of wildcards needs six characters directly before it; an escape is one character."""
    assert loose == is_loose(value, "subject", "wildcard", has_variables=True)
