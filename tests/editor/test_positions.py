from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jfml_policies.editor.positions import Encoding, Positions
from jfml_policies.findings import Span

ENCODINGS: list[Encoding] = ["utf-8", "utf-16", "utf-32"]
texts = st.lists(st.sampled_from(["a", "é", "\U0001f600", "\r\n", "\n", "\r", "\u2028", "\ufeff", "\x0b"])).map("".join)


@pytest.mark.parametrize(
    ("encoding", "column"), [("utf-8", 6), ("utf-16", 4), ("utf-32", 3)], ids=["utf-8", "utf-16", "utf-32"]
)
def test_a_column_counts_what_was_agreed(encoding: Encoding, column: int) -> None:
    """An astral character is four bytes, two code units or one character."""
    positions = Positions('[\r\n"\U0001f600"x', encoding)

    assert (1, column) == positions.of(6)
    assert positions.offset(1, column) == 6


def test_line_ends_and_byte_order_marks() -> None:
    """CRLF is one line end, other separators of Unicode are none, and a byte order mark in the text counts."""
    assert Positions("a\r\nb").of(3) == (1, 0)
    assert Positions("a\u2028b").of(2) == (0, 2)
    assert Positions("\ufeff{}").of(1) == (0, 1)


def test_places_outside_the_text_are_drawn_into_it() -> None:
    """Past a line's end is its end, before its line end; past the last line is the end of the text."""
    positions = Positions("ab\r\nc")

    assert [positions.offset(0, 99), positions.offset(9, 0), positions.offset(-1, 3)] == [2, 5, 0]
    assert positions.of(99) == (1, 1)
    assert positions.span((1, 1), (0, 1)) == Span(1, 5)


@given(texts, st.sampled_from(ENCODINGS))
def test_there_and_back(text: str, encoding: Encoding) -> None:
    """Every offset comes back, but for the one within a CRLF, and in any order of asking."""
    positions = Positions(text, encoding)
    for offset in [*range(len(text) + 1), *reversed(range(len(text) + 1))]:
        within = text[offset - 1 : offset + 1] == "\r\n" and offset > 0
        expected = offset - 1 if within else offset

        assert positions.offset(*positions.of(offset)) == expected
