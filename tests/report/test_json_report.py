from __future__ import annotations

import json
from typing import Any

from jfml_policies.findings import Finding
from jfml_policies.report.interface import FileReport, Settings
from jfml_policies.report.json_report import render

EXPECTED: dict[str, Any] = {
    "version": 1,
    "findings": [
        {
            "file": "a.json",
            "rule": "broad-statement",
            "code": "BROAD_STATEMENT",
            "severity": "security-warning",
            "message": "everybody may write",
            "hint": None,
            "path": ["Statement", 0],
            "line": 4,
            "column": 5,
            "end_line": 9,
            "end_column": 6,
            "sid": "Read",
            "resource": None,
            "fix": None,
        },
        {
            "file": "a.json",
            "rule": "invalid-action",
            "code": "INVALID_ACTION",
            "severity": "error",
            "message": "`s3:GetObjct` is not an action of s3",
            "hint": "did you mean `s3:GetObject`?",
            "path": ["Statement", 0, "Action", 0],
            "line": 7,
            "column": 18,
            "end_line": 7,
            "end_column": 31,
            "sid": "Read",
            "resource": None,
            "fix": {
                "title": "replace `s3:GetObjct` by `s3:GetObject`",
                "safe": True,
                "edits": [{"line": 7, "column": 19, "end_line": 7, "end_column": 30, "text": "s3:GetObject"}],
            },
        },
    ],
    "summary": {
        "files_checked": 2,
        "files_skipped": 3,
        "files_failed": 1,
        "files_with_findings": 1,
        "findings": 2,
        "not_checked": 0,
        "severities": {"error": 1, "security-warning": 1, "warning": 0, "suggestion": 0},
        "fixable": 1,
        "fixable_unsafe": 0,
    },
}


def show(*reports: FileReport) -> str:
    return "".join(render(reports, Settings(skipped=lambda: 3)))


def test_the_documented_shape(reports: list[FileReport]) -> None:
    """Findings and summary have the promised fields, in the promised order."""
    shown = json.loads(show(*reports))

    assert EXPECTED == shown
    assert list(EXPECTED["findings"][0]) == list(shown["findings"][0])


def test_nothing_found_is_a_document_too() -> None:
    """Without findings the list is empty and the summary counts zero."""
    assert json.loads(show()) == {
        "version": 1,
        "findings": [],
        "summary": {
            "files_checked": 0,
            "files_skipped": 3,
            "files_failed": 0,
            "files_with_findings": 0,
            "findings": 0,
            "not_checked": 0,
            "severities": {"error": 0, "security-warning": 0, "warning": 0, "suggestion": 0},
            "fixable": 0,
            "fixable_unsafe": 0,
        },
    }


def test_without_text_places_are_null() -> None:
    """A finding about plain Python values has neither line nor column."""
    (shown,) = json.loads(show(FileReport("x", None, (Finding("CODE", "error", "m"),))))["findings"]

    assert [None] * 4 == [shown[name] for name in ("line", "column", "end_line", "end_column")]


def test_hostile_text_is_plain_ascii_and_well_formed(hostile: FileReport) -> None:
    """The output is ASCII, and no lone surrogate is left for strict readers to stumble over."""
    shown = show(hostile)

    assert shown.replace("\n", "").isascii()
    json.dumps(json.loads(shown), ensure_ascii=False).encode()
