from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jfml_policies.errors import JsonSyntaxError
from jfml_policies.text.parse import parse_json
from jfml_policies.text.tree import Json, JsonArray, JsonObject, JsonString, from_python, to_python

scalars = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4), max_leaves=20
)


@given(values, st.sampled_from([None, 0, 2, "\t"]), st.booleans())
def test_reads_what_the_standard_library_writes(value: object, indent: int | str | None, ascii_only: bool) -> None:
    """Any value written by `json` reads back as itself, in any layout."""
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)

    assert value == to_python(parse_json(text))


@given(st.text(alphabet='{}[]",:\\ \n\t0123456789.eE+-truefalsn/u\ud800\ufeff\x00', max_size=30))
def test_accepts_exactly_what_the_standard_library_accepts(text: str) -> None:
    """Our parser and `json` agree on which texts are JSON, but for NaN, which is none."""

    def refuse(word: str) -> None:
        raise ValueError(word)

    try:
        expected: object = json.loads(text.removeprefix("\ufeff"), parse_constant=refuse)
    except ValueError:
        with pytest.raises(JsonSyntaxError):
            parse_json(text)
    else:
        assert expected == to_python(parse_json(text))


@given(values, st.sampled_from([None, 2]))
def test_every_span_holds_the_text_of_its_value(value: object, indent: int | None) -> None:
    """The piece of text that a value's span names reads as that value."""
    text = json.dumps(value, indent=indent)
    for tree in _walk(parse_json(text)):
        assert to_python(tree) == json.loads(text[tree.start : tree.end])


def _walk(tree: Json) -> list[Json]:
    inner: list[Json] = []
    if isinstance(tree, JsonObject):
        for member in tree.members:
            inner += [member.key, *_walk(member.value)]
    elif isinstance(tree, JsonArray):
        for item in tree.items:
            inner += _walk(item)
    return [tree, *inner]


def test_repeated_keys_are_kept() -> None:
    """Both members of a repeated key are in the tree; as plain values the last one wins."""
    tree = parse_json('{"a": 1, "a": 2}')

    assert isinstance(tree, JsonObject)
    assert ["a", "a"] == [member.key.value for member in tree.members]
    assert {"a": 2} == to_python(tree)


@pytest.mark.parametrize(
    ("text", "line", "column", "message", "hint"),
    [
        ("", 1, 1, "the document is empty", "write a policy document, an object that starts with `{`"),
        ("  \r\n ", 2, 2, "the document is empty", "write a policy document, an object that starts with `{`"),
        ('{"a": 1,\n}', 1, 8, "trailing comma before `}`", "remove the comma"),
        ("[1,]", 1, 3, "trailing comma before `]`", "remove the comma"),
        ("{'a': 1}", 1, 2, "expected a key in double quotes but found `'`", 'use double quotes: `"`'),
        ("{a: 1}", 1, 2, "expected a key in double quotes but found `a`", "put the text in double quotes"),
        ('{"a": NaN}', 1, 7, "expected a value but found `NaN`", "JSON has no such number"),
        ('{"a": True}', 1, 7, "expected a value but found `True`", "write `true`"),
        ('{"a": <id>}', 1, 7, "expected a value but found `<`", "replace the placeholder, in double quotes"),
        ('{"a" 1}', 1, 6, "expected `:` after the key but found `1`", None),
        ('{"a": 1 "b": 2}', 1, 9, 'expected `,` or `}` but found `"`', "add the comma"),
        ('{"a": [1', 1, 7, "the array that starts here is never closed", "add the closing `]`"),
        ('{"a": "x\n"}', 1, 7, "the string that starts here is not closed on its line", 'add the closing `"`'),
        ('["\x01"]', 1, 3, "control character U+0001 inside a string", "write `\\u0001`"),
        ('["\\x"]', 1, 3, "unknown escape `\\x` in a string", "write `\\\\` for a backslash"),
        ('["\\u12"]', 1, 3, "`\\u` needs four hexadecimal digits", None),
        ("[01]", 1, 2, "expected a value but found `01`", None),
        ("// x\n{}", 1, 1, "expected a value but found `/`", "remove the comment; JSON has none"),
        ("{} x", 1, 4, "text continues after the end of the document with `x`", "put the text in double quotes"),
        ("\ufeff{]", 1, 2, "expected a key in double quotes but found `]`", None),
    ],
)
def test_errors_name_place_and_remedy(text: str, line: int, column: int, message: str, hint: str | None) -> None:
    """A text that is not JSON gets the place, what is wrong, and where known the remedy."""
    with pytest.raises(JsonSyntaxError) as caught:
        parse_json(text)

    assert (line, column, message, hint) == (
        caught.value.line,
        caught.value.column,
        caught.value.message,
        caught.value.hint,
    )


@pytest.mark.parametrize("text", ["[" * 1_000_000, '{"a":' * 200_000, "[" * 101 + "]" * 101])
def test_deep_nesting_is_refused(text: str) -> None:
    """Nesting beyond the limit is an error at the place where it is passed, never a crash."""
    with pytest.raises(JsonSyntaxError, match="nested deeper than 100 levels"):
        parse_json(text)


def test_unpaired_surrogates_are_read() -> None:
    """An escaped surrogate without partner is a character, as JSON allows; a pair is one character."""
    tree = parse_json(r'["\ud83d\ude00", "\ud83d", "\ude00\ud83d"]')

    assert ["\U0001f600", "\ud83d", "\ude00\ud83d"] == to_python(tree)


def test_numbers_keep_their_digits() -> None:
    """A number too long for the interpreter's own limit is read, and keeps its text."""
    digits = "9" * 10_000
    tree = parse_json(f"[{digits}]")

    assert isinstance(tree, JsonArray)
    assert digits == tree.items[0].raw  # type: ignore[union-attr]


def test_a_byte_order_mark_counts_in_offsets_but_not_in_columns() -> None:
    """Offsets are those of the text as given, so that edits hit the right place."""
    tree = parse_json('\ufeff"a"')

    assert isinstance(tree, JsonString)
    assert (1, 4) == (tree.start, tree.end)


@given(values)
def test_plain_values_and_trees_convert_both_ways(value: object) -> None:
    """A tree made of plain values gives the same plain values."""
    assert value == to_python(from_python(value))
