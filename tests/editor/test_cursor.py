from __future__ import annotations

from collections.abc import Callable

import pytest

from jfml_policies.editor.cursor import cursor_at

Marked = Callable[[str], tuple[str, int]]


@pytest.mark.parametrize(
    ("text", "role", "path", "typed", "replaced"),
    [
        ("‸", "value", (), "", ""),
        ("{‸}", "key", (), "", ""),
        ('{"‸"}', "key", (), "", ""),
        ('{"a‸b": 1}', "key", (), "a", "ab"),
        ('{"a"‸: 1}', "key", (), "", ""),
        ('{"a":‸', "value", ("a",), "", ""),
        ('{"a": ‸ "b"}', "value", ("a",), "", ""),
        ('{"a": "b‸c"}', "value", ("a",), "b", "bc"),
        ('{"a": "b"‸}', "key", (), "", ""),
        ('{"a": "b", ‸}', "key", (), "", ""),
        ('{"a": "b‸, "c": 1}', "value", ("a",), "b", "b"),
        ('{"a": [‸]}', "value", ("a", 0), "", ""),
        ('{"a": ["b", "‸"]}', "value", ("a", 1), "", ""),
        ('{"a": ["b", ‸, "c"]}', "value", ("a", 1), "", ""),
        ('{"a": ["b‸', "value", ("a", 0), "b", "b"),
        ('{"a": ["b‸],\n"c": 1}', "value", ("a", 0), "b", "b"),
        ('{"a": tr‸ue}', "value", ("a",), "tr", "true"),
        ('{"a": {"b": {‸', "key", ("a", "b"), "", ""),
        ('[{"a": 1}‸, 2]', "value", (0,), "", ""),
        ('[{"a": 1}, {‸}]', "key", (1,), "", ""),
        ('{"a": "\\u0041‸\\n"}', "value", ("a",), "A", "\\u0041\\n"),
    ],
    ids=range(21),
)
def test_where_the_cursor_stands(
    marked: Marked, text: str, role: str, path: tuple[str | int, ...], typed: str, replaced: str
) -> None:
    """Role, path, what is typed before the cursor and what a completion replaces."""
    whole, offset = marked(text)
    cursor = cursor_at(whole, offset)

    assert (role, path, typed) == (cursor.role, cursor.path, cursor.typed)
    assert whole[cursor.span.start : cursor.span.end] == replaced


def test_offsets_outside_the_text() -> None:
    """An offset outside the text is drawn to its end."""
    assert cursor_at('{"a', 99).typed == "a"
    assert cursor_at("{}", -1).role == "value"
