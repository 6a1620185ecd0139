"""SARIF 2.1.0, which code scanning services read.

Source of the format: OASIS, "Static Analysis Results Interchange Format (SARIF) Version 2.1.0"; what GitHub reads of
it: GitHub Docs, "SARIF support for code scanning".
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from jfml_policies.report.fingerprint import Fingerprints
from jfml_policies.report.headline import one_line
from jfml_policies.report.inert import well_formed
from jfml_policies.report.place import place_of
from jfml_policies.report.suppressed import in_order
from jfml_policies.text.lines import LineIndex
from jfml_policies.text.path import path_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jfml_policies.findings import Finding, Fix, Severity, Span
    from jfml_policies.report.interface import FileReport, RuleNote, Settings

__all__ = ["SCHEMA", "render"]

SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

_Object = dict[str, object]

_LEVELS: Final[dict[Severity, str]] = {
    "error": "error",
    "security-warning": "warning",
    "warning": "warning",
    "suggestion": "note",
}
#: GitHub ranks security results by a number from 0 to 10; without it a result is a quality matter.
_SECURITY_SEVERITY: Final = "8.0"
_PRECISIONS: Final = {"high": "very-high", "medium": "high", "low": "medium"}


def render(reports: Iterable[FileReport], settings: Settings) -> Iterator[str]:
    """One SARIF log with one run; every known rule is described in it, whether it found something or not."""
    fingerprints = Fingerprints()
    rules = list(settings.rules())
    index = {rule.code: number for number, rule in enumerate(rules)}
    results: list[_Object] = []
    problems: list[_Object] = []
    for report in reports:
        if report.problem is not None:
            problems.append(_notification(report))
        every = in_order(report)
        lines = LineIndex(report.text) if report.text is not None and every else None
        for finding, suppressed in every:
            result = _result(report.file, finding, lines)
            if suppressed is not None:
                result["suppressions"] = [
                    {"kind": "external", "status": "accepted", "justification": one_line(suppressed.reason)}
                ]
            result["partialFingerprints"] = {"jfmlPolicies/v1": fingerprints.of(report.file, finding, report.text)}
            if finding.code in index:
                result["ruleIndex"] = index[finding.code]
            results.append(result)
    invocation: _Object = {"executionSuccessful": not problems}
    if problems:
        invocation["toolExecutionNotifications"] = problems
    driver: _Object = {
        "name": "jfml-policies",
        "semanticVersion": settings.version,
        "rules": [_rule(rule) for rule in rules],
    }
    run: _Object = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "invocations": [invocation],
        "results": results,
    }
    yield json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=1) + "\n"


def _rule(rule: RuleNote) -> _Object:
    properties: _Object = {"precision": _PRECISIONS.get(rule.confidence, "medium"), "tags": ["aws", "iam"]}
    if rule.severity == "security-warning":
        properties["security-severity"] = _SECURITY_SEVERITY
        properties["tags"] = ["aws", "iam", "security"]
    return {
        "id": rule.name,
        "name": "".join(word.capitalize() for word in rule.name.split("-")),
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": rule.summary},
        "help": {"text": rule.page, "markdown": rule.page},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": properties,
    }


def _result(file: str, finding: Finding, lines: LineIndex | None) -> _Object:
    message = finding.message if finding.hint is None else f"{finding.message}; {finding.hint}"
    result: _Object = {
        "ruleId": finding.rule,
        "level": _LEVELS[finding.severity],
        "message": {"text": one_line(message)},
        "locations": [_location(file, finding, lines)],
    }
    related = [
        {
            "id": number,
            "message": {"text": one_line(other.note)},
            "physicalLocation": _physical(file, other.span, lines),
        }
        for number, other in enumerate(finding.related)
    ]
    if related:
        result["relatedLocations"] = related
    if finding.fix is not None and finding.fix.edits and lines is not None:
        result["fixes"] = [_fix(file, finding.fix, lines)]
    return result


def _location(file: str, finding: Finding, lines: LineIndex | None) -> _Object:
    location: _Object = {"physicalLocation": _physical(file, finding.span, lines)}
    logical: list[_Object] = []
    if finding.resource is not None:
        logical.append({"fullyQualifiedName": one_line(finding.resource), "kind": "resource"})
    if finding.path:
        logical.append({"fullyQualifiedName": path_text(finding.path), "kind": "member"})
    if logical:
        location["logicalLocations"] = logical
    return location


def _physical(file: str, span: Span | None, lines: LineIndex | None) -> _Object:
    physical: _Object = {"artifactLocation": {"uri": _uri(file)}}
    if span is not None and lines is not None:
        physical["region"] = _region(span, lines)
    return physical


def _region(span: Span, lines: LineIndex) -> _Object:
    place = place_of(span, lines)
    return {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }


def _fix(file: str, fix: Fix, lines: LineIndex) -> _Object:
    replacements = [
        {"deletedRegion": _region(edit.span, lines), "insertedContent": {"text": well_formed(edit.text)}}
        for edit in fix.edits
    ]
    change = {"artifactLocation": {"uri": _uri(file)}, "replacements": replacements}
    return {"description": {"text": one_line(fix.title)}, "artifactChanges": [change]}


def _notification(report: FileReport) -> _Object:
    return {
        "level": "error",
        "message": {"text": one_line(report.problem or "")},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": _uri(report.file)}}}],
    }


def _uri(file: str) -> str:
    """A relative file as a relative reference, an absolute one as a `file:` address, whatever its name holds."""
    if file == "-":
        return "stdin"
    # Quoting also escapes a colon, which would read as a scheme. Undecodable bytes of a name come back as they were.
    quoted = quote(file.encode("utf-8", "surrogateescape" if _is_decoded(file) else "replace"), safe="/")
    return "file://" + quoted if file.startswith("/") else quoted


def _is_decoded(file: str) -> bool:
    """Whether the lone surrogates of a name, if any, stand for bytes of the file system."""
    return not any("\ud800" <= char < "\udc80" or "\udcff" < char <= "\udfff" for char in file)
