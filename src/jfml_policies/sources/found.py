"""What a reader of files hands back: the policies in a file, one after another, and what to know of the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from jfml_policies.findings import Span
from jfml_policies.record import field, record
from jfml_policies.sources.attached import Attachments
from jfml_policies.sources.source import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


__all__ = ["Found", "Unread"]


@final
@record
class Unread:
    """A policy that could not be looked at.

    Attributes:
        resource: the address of what it belongs to.
        reason: why, as a clause: `it is known only after apply`.
        content: stands for what is written there; None where that is not known either.
        span: where it would stand in the file, or what it belongs to; None where that is not known.
    """

    resource: str
    reason: str
    content: str | None = field(default=None, show=False, compare=False)
    span: Span | None = field(default=None, show=False, compare=False)


@final
@record(eq=False)
class Found:
    """The policies in one file.

    Attributes:
        format: what the file is, as in `CloudFormation template`.
        policies: its policies and those that could not be looked at, in the file's order; they can be gone through
            once, and going through them may raise `JsonSyntaxError`.
        hidden: places of the file that no report may show, sorted.
        attached: gives what the file attaches by name.
    """

    format: str
    policies: Iterator[Source | Unread]
    hidden: tuple[Span, ...] = ()
    attached: Callable[[], Attachments] = Attachments
