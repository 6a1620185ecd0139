"""Unguessable role names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jfml_policies.build.identifiers import role_name_problem
from jfml_policies.build.role_names import looks_unguessable, unguessable_role_name
from jfml_policies.errors import ParameterError


@given(st.from_regex(r"[A-Za-z0-9_+=,.@-]{1,39}", fullmatch=True))
def test_a_made_name_is_valid_new_and_recognised(stem: str) -> None:
    """Any stem gives a name that IAM takes, that differs each time and that counts as unguessable."""
    first, second = unguessable_role_name(stem), unguessable_role_name(stem)

    assert first != second
    assert role_name_problem(first) is None
    assert looks_unguessable(first)
    assert first.startswith(f"{stem}-")


@pytest.mark.parametrize("stem", ["x" * 40, "team/a", "a b"])
def test_a_stem_that_makes_no_name_is_refused(stem: str) -> None:
    """Too long or with characters that names may not hold."""
    with pytest.raises(ParameterError, match=r"^stem: "):
        unguessable_role_name(stem)


@pytest.mark.parametrize("name", ["qwak-access-role", "jfrogml-access-role", "reader-2024", "thisnameisonlyletters"])
def test_plain_names_count_as_guessable(name: str) -> None:
    """Words and years are no secret."""
    assert not looks_unguessable(name)
