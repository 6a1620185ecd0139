"""Findings as SARIF 2.1.0, which code scanning services read.

Source of the format: OASIS, "Static Analysis Results Interchange Format (SARIF) Version 2.1.0"; what GitHub reads of
it: GitHub Docs, "SARIF support for code scanning".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jfml_policies.findings import SEVERITIES
from jfml_policies.report.file_name import below
from jfml_policies.report.fingerprint import Fingerprints
from jfml_policies.report.headline import one_line
from jfml_policies.report.inert import well_formed
from jfml_policies.report.place import place_of
from jfml_policies.report.sarif_run import LEVELS, Object, Results, artifact, log
from jfml_policies.report.suppressed import in_order
from jfml_policies.text.lines import LineIndex
from jfml_policies.text.path import path_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jfml_policies.findings import Finding, Fix, Span
    from jfml_policies.report.interface import FileReport, NotChecked, Settings
    from jfml_policies.report.suppressed import Suppressed

__all__ = ["render"]

#: GitHub keeps so many places of a result.
_MOST_RELATED: Final = 100
#: So many policies that were not checked are named in a log.
_MOST_NOT_CHECKED: Final = 1_000
#: What somebody accepted gives way first where there are too many results.
_SUPPRESSED_RANK: Final = len(SEVERITIES)


def render(reports: Iterable[FileReport], settings: Settings) -> Iterator[str]:
    """One SARIF log with one run; every known rule is described in it, whether it found something or not."""
    fingerprints = Fingerprints()
    rules = list(settings.rules())
    index = {rule.code: number for number, rule in enumerate(rules)}
    results = Results()
    problems: list[Object] = []
    notes: list[Object] = []
    not_checked = 0
    for report in reports:
        if report.problem is not None:
            problems.append(_notification(report, settings))
        told = report.not_checked[: _MOST_NOT_CHECKED - len(notes)]
        notes += [_not_checked(report.file, one, settings) for one in told]
        not_checked += len(report.not_checked)
        file = below(report.file, settings.root)
        places = _Places(report, settings)
        for finding, suppressed in in_order(report):
            result = places.result(finding, suppressed)
            result["partialFingerprints"] = {"jfmlPolicies/v1": fingerprints.of(file, finding, report.text)}
            if finding.code in index:
                result["ruleIndex"] = index[finding.code]
            results.add(_SUPPRESSED_RANK if suppressed else SEVERITIES.index(finding.severity), result)
    if not_checked > len(notes):
        text = f"{not_checked - len(notes):,} more policies were not checked, which the format `json` names"
        notes.append({"level": "warning", "message": {"text": text}})
    yield from log(settings, rules, results, problems, notes)


class _Places:
    """Writes results with their places in one file."""

    __slots__ = ("_artifact", "_lines")

    def __init__(self, report: FileReport, settings: Settings) -> None:
        self._artifact = artifact(report.file, settings)
        self._lines = LineIndex(report.text) if report.text is not None else None

    def result(self, finding: Finding, suppressed: Suppressed | None) -> Object:
        message = finding.message if finding.hint is None else f"{finding.message}; {finding.hint}"
        result: Object = {
            "ruleId": finding.rule,
            "level": LEVELS[finding.severity],
            "message": {"text": _message(message)},
            "locations": [self._location(finding)],
        }
        related = [
            {"id": number, "message": {"text": _message(other.note)}, "physicalLocation": self._physical(other.span)}
            for number, other in enumerate(finding.related[:_MOST_RELATED])
        ]
        if related:
            result["relatedLocations"] = related
        if finding.fix is not None and finding.fix.edits and self._lines is not None:
            result["fixes"] = [self._fix(finding.fix, self._lines)]
        if suppressed is not None:
            reason = _message(suppressed.reason)
            result["suppressions"] = [{"kind": "external", "status": "accepted", "justification": reason}]
        return result

    def _location(self, finding: Finding) -> Object:
        location: Object = {"physicalLocation": self._physical(finding.span)}
        logical: list[Object] = []
        if finding.resource is not None:
            logical.append({"fullyQualifiedName": one_line(finding.resource), "kind": "resource"})
        if finding.path:
            logical.append({"fullyQualifiedName": one_line(path_text(finding.path)), "kind": "member"})
        if logical:
            location["logicalLocations"] = logical
        return location

    def _physical(self, span: Span | None) -> Object:
        # GitHub shows a result only with a region; what is about a whole file stands at its first line.
        region: Object = {"startLine": 1}
        if span is not None and self._lines is not None:
            region = _region(span, self._lines)
        return {"artifactLocation": self._artifact, "region": region}

    def _fix(self, fix: Fix, lines: LineIndex) -> Object:
        replacements = [
            {"deletedRegion": _region(edit.span, lines), "insertedContent": {"text": well_formed(edit.text)}}
            for edit in fix.edits
        ]
        change = {"artifactLocation": self._artifact, "replacements": replacements}
        return {"description": {"text": _message(fix.title)}, "artifactChanges": [change]}


def _region(span: Span, lines: LineIndex) -> Object:
    place = place_of(span, lines)
    return {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }


def _notification(report: FileReport, settings: Settings) -> Object:
    return {
        "level": "error",
        "message": {"text": _message(report.problem or "")},
        "locations": [{"physicalLocation": {"artifactLocation": artifact(report.file, settings)}}],
    }


def _not_checked(file: str, one: NotChecked, settings: Settings) -> Object:
    physical: Object = {"artifactLocation": artifact(file, settings)}
    if one.line is not None:
        physical["region"] = {"startLine": one.line}
    logical = {"fullyQualifiedName": one_line(one.resource), "kind": "resource"}
    return {
        "level": "warning",
        "message": {"text": _message(f"{one.resource}: not checked, {one.reason}")},
        "locations": [{"physicalLocation": physical, "logicalLocations": [logical]}],
    }


def _message(text: str) -> str:
    """Text in which nothing is a link: in a SARIF message, brackets before parentheses are one."""
    return one_line(text).replace("](", "] (")
