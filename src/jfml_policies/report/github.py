"""Findings for GitHub Actions: workflow commands that become annotations on the changed lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jfml_policies.findings import SEVERITIES
from jfml_policies.report.annotations import Annotation, Kind, commands
from jfml_policies.report.file_name import below
from jfml_policies.report.place import place_of
from jfml_policies.text.lines import LineIndex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jfml_policies.findings import Finding, Severity
    from jfml_policies.report.interface import FileReport, Settings

__all__ = ["render"]

_KINDS: Final[dict[Severity, Kind]] = {
    "error": "error",
    "security-warning": "warning",
    "warning": "warning",
    "suggestion": "notice",
}


def render(reports: Iterable[FileReport], settings: Settings) -> Iterator[str]:
    """One workflow command a finding, and one a file that could not be checked; the worst first."""
    yield from commands(_annotations(reports, settings))


def _annotations(reports: Iterable[FileReport], settings: Settings) -> Iterator[Annotation]:
    for report in reports:
        file = below(report.file, settings.root)
        if report.problem is not None:
            # Nothing is known of the file, which is worse than any finding.
            yield Annotation("error", file, None, "jfml-policies", report.problem, -1)
        lines = LineIndex(report.text) if report.text is not None and report.findings else None
        for finding in report.findings:
            yield _annotation(file, finding, lines)


def _annotation(file: str, finding: Finding, lines: LineIndex | None) -> Annotation:
    place = place_of(finding.span, lines) if finding.span is not None and lines is not None else None
    message = finding.message if finding.hint is None else f"{finding.message} ({finding.hint})"
    if finding.resource is not None:
        message += f" (in {finding.resource})"
    severity = finding.severity
    title = f"jfml-policies {finding.rule}"
    return Annotation(_KINDS[severity], file, place, title, message, SEVERITIES.index(severity))
