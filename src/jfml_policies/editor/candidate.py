"""One completion, and how it is written into the text."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Literal

from jfml_policies.record import record

if TYPE_CHECKING:
    from jfml_policies.editor.cursor import Cursor
    from jfml_policies.findings import Span

__all__ = ["Candidate", "CandidateKind", "candidate", "is_begun"]

#: What editors draw beside it.
CandidateKind = Literal["action", "service", "resource", "key", "operator", "element", "value", "principal"]


@record
class Candidate:
    """One completion.

    Attributes:
        label: what is offered; typing is compared with it.
        kind: what it is.
        span: what it replaces.
        insert: what it writes there.
        detail: a few words beside it.
        rank: smaller comes first; equal ones are sorted by label.
    """

    label: str
    kind: CandidateKind
    span: Span
    insert: str
    detail: str = ""
    rank: int = 0


def candidate(cursor: Cursor, label: str, kind: CandidateKind, detail: str = "", *, rank: int = 0) -> Candidate:
    """The completion that writes `label` at the cursor, with the quotes and the colon that are not there yet."""
    written = json.dumps(label, ensure_ascii=False)
    insert = written[1:-1] if cursor.quoted else written
    if cursor.role == "key" and not cursor.quoted and not cursor.colon:
        insert += ": "
    return Candidate(label, kind, cursor.span, insert, detail, rank)


def is_begun(label: str, typed: str) -> bool:
    """Whether what is typed is a beginning of a name, in any letter case."""
    return label[: len(typed)].lower() == typed.lower()
