from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jfml_policies.editor.loose_json import Loose, LooseArray, LooseObject, LooseText, loose_json

values = st.recursive(
    st.text() | st.integers() | st.booleans() | st.none(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


def plain(value: Loose | None) -> Any:
    """The shape as plain values, bare words as texts."""
    if isinstance(value, LooseText):
        return value.value
    if isinstance(value, LooseArray):
        return [plain(item) for item in value.items]
    return None if value is None else {member.key.value: plain(member.value) for member in value.members}


def shape(text: str) -> Any:
    return plain(loose_json(text))


def as_texts(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: as_texts(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [as_texts(inner) for inner in value]
    return value if isinstance(value, str) else json.dumps(value)


@given(values, st.sampled_from([None, 2]))
def test_json_is_read_as_json(value: Any, indent: int | None) -> None:
    """What is JSON is read as what it is."""
    assert [as_texts(value)] == shape(json.dumps(value, indent=indent))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"a": "b', [{"a": "b"}]),
        ('{"a": "b\n "c": 1}', [{"a": "b", "c": "1"}]),
        ('{"a": ["b", "c": 1}', [{"a": ["b"], "c": "1"}]),
        ('{"a": ["b\n], "c": 1}', [{"a": ["b"], "c": "1"}]),
        ('{"a": \n "c": 1}', [{"a": None, "c": "1"}]),
        ('{"a" "c": 1,, }', [{"a": None, "c": "1"}]),
        ('{"a": {"b": [1, 2}, "c": 3}', [{"a": {"b": ["1", "2"]}, "c": "3"}]),
        ('[1 2, {"a": tru]', [["1", "2", {"a": "tru"}]]),
        ('{"a": "\\u0041\\u00', [{"a": "Au00"}]),
        ('{"a\\"": "x\\\\"}', [{'a"': "x\\"}]),
        ('}]{"a": 1}', [{"a": "1"}]),
        ("\ufeff{}", ["\ufeff", {}]),
        ("", []),
    ],
    ids=range(13),
)
def test_unfinished_json(text: str, expected: Any) -> None:
    """What is not JSON yet is read as what it is about to be."""
    assert shape(text) == expected


@pytest.mark.parametrize("text", ["[" * 1_000_000, '{"a":' * 200_000, "[1," * 100_000, "1 " * 400_000, "x" * 1_000_001])
def test_hostile_texts_are_given_up(text: str) -> None:
    """Too deep, too many tokens, too long: nothing is said."""
    assert shape(text) == []


def test_an_open_object_ends_with_what_is_around_it() -> None:
    """An object that is never closed ends at the bracket that closes something further out."""
    root = loose_json('{"a": [{"b": 1 ], "c": 2}')
    outer = root.items[0]
    assert isinstance(outer, LooseObject)
    array = outer.get("A")
    assert isinstance(array, LooseArray)

    assert (array.items[0].end, array.end) == (15, 16)
