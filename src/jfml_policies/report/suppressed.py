"""A finding that somebody accepted, with the reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jfml_policies.record import record

if TYPE_CHECKING:
    from jfml_policies.findings import Finding
    from jfml_policies.report.interface import FileReport

__all__ = ["Suppressed", "in_order"]


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


def in_order(report: FileReport) -> list[tuple[Finding, Suppressed | None]]:
    """All findings by place, so that a suppression changes no other's fingerprint."""
    every: list[tuple[Finding, Suppressed | None]] = [(finding, None) for finding in report.findings]
    if report.suppressed:
        every += [(one.finding, one) for one in report.suppressed]
        every.sort(key=lambda pair: (pair[0].span.start if pair[0].span else -1, pair[0].code, pair[0].message))
    return every
