from __future__ import annotations

import copy
import pickle
from typing import ClassVar

import pytest

from jfml_policies.record import field, record, replace


@record(kw_only=True)
class Placed:
    at: int = field(default=-1, compare=False)


@record
class Named(Placed):
    """Something with a name."""

    limit: ClassVar[int] = 3
    name: str
    tags: dict[str, int] = field(default_factory=dict, compare=False)
    note: str = field(default="", show=False, compare=False)
    length: int = field(init=False, show=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "length", len(self.name))

    @property
    def shout(self) -> str:
        return self.name.upper()


@record
class Empty:
    pass


def test_fields_are_given_in_order_or_by_name() -> None:
    """Own fields are positional, those of a base that says so by name; defaults fill in."""
    value = Named("a", {"x": 1}, at=5)

    assert ("a", {"x": 1}, "", 5, 1, "A") == (value.name, value.tags, value.note, value.at, value.length, value.shout)
    assert Named("a").tags is not Named("a").tags
    with pytest.raises(TypeError):
        Named("a", {}, "", 5)  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        Named()  # type: ignore[call-arg]


def test_values_are_equal_by_their_compared_fields() -> None:
    """Equality and hash count the fields that compare, and never another type."""
    assert Named("a", at=1) == Named("a", at=2)
    assert hash(Named("a", at=1)) == hash(Named("a", at=2))
    assert Named("a") != Named("b")
    assert Named("a") != Empty()  # type: ignore[comparison-overlap]
    assert Empty() == Empty()


def test_values_are_frozen() -> None:
    """Nothing can be set, deleted or added."""
    value = Named("a")
    for name in ("name", "other"):
        with pytest.raises(AttributeError):
            setattr(value, name, "b")
        with pytest.raises(AttributeError):
            delattr(value, name)
    assert not hasattr(value, "__dict__")


def test_values_copy_and_travel() -> None:
    """Copies and pickles are equal, and `replace` changes what it is told, running `__post_init__` again."""
    value = Named("a", {"x": 1}, at=5)

    assert value == copy.deepcopy(value) == pickle.loads(pickle.dumps(value))  # noqa: S301 (our own bytes)
    assert 5 == copy.copy(value).at
    assert (3, 5) == (replace(value, name="abc").length, replace(value, name="abc").at)


def test_values_show_their_fields() -> None:
    """`repr` shows the fields that are to be shown; patterns match by position."""
    assert "Named(at=-1, name='a', tags={})" == repr(Named("a"))
    match Named("a"):
        case Named(name):
            assert name == "a"
