"""GitLab's code quality report, which merge requests show beside the changed lines.

Source of the format: GitLab Docs, "Code Quality", "Code Quality report format".
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from jfml_policies.report.file_name import below
from jfml_policies.report.fingerprint import Fingerprints
from jfml_policies.report.headline import one_line
from jfml_policies.report.inert import well_formed
from jfml_policies.report.place import place_of
from jfml_policies.report.suppressed import in_order
from jfml_policies.text.lines import LineIndex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jfml_policies.findings import Finding, Severity
    from jfml_policies.report.interface import FileReport, Settings

__all__ = ["render"]

_SEVERITIES: Final[dict[Severity, str]] = {
    "error": "critical",
    "security-warning": "major",
    "warning": "minor",
    "suggestion": "info",
}


def render(reports: Iterable[FileReport], settings: Settings) -> Iterator[str]:
    """One JSON list, a line a finding; a file that could not be checked is a finding at its first line."""
    fingerprints = Fingerprints()
    separator = "\n"
    yield "["
    for report in reports:
        # GitLab finds a file only by its name from the repository's root.
        file = below(report.file, settings.root)
        lines = LineIndex(report.text) if report.text is not None and report.findings else None
        entries = []
        for finding, suppressed in in_order(report):
            fingerprint = fingerprints.of(file, finding, report.text)
            if suppressed is None:
                entries.append(_entry(file, finding, lines, fingerprint))
        if report.problem is not None:
            entries.append(_problem(file, report.problem))
        for entry in entries:
            yield separator + json.dumps(entry)
            separator = ",\n"
    yield "\n]\n" if separator != "\n" else "]\n"


def _entry(file: str, finding: Finding, lines: LineIndex | None, fingerprint: str) -> dict[str, object]:
    place = place_of(finding.span, lines) if finding.span is not None and lines is not None else None
    where = "" if finding.resource is None else f" (in {finding.resource})"
    message = finding.message if finding.hint is None else f"{finding.message}; {finding.hint}"
    return {
        "description": one_line(message + where),
        "check_name": finding.rule,
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[finding.severity],
        "location": {
            "path": well_formed(file),
            "lines": {"begin": place.line if place else 1, "end": place.end_line if place else 1},
        },
    }


def _problem(file: str, problem: str) -> dict[str, object]:
    from hashlib import sha256

    name = well_formed(file)
    return {
        "description": one_line(problem),
        "check_name": "unreadable-file",
        "fingerprint": sha256(f"unreadable-file\0{name}".encode()).hexdigest()[:32],
        "severity": "critical",
        "location": {"path": name, "lines": {"begin": 1, "end": 1}},
    }
