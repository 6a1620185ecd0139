from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

Run = Callable[..., Any]

PAIR = ("old.json", "new.json")

OLD = """\
{"Version": "2012-10-17", "Statement": [
  {"Sid": "Read", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::acme-features/*"}]}
"""
NEW = OLD.replace('"s3:GetObject"', '["s3:GetObject", "s3:PutObject"]')


@pytest.fixture
def sides(tmp_path: Path) -> Path:
    (tmp_path / "old.json").write_text(OLD)
    (tmp_path / "new.json").write_text(NEW)
    return tmp_path


def sarif(path: Path) -> dict[str, Any]:
    run: dict[str, Any] = json.loads(path.read_text())["runs"][0]
    return run


def test_annotations_and_files_come_of_one_run(run: Run, bad: Path, tmp_path: Path) -> None:
    """A pipeline gets annotations on standard output, and each further format in its file."""
    also = ["--also", "sarif=out.sarif", "--also", "gitlab=out.json", "--also", "junit=out.xml"]
    found = run("check", "--output-format", "github", *also, "bad.json")

    assert 1 == found.code
    assert all(line.startswith("::") for line in found.out.splitlines())
    assert ["invalid-action"] == [one["ruleId"] for one in sarif(tmp_path / "out.sarif")["results"]]
    assert ["invalid-action"] == [one["check_name"] for one in json.loads((tmp_path / "out.json").read_text())]
    assert 1 == len(list(ET.parse(tmp_path / "out.xml").iter("failure")))  # noqa: S314 -- our own text


def test_a_report_goes_to_a_file(run: Run, bad: Path, tmp_path: Path) -> None:
    """With --output-file standard output stays empty, and standard error has the closing line."""
    there = run("check", "--output-format", "concise", "bad.json").out
    found = run("check", "--output-format", "concise", "--output-file", "out.txt", "bad.json")

    assert (1, "") == (found.code, found.out)
    assert found.err.startswith("found 1 problem in 1 file")
    assert there == (tmp_path / "out.txt").read_text()


def test_a_report_in_a_file_has_no_colour(run: Run, bad: Path, tmp_path: Path) -> None:
    """Colour is for those who look on."""
    run("check", "--color", "always", "--output-file", "out.txt", "bad.json")

    assert "\x1b" not in (tmp_path / "out.txt").read_text()


def test_a_file_is_replaced_and_its_permissions_stay(run: Run, good: Path, tmp_path: Path) -> None:
    """A new file has the usual permissions, an old one those that it had."""
    old = tmp_path / "old.sarif"
    old.write_text("x" * 100_000)
    old.chmod(0o640)
    umask = os.umask(0o022)
    run("check", "--also", "sarif=old.sarif", "--also", "sarif=new.sarif", "good.json")
    os.umask(umask)

    assert 0o640 == stat.S_IMODE(old.stat().st_mode)
    assert 0o644 == stat.S_IMODE((tmp_path / "new.sarif").stat().st_mode)
    assert old.read_text() == (tmp_path / "new.sarif").read_text()


def test_a_pipe_is_written_to(run: Run, bad: Path, tmp_path: Path) -> None:
    """What is no regular file, such as /dev/null, is written to and never replaced."""
    found = run("check", "--output-file", os.devnull, "bad.json")

    assert 1 == found.code
    assert stat.S_ISCHR(os.stat(os.devnull).st_mode)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--also", "sarif"), "the name of a file is missing"),
        (("--also", "sarrif=x"), "there is no output format `sarrif`"),
        (("--also", "sarif=x", "--output-file", "./x"), "two reports are to be written to `x`"),
        (("--also", "sarif=good.json"), "`good.json` is read, so that no report may be written there"),
        (("--also", "sarif=nowhere/x"), "cannot be written: there is no such folder"),
        (("--output-file", "."), "is a directory"),
    ],
)
def test_what_cannot_be_written_is_told_at_once(run: Run, good: Path, arguments: tuple[str, ...], message: str) -> None:
    """A wrong name is told before anything is checked, and no file changes."""
    before = good.read_text()
    found = run("check", *arguments, "good.json")

    assert (2, "") == (found.code, found.out)
    assert message in found.err
    assert before == good.read_text()


def test_absolute_names_become_relative_for_programs(run: Run, bad: Path) -> None:
    """Below the working folder a file is named from there, as services find it in a repository."""
    [entry] = json.loads(run("check", "--output-format", "gitlab", str(bad)).out)
    [result] = json.loads(run("check", "--output-format", "sarif", str(bad)).out)["runs"][0]["results"]

    assert "bad.json" == entry["location"]["path"]
    assert "bad.json" == result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert ",file=bad.json," in run("check", "--output-format", "github", str(bad)).out


def test_new_access_is_a_result(run: Run, sides: Path) -> None:
    """`diff` writes SARIF beside its report, with the new access on its statement; the sentence goes to the log."""
    found = run("diff", "--output-file", "out.md", "--output-format", "markdown", "--also", "sarif=d.sarif", *PAIR)
    [result] = sarif(sides / "d.sarif")["results"]

    assert (1, "") == (found.code, found.out)
    assert "new.json is wider than old.json: 1 piece of access added\n" == found.err
    assert (sides / "out.md").read_text().startswith("### wider: ")
    assert ("new-access", 2) == (
        result["ruleId"],
        result["locations"][0]["physicalLocation"]["region"]["startLine"],
    )


def test_quiet_still_writes_files(run: Run, sides: Path) -> None:
    """With --quiet a clean comparison prints nothing, and the files are there."""
    found = run("diff", "-q", "--also", "junit=out.xml", "old.json", "old.json")
    [suite] = ET.parse(sides / "out.xml").getroot()  # noqa: S314 -- our own text

    assert (0, "", "") == found
    assert ("old.json", "0") == (suite.attrib["name"], suite.attrib["failures"])


def test_quiet_tells_programs_of_every_file(run: Run, sides: Path) -> None:
    """Of a template whose policies did not change a program gets a document, a person nothing."""
    properties = {"PolicyDocument": json.loads(OLD)}
    template = {"Resources": {"P": {"Type": "AWS::IAM::ManagedPolicy", "Properties": properties}}}
    (sides / "t.json").write_text(json.dumps(template))

    assert (0, "", "") == run("diff", "-q", "t.json", "t.json")
    assert [] == json.loads(run("diff", "-q", "--output-format", "gitlab", "t.json", "t.json").out)


def test_needs_and_risks_write_every_format(run: Run, sides: Path) -> None:
    """Excess, exposure and escalation paths are results, too."""
    needs = run(
        "needs", "-q", "--output-file", os.devnull, "--also", "sarif=n.sarif", "new.json", "--needed", "old.json"
    )
    (sides / "admin.json").write_text(
        OLD.replace('"s3:GetObject"', '"*"').replace('"arn:aws:s3:::acme-features/*"', '"*"')
    )
    risks = run("risks", "--output-format", "gitlab", "--also", "sarif=r.sarif", "admin.json")

    assert (1, "") == (needs.code, needs.out)
    assert ["excess"] == [one["ruleId"] for one in sarif(sides / "n.sarif")["results"]]
    assert {"escalation-path", "exposure"} == {one["check_name"] for one in json.loads(risks.out)}
    assert {"escalation-path", "exposure"} == {one["ruleId"] for one in sarif(sides / "r.sarif")["results"]}
