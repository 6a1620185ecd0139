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
    from jfml_policies.report.interface import FileReport, NotChecked, Settings

__all__ = ["render"]

_SEVERITIES: Final[dict[Severity, str]] = {
    "error": "critical",
    "security-warning": "major",
    "warning": "minor",
    "suggestion": "info",
}


def render(reports: Iterable[FileReport], settings: Settings) -> Iterator[str]:
    """One JSON list, a line a finding; a file that could not be checked is a finding at its first line, and a policy
    in it that could not is one of the mildest severity.
    """
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
        entries += [_not_checked(file, one) for one in report.not_checked]
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


def _not_checked(file: str, one: NotChecked) -> dict[str, object]:
    line = one.line or 1
    return {
        "description": one_line(f"{one.resource}: not checked, {one.reason}"),
        "check_name": "not-checked",
        "fingerprint": _digest("not-checked", well_formed(file), well_formed(one.resource)),
        "severity": "info",
        "location": {"path": well_formed(file), "lines": {"begin": line, "end": line}},
    }


def _problem(file: str, problem: str) -> dict[str, object]:
    name = well_formed(file)
    return {
        "description": one_line(problem),
        "check_name": "unreadable-file",
        "fingerprint": _digest("unreadable-file", name),
        "severity": "critical",
        "location": {"path": name, "lines": {"begin": 1, "end": 1}},
    }


def _digest(*parts: str) -> str:
    from hashlib import sha256

    return sha256("\0".join(parts).encode()).hexdigest()[:32]
