"""Text edits that change only the bytes they must."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jfml_policies.errors import UsageError
from jfml_policies.findings import Edit

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["apply_edits"]


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """`text` with every edit made; the characters outside their spans stay as they are.

    Equal edits count once. Insertions at one place keep their order.

    Raises:
        UsageError: two edits overlap, or one lies outside the text.

    >>> from jfml_policies.findings import Span
    >>> apply_edits('{"a": 1}', [Edit(Span(6, 7), "2")])
    '{"a": 2}'
    """
    pieces: list[str] = []
    done = 0
    for edit in sorted(dict.fromkeys(edits), key=lambda edit: (edit.span.start, edit.span.end)):
        if edit.span.start < done or edit.span.end < edit.span.start:
            raise UsageError("text edits overlap")
        if edit.span.end > len(text):
            raise UsageError("a text edit lies outside the text")
        pieces += (text[done : edit.span.start], edit.text)
        done = edit.span.end
    return "".join((*pieces, text[done:]))
