"""Reasons and notes in words: what they are called, and where they point to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jfml_policies.text.lines import LineIndex
from jfml_policies.text.path import path_text

if TYPE_CHECKING:
    from jfml_policies.diff.remarks import Remark

__all__ = ["label", "placed_text"]

_LABELS: Final = {"invalid": "unknown (invalid)", "undecided": "unknown"}


def label(remark: Remark) -> str:
    """`unknown`, `unknown (invalid)` or `note`."""
    return _LABELS.get(remark.code, "note")


def placed_text(remark: Remark) -> str:
    """The remark behind its place: `new.json:7:15 (Statement[0].Effect): the effect ...`; not yet made harmless."""
    if remark.side is None:
        return remark.text
    where = remark.side.name
    if remark.span is not None and remark.side.text is not None:
        where += ":{}:{}".format(*LineIndex(remark.side.text).position(remark.span.start))
    path = path_text(remark.path or ())
    return f"{where} ({path}): {remark.text}" if path else f"{where}: {remark.text}"
