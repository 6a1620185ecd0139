from __future__ import annotations

import pytest

from jfml_policies.build import RoleDocuments
from jfml_policies.errors import ParameterError


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("reader", "reader"),
        ("Data-Reader.v2", "data_reader_v2"),
        ("9lives", "role_9lives"),
        ("+", "role"),
        (None, "role"),
    ],
)
def test_the_label_is_an_identifier(name: str | None, label: str) -> None:
    """Letters, digits and underscores, a letter first."""
    assert label == RoleDocuments(name, {}, ({},)).label


def test_all_problems_are_told_at_once() -> None:
    """A name that is none, no permissions, half a character."""
    with pytest.raises(ParameterError) as refused:
        RoleDocuments("a b", {"Id": "\ud800"}, ())

    assert 3 == len(refused.value.problems)
