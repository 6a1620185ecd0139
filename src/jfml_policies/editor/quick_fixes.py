"""Mends that an editor offers at a place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jfml_policies.findings import Edit, Finding, Span
from jfml_policies.record import record

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["QuickFix", "change_between", "quick_fixes"]


@record
class QuickFix:
    """One mend.

    Attributes:
        title: what it does, as a command; an unsafe one says so.
        edits: sorted, not overlapping.
        finding: what it mends.
        preferred: whether it may be made without looking: it keeps the policy's meaning.
    """

    title: str
    edits: tuple[Edit, ...]
    finding: Finding
    preferred: bool


def quick_fixes(findings: Iterable[Finding], span: Span) -> tuple[QuickFix, ...]:
    """The mends of the findings that a selection touches, safe ones first."""
    found = [
        QuickFix(
            finding.fix.title if finding.fix.safe else f"{finding.fix.title} (may change what the policy means)",
            finding.fix.edits,
            finding,
            finding.fix.safe,
        )
        for finding in findings
        if finding.fix is not None and finding.fix.edits and _touches(finding.span, span)
    ]
    return tuple(sorted(found, key=lambda one: not one.preferred))


def change_between(before: str, after: str) -> Edit | None:
    """The smallest single edit that makes one text of another, or None when they are the same.

    >>> change_between("a b c", "a bb c")
    Edit(span=Span(start=3, end=3), text='b')
    """
    if before == after:
        return None
    shorter = min(len(before), len(after))
    start = next((place for place in range(shorter) if before[place] != after[place]), shorter)
    rest = shorter - start
    same = next((place for place in range(rest) if before[-1 - place] != after[-1 - place]), rest)
    # A line end must not be cut in two: `\r\n` is one.
    if before[start - 1 : start] == "\r":
        start -= 1
    if before[len(before) - same : len(before) - same + 1] == "\n" and same:
        same -= 1
    return Edit(Span(start, len(before) - same), after[start : len(after) - same])


def _touches(place: Span | None, selection: Span) -> bool:
    return place is None or (place.start <= selection.end and selection.start <= place.end)
