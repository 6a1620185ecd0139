from __future__ import annotations

import json

import pytest

from jfml_policies.text.content import Holder, content_of

_IN_BLOCK = """\
Effect: Allow
    Action:
      - a:b
      - c:d
    Condition:
      StringLike: {"k": "a"}
      StringEquals:
        k: b"""


@pytest.mark.parametrize(
    "quoted",
    [
        "iam:PassRole",
        "'iam:PassRole'",
        '"iam:PassRole"',
        r"\"iam:PassRole\"",
        r"\"iam:Pass\\u0052ole\"",
        r'"iam:\u0050assRole"',
    ],
    ids=["plain", "single", "double", "in-a-string", "escaped-in-a-string", "escaped"],
)
def test_a_value_is_the_same_however_it_is_written(quoted: str) -> None:
    """Quotation marks and escapes are layout."""
    assert content_of(quoted) == '"iam:PassRole"'


@pytest.mark.parametrize(
    "other",
    [
        _IN_BLOCK.replace("\n    ", "\n"),
        _IN_BLOCK.replace("\n    ", "\n            "),
        _IN_BLOCK.replace("\n      - a:b\n      - c:d", "\n    # why\n\n    - c:d\n    - a:b"),
        'Condition:\n  StringEquals:\n    k: b\n  StringLike: {"k": "a"}\nAction:\n- a:b\n- c:d\nEffect: Allow',
    ],
    ids=["left", "right", "list", "order"],
)
def test_the_lines_of_a_block_are_the_same_in_another_layout(other: str) -> None:
    """Indentation, comments and order do not count."""
    assert isinstance(content_of(other), Holder)
    assert content_of(other) == content_of(_IN_BLOCK)


def test_a_line_counts_with_what_it_belongs_to() -> None:
    """Two operators that change their tests are another condition."""
    one = "Condition:\n  StringLike:\n    k: a\n  StringNotLike:\n    k: b"

    assert content_of(one) != content_of(one.replace("Not", "").replace("StringLike", "StringNotLike", 1))


def test_an_object_in_a_string_is_the_same_in_another_layout() -> None:
    """As `jsonencode` and a text of several lines write it."""
    text = '{"Effect": "Allow", "Action": ["a:b", "c:d"]}'
    other = '{\n  "Action": ["c:d", "a:b"],\n  "Effect": "Allow"\n}'

    assert content_of(text) == content_of(json.dumps(text)[1:-1]) == content_of(json.dumps(other)[1:-1])


@pytest.mark.parametrize(
    ("quoted", "is_list"), [("- a\n- b", True), ("a: b", False), ('"a": b', False), ("[a, b]", True), ("{a: b}", False)]
)
def test_lists_are_told_from_mappings(quoted: str, is_list: bool) -> None:
    content = content_of(quoted)

    assert isinstance(content, Holder)
    assert content.is_list is is_list


@pytest.mark.parametrize("quoted", ["", "!Sub 'a: b'", "*alias", "&a b", '"a: \\q"', "'", "|\n a: b"])
def test_what_it_cannot_read_stands_for_itself(quoted: str) -> None:
    assert content_of(quoted) == quoted
    assert not isinstance(content_of(quoted), Holder)
