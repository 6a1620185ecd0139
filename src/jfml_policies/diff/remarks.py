"""What there is to say beside the access itself, and where in which document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jfml_policies.findings import Span
from jfml_policies.record import record
from jfml_policies.text.path import path_text
from jfml_policies.text.tree import NOWHERE, JsonArray, JsonObject

if TYPE_CHECKING:
    from jfml_policies.diff.sides import Side
    from jfml_policies.findings import Path
    from jfml_policies.policy.nodes import Policy
    from jfml_policies.text.tree import Json

__all__ = ["Remark", "remark_on"]


@record
class Remark:
    """A reason why an answer is not complete, or a note.

    Attributes:
        text: one clause in lower case.
        code: `invalid` where a document means nothing, `undecided` for other reasons, `document` for a document that
            is not there, or the code of a `Note`.
        side: the document that it speaks of, or None.
        path: where in that document: an element or a statement; None for the document as a whole.
        span: that in the document's text, or None.
    """

    text: str
    code: str = "undecided"
    side: Side | None = None
    path: Path | None = None
    span: Span | None = None

    def __str__(self) -> str:
        where = path_text(self.path or ())
        file = self.side.name if self.side is not None else ""
        return ": ".join(filter(None, (file, where, self.text)))


def remark_on(policy: Policy, side: Side | None, code: str, text: str, path: Path | None) -> Remark:
    """A remark on a place in a document, with its span where the document was read from a text."""
    return Remark(text, code, side, path, None if path is None else _span(policy.tree, path))


def _span(tree: Json, path: Path) -> Span | None:
    """Where a path leads, as far as it goes; with its key where it is a plain value."""
    start = tree.start
    for step in path:
        if isinstance(tree, JsonObject):
            member = next((one for one in tree.members if one.key.value == step), None)
            if member is None:
                break
            tree = member.value
            start = tree.start if isinstance(tree, JsonObject) else member.key.start
        elif isinstance(tree, JsonArray) and isinstance(step, int) and step < len(tree.items):
            tree = tree.items[step]
            start = tree.start
        else:
            break
    return None if start == NOWHERE else Span(start, tree.end)
