"""Skimming gives the members and items that parsing gives, at the same places."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jfml_policies.errors import JsonSyntaxError
from jfml_policies.text.parse import parse_json
from jfml_policies.text.skim import skim
from jfml_policies.text.tree import JsonArray, JsonObject

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=12,
)


@given(VALUES, st.sampled_from([None, 2]))
def test_it_agrees_with_parsing(value: object, indent: int | None) -> None:
    text = json.dumps(value, indent=indent)
    tree, document = parse_json(text), skim(text)

    if isinstance(tree, JsonObject):
        assert [(one.key.value, one.value.start, one.value.end) for one in tree.members] == [
            (one.name, one.start, one.end) for one in document.members()
        ]
    if isinstance(tree, JsonArray):
        assert [(one.start, one.end) for one in tree.items] == [(one.start, one.end) for one in document.items()]
    assert value == document.value()


@pytest.mark.parametrize("text", ["", " ", '{"a" 1}', '{"a": }', "[1 2]", '{"a": 1', "[" * 100_000, '{"a": "\ud800}'])
def test_what_is_wrong_is_said_with_its_place(text: str) -> None:
    with pytest.raises(JsonSyntaxError, match=r"line 1 column \d+: "):
        list(skim(text).members()) + list(skim(text).items()) + [skim(text).value()]


def test_a_name_leads_to_its_value() -> None:
    found = skim('{"a": {"b": [1]}}').get("a", "b")

    assert found is not None
    assert [1] == [one.value() for one in found.items()]
