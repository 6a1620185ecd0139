"""Each format tells of policies that could not be looked at."""

from __future__ import annotations

import json
from xml.etree import ElementTree as ET

import jsonschema
import pytest

from jfml_policies.report.formats import FOR_PEOPLE, FORMATS, renderer
from jfml_policies.report.interface import FileReport, NotChecked, Settings
from jfml_policies.report.json_schema import CHECK_OUTPUT_SCHEMA

TOLD = NotChecked("Reader.PolicyDocument", "it is known only at deployment", 7)
PLACELESS = NotChecked("aws_iam_policy.x.policy", "it is marked as sensitive")


def show(format_: str, *policies: NotChecked) -> str:
    return "".join(renderer(format_)([FileReport("t.json", not_checked=policies)], Settings()))


@pytest.mark.parametrize("name", [name for name in FORMATS if name not in FOR_PEOPLE])
def test_every_format_that_leaves_the_terminal_tells_of_them(name: str) -> None:
    """Who reads a report alone learns which policies nobody looked at, and why."""
    text = show(name, TOLD, PLACELESS)

    assert all(part in text for one in (TOLD, PLACELESS) for part in (one.resource, one.reason))


def test_json_lists_and_counts_them() -> None:
    """The list is there when it holds one, the count always; the schema has both."""
    found = json.loads(show("json", TOLD, PLACELESS))
    jsonschema.validate(found, CHECK_OUTPUT_SCHEMA)

    assert [("t.json", "Reader.PolicyDocument", 7, "it is known only at deployment")] == [
        (one["file"], one["resource"], one["line"], one["reason"]) for one in found["not_checked"][:1]
    ]
    assert (2, None) == (found["summary"]["not_checked"], found["not_checked"][1]["line"])
    nothing = json.loads(show("json"))
    assert (0, False) == (nothing["summary"]["not_checked"], "not_checked" in nothing)


def test_sarif_has_notifications_of_a_successful_run() -> None:
    """They are no failure of the tool, and bounded."""
    [invocation] = json.loads(show("sarif", TOLD))["runs"][0]["invocations"]
    [told] = invocation["toolExecutionNotifications"]
    [location] = told["locations"]
    [many] = json.loads(show("sarif", *[TOLD] * 1_002))["runs"][0]["invocations"]

    assert (True, "warning") == (invocation["executionSuccessful"], told["level"])
    assert {"startLine": 7} == location["physicalLocation"]["region"]
    assert "Reader.PolicyDocument: not checked, it is known only at deployment" == told["message"]["text"]
    assert 1_001 == len(many["toolExecutionNotifications"])
    assert many["toolExecutionNotifications"][-1]["message"]["text"].startswith("2 more policies were not checked")


def test_junit_skips_them() -> None:
    """A case that did not run, and none that passed instead."""
    [suite] = ET.fromstring(show("junit", TOLD))  # noqa: S314 -- our own text
    [case] = suite

    assert ("1", "0", "1") == tuple(suite.attrib[name] for name in ("tests", "failures", "skipped"))
    assert ("not checked Reader.PolicyDocument", "7", "skipped") == (
        case.attrib["name"],
        case.attrib["line"],
        case[0].tag,
    )


def test_github_has_one_notice_a_file() -> None:
    """However many there are, they take one of the few notices that are shown."""
    [line] = show("github", *[TOLD] * 7).splitlines()

    assert line.startswith("::notice title=jfml-policies,file=t.json,line=7,")
    assert line.endswith(" and 2 more")
    assert 5 == line.count("Reader.PolicyDocument")


def test_gitlab_has_the_mildest_severity() -> None:
    """Entries that do not look like problems of the policy, each with a fingerprint of its own."""
    entries = json.loads(show("gitlab", TOLD, PLACELESS))

    assert [("not-checked", "info", 7), ("not-checked", "info", 1)] == [
        (one["check_name"], one["severity"], one["location"]["lines"]["begin"]) for one in entries
    ]
    assert 2 == len({one["fingerprint"] for one in entries})


def test_markdown_counts_what_it_leaves_out() -> None:
    """Twenty rows fold away, the rest is counted."""
    text = show("markdown", *[TOLD] * 25)

    assert "<summary>25 documents not checked</summary>" in text
    assert 20 == text.count("Reader.PolicyDocument")
    assert "\n5 more; the format `json` has all.\n" in text


def test_a_page_does_not_call_it_clean() -> None:
    """Where something was not looked at, the answer is no clean bill."""
    text = show("html", TOLD)

    assert ">incomplete<" in text
    assert "No problem was found, 1 document could not be looked at" in text
    assert 'id="not-checked"' in text
    assert ">clean<" in show("html")
