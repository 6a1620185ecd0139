from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jfml_policies.errors import UsageError
from jfml_policies.findings import Edit, Span
from jfml_policies.text.edits import apply_edits


@given(st.text(max_size=20), st.data())
def test_only_the_spans_change(text: str, data: st.DataObject) -> None:
    """Characters outside the edits' spans stay, in order, and each edit's text stands in its place."""
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=6, unique=True)))
    spans = [Span(start, end) for start, end in zip(cuts[::2], cuts[1::2], strict=False)]
    edits = [Edit(span, f"<{number}>") for number, span in enumerate(spans)]
    expected, done = "", 0
    for edit in edits:
        expected += text[done : edit.span.start] + edit.text
        done = edit.span.end

    assert expected + text[done:] == apply_edits(text, reversed(edits))


def test_equal_edits_count_once() -> None:
    """Two findings that offer the same edit change the text once."""
    edit = Edit(Span(0, 1), "x")

    assert "xb" == apply_edits("ab", [edit, edit])


@pytest.mark.parametrize(
    "edits",
    [
        [Edit(Span(0, 2), "x"), Edit(Span(1, 3), "y")],
        [Edit(Span(0, 2), "x"), Edit(Span(0, 2), "y")],
        [Edit(Span(2, 9), "x")],
        [Edit(Span(2, 1), "x")],
    ],
)
def test_impossible_edits_are_refused(edits: list[Edit]) -> None:
    """Overlapping edits and edits outside the text raise our error."""
    with pytest.raises(UsageError):
        apply_edits("abc", edits)
