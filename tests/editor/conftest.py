"""Texts with a mark where the cursor stands."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Marked = Callable[[str], tuple[str, int]]


@pytest.fixture(scope="session")
def marked() -> Marked:
    """Takes a text with one `‸` and returns the text without it, and its offset."""

    def split(text: str) -> tuple[str, int]:
        before, mark, after = text.partition("‸")
        assert mark
        return before + after, len(before)

    return split
