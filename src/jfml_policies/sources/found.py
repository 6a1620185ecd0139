"""What a reader of files hands back: the policies in a file, one after another, and what to know of the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from jfml_policies.findings import Span
from jfml_policies.record import record
from jfml_policies.sources.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Found", "Unread"]


@final
@record
class Unread:
    """A policy that could not be looked at.

    Attributes:
        resource: the address of what it belongs to.
        reason: why, as a clause: `it is known only after apply`.
    """

    resource: str
    reason: str


@final
@record(eq=False)
class Found:
    """The policies in one file.

    Attributes:
        format: what the file is, as in `CloudFormation template`.
        policies: its policies and those that could not be looked at, in the file's order; they can be gone through
            once, and going through them may raise `JsonSyntaxError`.
        hidden: places of the file that no report may show, sorted.
    """

    format: str
    policies: Iterator[Source | Unread]
    hidden: tuple[Span, ...] = ()
