from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest

from jfml_policies.findings import Finding, Span
from jfml_policies.report.interface import FileReport, RuleNote, Settings
from jfml_policies.report.sarif import render

RULES = (
    RuleNote("INVALID_ACTION", "invalid-action", "error", "Finds unknown actions.", "Finds unknown actions.\n\n## Why"),
    RuleNote("BROAD_STATEMENT", "broad-statement", "security-warning", "Finds broad ones.", "Page", "medium"),
)


def closed(required: str, **properties: object) -> dict[str, object]:
    return {
        "type": "object",
        "required": required.split(),
        "properties": properties,
        "additionalProperties": False,
    }


def many(items: object) -> dict[str, object]:
    return {"type": "array", "items": items}


TEXT = closed("text", text={"type": "string"})
NUMBER = {"type": "integer", "minimum": 1}
LEVEL = {"enum": ["none", "note", "warning", "error"]}
ARTIFACT = closed("uri", uri={"type": "string", "format": "uri-reference"})
REGION = closed("startLine", startLine=NUMBER, startColumn=NUMBER, endLine=NUMBER, endColumn=NUMBER)
PHYSICAL = closed("artifactLocation", artifactLocation=ARTIFACT, region=REGION)
LOCATION = closed(
    "physicalLocation",
    id={"type": "integer", "minimum": 0},
    message=TEXT,
    physicalLocation=PHYSICAL,
    logicalLocations=many(closed("kind", fullyQualifiedName={"type": "string"}, kind={"type": "string"})),
)
REPLACEMENT = closed("deletedRegion", deletedRegion=REGION, insertedContent=TEXT)
FIX = closed(
    "artifactChanges",
    description=TEXT,
    artifactChanges=many(
        closed("artifactLocation replacements", artifactLocation=ARTIFACT, replacements=many(REPLACEMENT))
    ),
)
RULE = closed(
    "id",
    id={"type": "string"},
    name={"type": "string", "pattern": "^[A-Z][A-Za-z0-9]*$"},
    shortDescription=TEXT,
    fullDescription=TEXT,
    help=closed("text", text={"type": "string"}, markdown={"type": "string"}),
    defaultConfiguration=closed("", level=LEVEL),
    properties={"type": "object"},
)
RESULT = closed(
    "message",
    ruleId={"type": "string"},
    ruleIndex={"type": "integer", "minimum": 0},
    level=LEVEL,
    message=TEXT,
    locations=many(LOCATION),
    relatedLocations=many(LOCATION),
    fixes=many(FIX),
    partialFingerprints={"type": "object", "additionalProperties": {"type": "string"}},
)
NOTIFICATION = closed("message", level=LEVEL, message=TEXT, locations=many(LOCATION))
RUN = closed(
    "tool",
    tool=closed(
        "driver",
        driver=closed("name", name={"type": "string"}, semanticVersion={"type": "string"}, rules=many(RULE)),
    ),
    columnKind={"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
    invocations=many(
        closed(
            "executionSuccessful",
            executionSuccessful={"type": "boolean"},
            toolExecutionNotifications=many(NOTIFICATION),
        )
    ),
    results=many(RESULT),
)
#: What we write of SARIF 2.1.0, by the names and types of the standard, and nothing else.
SCHEMA = closed("version runs", **{"$schema": {"type": "string"}, "version": {"const": "2.1.0"}, "runs": many(RUN)})


def show(*reports: FileReport) -> dict[str, Any]:
    text = "".join(render(reports, Settings(version="1.2.3", rules=lambda: RULES)))
    document: dict[str, Any] = json.loads(text)
    jsonschema.Draft7Validator(SCHEMA).validate(document)
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
                "artifactLocation": {"uri": "a.json"},
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
    assert first["properties"] == {"precision": "very-high", "tags": ["aws", "iam"]}
    assert second["properties"]["security-severity"] == "8.0"


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
    ("file", "uri"),
    [
        ("a b/c.json", "a%20b/c.json"),
        ("c:d.json", "c%3Ad.json"),
        ("/srv/x.json", "file:///srv/x.json"),
        ("-", "stdin"),
        ("\udcff.json", "%FF.json"),
        ("\ud800.json", "%3F.json"),
    ],
)
def test_file_names_become_addresses(file: str, uri: str) -> None:
    """Names are relative references, escaped byte by byte."""
    (result,) = show(FileReport(file, None, (Finding("CODE", "error", "m"),)))["results"]

    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == uri


def test_hostile_text_is_plain_ascii(hostile: FileReport) -> None:
    """The log is ASCII, and messages in it are inert."""
    run = show(hostile)

    assert run["text"].isascii()
    assert run["results"][0]["message"]["text"].isprintable()
