"""What a check says: one problem at one place, and how to mend it."""

from __future__ import annotations

from typing import Literal

from jfml_policies.record import record

__all__ = ["SEVERITIES", "Edit", "Finding", "Fix", "Path", "Related", "Severity", "Span"]

Severity = Literal["error", "security-warning", "warning", "suggestion"]

#: Severities from worst to mildest, as AWS's policy validator ranks them.
SEVERITIES: tuple[Severity, ...] = ("error", "security-warning", "warning", "suggestion")

#: Names and list indexes from the policy document's root, as in ("Statement", 0, "Action", 2).
Path = tuple[str | int, ...]


@record
class Span:
    """A piece of a text: `start` and `end` are offsets in characters, `end` excluded."""

    start: int
    end: int


@record
class Edit:
    """Replace the characters of `span` with `text`; an empty span inserts."""

    span: Span
    text: str


@record
class Fix:
    """A mend as text edits.

    Attributes:
        title: what it does, as a command ("replace `s3:GetObjct` by `s3:GetObject`").
        edits: sorted, not overlapping; empty when the document was not given as text.
        safe: True when the meaning provably stays the same.
    """

    title: str
    edits: tuple[Edit, ...] = ()
    safe: bool = False


@record
class Related:
    """Another place that belongs to a finding, with a short note ("this principal")."""

    path: Path
    span: Span | None
    note: str


@record
class Finding:
    """One problem at one place.

    Attributes:
        code: AWS's issue code where AWS's validator has the check, else ours in the same style (`INVALID_ACTION`).
        severity: how bad it is.
        message: one line, lower case, what is wrong with what.
        path: where, from the policy document's root; `()` is the document.
        span: the same place in the text, or None when the document was not given as text.
        hint: the remedy, one line, or None.
        fix: the remedy as edits, or None.
        related: other places that belong to it.
        sid: the statement's Sid, or None.
        resource: what the policy belongs to in a file that holds several, as in `aws_iam_role.reader`; else None.
    """

    code: str
    severity: Severity
    message: str
    path: Path = ()
    span: Span | None = None
    hint: str | None = None
    fix: Fix | None = None
    related: tuple[Related, ...] = ()
    sid: str | None = None
    resource: str | None = None

    @property
    def rule(self) -> str:
        """The rule's name for people: `invalid-action` for `INVALID_ACTION`."""
        return self.code.lower().replace("_", "-")
