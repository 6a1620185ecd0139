"""A finding that somebody accepted, with the reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jfml_policies.record import record

if TYPE_CHECKING:
    from jfml_policies.findings import Finding

__all__ = ["Suppressed"]


@record
class Suppressed:
    """A finding that does not count, and why.

    Attributes:
        finding: the finding.
        by: what took it out: `configuration` or `baseline`.
        reason: why, one line.
    """

    finding: Finding
    by: str
    reason: str
