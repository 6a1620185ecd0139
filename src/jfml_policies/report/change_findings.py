"""Answers about access as findings, for the formats that know files, places and rules: SARIF, GitLab's, JUnit's.

Access that came, or is there and must not be, is a finding on the statement that grants it, and so is a reason why an
answer is not complete. Access that went is none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from jfml_policies.findings import Finding, Span
from jfml_policies.record import replace
from jfml_policies.report.interface import FileReport, RuleNote
from jfml_policies.report.region_words import one_line_region, request_text
from jfml_policies.report.remark_words import label, placed_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jfml_policies.findings import Severity
    from jfml_policies.report.answer import Answer, Effect

__all__ = ["CHANGE_RULES", "file_reports"]


class _Kind(NamedTuple):
    """What pieces of one effect are called."""

    code: str
    severity: Severity
    lead: str


_KINDS: Final[dict[Effect, _Kind]] = {
    "added": _Kind("NEW_ACCESS", "security-warning", "newly allowed"),
    "undenied": _Kind("NO_LONGER_DENIED", "security-warning", "no longer denied"),
    "granted": _Kind("UNWANTED_ACCESS", "security-warning", "granted"),
    "excess": _Kind("EXCESS", "security-warning", "granted and not needed"),
    "shortage": _Kind("SHORTAGE", "error", "needed and not granted"),
}
_UNKNOWN: Final = _Kind("UNKNOWN_ACCESS", "warning", "unknown")

_PROOF: Final = "It is proved by a request, which the message names."
#: The rules of these findings.
CHANGE_RULES: Final = (
    RuleNote(
        "NEW_ACCESS",
        "new-access",
        "security-warning",
        "The new document allows what the old one does not.",
        f"The new document allows what the old one does not. {_PROOF}\n\nLook whether the change means to grant it; "
        "if not, narrow the actions, resources, principals or conditions of the statement.",
        family="access",
        security=7.0,
    ),
    RuleNote(
        "NO_LONGER_DENIED",
        "no-longer-denied",
        "security-warning",
        "The new document no longer denies what the old one does.",
        f"The new document no longer denies what the old one does, to those whom another policy allows it. {_PROOF}\n\n"
        "Look whether the change means to lift the Deny.",
        family="access",
        security=7.0,
    ),
    RuleNote(
        "UNWANTED_ACCESS",
        "unwanted-access",
        "security-warning",
        "A policy grants what must not be granted.",
        f"A policy grants what must not be granted. {_PROOF}\n\nLeave it out of the statement, or deny it.",
        family="access",
        security=8.0,
    ),
    RuleNote(
        "EXCESS",
        "excess",
        "security-warning",
        "A policy grants what is not needed.",
        f"A policy grants what is not needed. {_PROOF}\n\nThe message names a remedy.",
        family="access",
        security=5.0,
    ),
    RuleNote(
        "SHORTAGE",
        "shortage",
        "error",
        "A policy lacks what is needed.",
        f"A policy lacks what is needed, so that the work will fail. {_PROOF}\n\nThe message names a remedy.",
        family="access",
    ),
    RuleNote(
        "UNKNOWN_ACCESS",
        "unknown-access",
        "warning",
        "The answer is not complete.",
        "The answer is not complete: neither a proof nor a request was found. The message tells the reason.",
        family="access",
    ),
)


def file_reports(answers: Iterable[Answer]) -> Iterator[FileReport]:
    """The findings of each answer, a report for each document that was asked about; a clean one has none."""
    for answer in answers:
        found: dict[str, list[Finding]] = {side.name: [] for side in answer.asked or (answer.home,)}
        texts: dict[str, str | None] = {}
        for name, text, finding in (*_of_pieces(answer), *_of_remarks(answer)):
            found[name].append(finding)
            if text is not None:
                texts[name] = text
        for name, findings in found.items():
            side = answer.side_of(name) or answer.home
            placed = [replace(one, resource=side.resource) for one in findings]
            placed.sort(key=lambda one: one.span.start if one.span else -1)
            yield FileReport(side.file, texts.get(name), tuple(placed))


def _of_pieces(answer: Answer) -> Iterator[tuple[str, str | None, Finding]]:
    """A finding a piece of access, with its document's name and text."""
    for piece in answer.pieces:
        kind = _KINDS.get(piece.effect)
        if kind is None:
            continue
        region = one_line_region(piece.region, piece.effect, answer.catalog_date)
        message = f"{kind.lead}: {region}; for example {request_text(piece.region.witness)}"
        finding = Finding(kind.code, kind.severity, message, hint=piece.remedy or None, sid=piece.region.sid)
        if answer.side_of(piece.file) is not None and piece.span is not None and piece.text is not None:
            yield piece.file, piece.text, replace(finding, path=piece.region.path, span=piece.span)
        else:
            # Another document's statement has no line in those that were asked about.
            yield _at_home(answer, replace(finding, message=f"{message}; told by {piece.file}"))


def _of_remarks(answer: Answer) -> Iterator[tuple[str, str | None, Finding]]:
    """A finding a reason why an answer is not complete."""
    for remark in answer.unknown:
        finding = Finding(_UNKNOWN.code, _UNKNOWN.severity, f"{label(remark)}: {remark.text}")
        side = remark.side
        if side is not None and answer.side_of(side.name) is not None and remark.span is not None:
            yield side.name, side.text, replace(finding, path=remark.path or (), span=remark.span)
        else:
            yield _at_home(answer, replace(finding, message=f"{label(remark)}: {placed_text(remark)}"))


def _at_home(answer: Answer, finding: Finding) -> tuple[str, str | None, Finding]:
    """A finding about a document as a whole, where it begins in a file that holds several."""
    home = answer.home
    if home.start is None or home.text is None:
        return home.name, None, finding
    return home.name, home.text, replace(finding, span=Span(home.start, home.start + 1))
