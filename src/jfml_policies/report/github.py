"""Findings for GitHub Actions: workflow commands that become annotations on the changed lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jfml_policies.findings import SEVERITIES
from jfml_policies.report.annotations import Annotation, Kind, commands
from jfml_policies.report.file_name import below
from jfml_policies.report.inert import cut
from jfml_policies.report.place import Place, place_of
from jfml_policies.text.lines import LineIndex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from jfml_policies.findings import Finding, Severity
    from jfml_policies.report.interface import FileReport, NotChecked, Settings

__all__ = ["render"]

#: So many policies that were not checked are named, and so much of each name.
_MOST_NAMED: Final = 5
_LONGEST_NAME: Final = 200
_KINDS: Final[dict[Severity, Kind]] = {
    "error": "error",
    "security-warning": "warning",
    "warning": "warning",
    "suggestion": "notice",
}


def render(reports: Iterable[FileReport], settings: Settings) -> Iterator[str]:
    """One workflow command a finding, one a file that could not be checked, and one a file in which policies could not
    be looked at; the worst first.
    """
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
        if report.not_checked:
            yield _not_checked(file, report.not_checked)


def _not_checked(file: str, policies: Sequence[NotChecked]) -> Annotation:
    """One notice for all of a file, as GitHub shows few of a step; it gives way to every finding."""
    named = [f"{cut(one.resource, _LONGEST_NAME)} ({cut(one.reason, _LONGEST_NAME)})" for one in policies[:_MOST_NAMED]]
    more = f" and {len(policies) - len(named):,} more" if len(policies) > len(named) else ""
    message = f"not checked: {', '.join(named)}{more}"
    line = policies[0].line
    place = None if line is None else Place(line, 1, line, 1)
    return Annotation("notice", file, place, "jfml-policies", message, len(SEVERITIES))


def _annotation(file: str, finding: Finding, lines: LineIndex | None) -> Annotation:
    place = place_of(finding.span, lines) if finding.span is not None and lines is not None else None
    message = finding.message if finding.hint is None else f"{finding.message} ({finding.hint})"
    if finding.resource is not None:
        message += f" (in {finding.resource})"
    severity = finding.severity
    title = f"jfml-policies {finding.rule}"
    return Annotation(_KINDS[severity], file, place, title, message, SEVERITIES.index(severity))
