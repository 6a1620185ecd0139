"""GitLab's code quality report has what GitLab reads, whatever a policy holds."""

import json

from jfml_policies.findings import Finding
from jfml_policies.record import replace
from jfml_policies.report.gitlab import render
from jfml_policies.report.interface import FileReport, Settings


def show(*reports: FileReport) -> list[dict]:
    entries: list[dict] = json.loads("".join(render(reports, Settings(root="/work"))))
    return entries


def test_each_finding_is_an_entry_with_its_lines(reports: list[FileReport]) -> None:
    shown = show(*reports)

    assert [
        ("broad-statement", "major", "a.json", {"begin": 4, "end": 9}),
        ("invalid-action", "critical", "a.json", {"begin": 7, "end": 7}),
        ("unreadable-file", "critical", "c.json", {"begin": 1, "end": 1}),
    ] == [(one["check_name"], one["severity"], one["location"]["path"], one["location"]["lines"]) for one in shown]
    assert len(shown) == len({one["fingerprint"] for one in shown})


def test_nothing_found_is_an_empty_list() -> None:
    assert [] == show(FileReport("a.json"))


def test_the_resource_is_named(reports: list[FileReport], finding: Finding) -> None:
    report = replace(reports[0], findings=(replace(finding, resource="aws_iam_role.r"),))

    [entry] = show(report)

    assert entry["description"].endswith("(in aws_iam_role.r)")


def test_equal_findings_of_two_resources_have_their_own_fingerprints(finding: Finding) -> None:
    two = tuple([replace(finding, resource=name) for name in ("a", "b")])

    first, second = show(FileReport("a.json", "x" * 500, two))

    assert first["fingerprint"] != second["fingerprint"]


def test_hostile_text_stays_data(hostile: FileReport) -> None:
    [entry] = show(hostile)

    assert "\n" not in entry["description"]
    assert "\x1b" not in entry["description"]


def test_every_entry_has_what_gitlab_requires(reports: list[FileReport], hostile: FileReport) -> None:
    """GitLab Docs, "Code Quality report format": these keys, one of five severities, a path from the root, a line."""
    shown = show(*reports, hostile, FileReport("/work/d.json", None, (Finding("X", "suggestion", "m"),)))

    for entry in shown:
        assert {"description", "check_name", "fingerprint", "severity", "location"} == set(entry)
        assert entry["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert entry["location"]["lines"]["begin"] >= 1
        assert not entry["location"]["path"].startswith(("/", "./"))
    assert "d.json" == shown[-1]["location"]["path"]
    assert len(shown) == len({entry["fingerprint"] for entry in shown})
