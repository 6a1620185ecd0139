"""Standard input may hold several JSON documents one after another, as `build` prints them."""

from __future__ import annotations

import re
from typing import Final

from jfml_policies.text.lines import BOM

__all__ = ["MAX_DOCUMENTS", "split_documents"]

#: Beyond this many the rest is taken as one document.
MAX_DOCUMENTS: Final = 20

# An unended string runs to the end of its line, so that no text makes the search start over and over.
_token = re.compile(r'"(?:[^"\\\n]|\\.)*+(?:"|(?=\n)|\Z)|\\|[{}\[\]]|[^\s"{}\[\]\\]+', re.DOTALL)
_visible = re.compile(r"[^ \t\r\n\ufeff]")


def split_documents(text: str) -> list[tuple[str, int]]:
    """The JSON objects that follow one another in a text; the text itself where it is one document, or broken.

    Each comes as the text up to its end with everything before its start blanked, so that places in it are places in
    the whole text, and with its start.

    >>> split_documents('{"a": 1} {"b": 2}')
    [('{"a": 1} ', 0), ('         {"b": 2}', 9)]
    """
    starts = _starts(text)
    if len(starts) < 2:
        return [(text, 0)]
    blank = _visible.sub(" ", text[: starts[-1]])
    ends = [*starts[1:], len(text)]
    return [
        (text[:end] if number == 0 else blank[:start] + text[start:end], start if number else 0)
        for number, (start, end) in enumerate(zip(starts, ends, strict=True))
    ]


def _starts(text: str) -> list[int]:
    """Where the objects at the top of a text begin; empty when it also holds anything else there."""
    starts: list[int] = []
    depth = 0
    for match in _token.finditer(text):
        sign = match[0]
        if sign in "{[":
            if depth == 0:
                if sign == "[":
                    return []
                if len(starts) == MAX_DOCUMENTS:
                    return starts
                starts.append(match.start())
            depth += 1
        elif sign in "}]":
            depth -= 1
            if depth < 0:
                return []
        elif depth == 0 and not (sign == BOM and match.start() == 0):
            return []
    return starts
