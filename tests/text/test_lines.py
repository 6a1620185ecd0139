from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from jfml_policies.text.lines import LineIndex

texts = st.text(alphabet="ab\r\n\ufeff", max_size=20)


@given(texts)
def test_position_agrees_with_counting(text: str) -> None:
    """Line and column are what counting through the text gives."""
    index = LineIndex(text)
    line, column = 1, 1
    for offset, letter in enumerate(text):
        assert (line, column) == index.position(offset)
        if letter == "\n" or (letter == "\r" and text[offset + 1 : offset + 2] != "\n"):
            line, column = line + 1, 1
        elif not (offset == 0 and letter == "\ufeff"):
            column += 1


@given(texts)
def test_lines_put_together_are_the_text(text: str) -> None:
    """Every line's text is there, without line ends and byte order mark."""
    index = LineIndex(text)
    normal = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")

    assert normal.split("\n") == [index.line(number) for number in range(1, len(index) + 1)]


def test_an_offset_beyond_the_text_is_its_end() -> None:
    """Places are clamped to the text."""
    assert (2, 3) == LineIndex("a\nbc").position(99)
    assert (1, 1) == LineIndex("").position(-5)
