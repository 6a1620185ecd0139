"""Edits that rules offer as fixes."""

from __future__ import annotations

from jfml_policies.findings import Edit, Fix
from jfml_policies.policy.nodes import Text
from jfml_policies.policy.write import quote

__all__ = ["replace_text"]


def replace_text(at: Text, new: str, *, safe: bool = False) -> Fix:
    """The fix that writes another text in the place of one, its quotes included."""
    edits = () if at.span is None else (Edit(at.span, quote(new)),)
    return Fix(f"replace `{at.value}` by `{new}`", edits, safe)
