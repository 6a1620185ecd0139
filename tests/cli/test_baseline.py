"""Only what is new counts."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from jfml_policies.linter.baseline import BASELINE_SCHEMA

Run = Callable[..., Any]

STATEMENT = '{"Sid": "%s", "Effect": "Allow", "Action": "%s", "Resource": "arn:aws:s3:::b/*"}'


def policy(*statements: tuple[str, str], layout: str = "\n") -> str:
    listed = f",{layout}".join(STATEMENT % statement for statement in statements)
    return f'{{"Version": "2012-10-17",{layout}"Statement": [{layout}{listed}{layout}]}}\n'


ONE, TWO = ("One", "s3:GetObjct"), ("Two", "s3:PutObjct")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "p" / "x.json"
    path.parent.mkdir()
    path.write_text(policy(ONE, TWO))
    return path


def test_what_was_there_does_not_count(run: Run, tmp_path: Path, file: Path) -> None:
    """After `baseline write` all is well, and nothing is said."""
    written = run("baseline", "write", "p")

    assert (0, "", "wrote 2 findings of 1 file to .jfml-policies-baseline.json\n") == written
    assert (0, "", "") == run("check", "--baseline", ".jfml-policies-baseline.json", "p")
    assert (
        '{"version": 1, "findings": [\n'
        '{"file": "p/x.json", "rule": "invalid-action", "sid": "One", "at": "/Statement/Action", '
        '"value": "\\"s3:GetObjct\\"", "count": 1},\n'
        '{"file": "p/x.json", "rule": "invalid-action", "sid": "Two", "at": "/Statement/Action", '
        '"value": "\\"s3:PutObjct\\"", "count": 1}\n'
        "]}\n"
    ) == (tmp_path / ".jfml-policies-baseline.json").read_text()
    jsonschema.validate(json.loads((tmp_path / ".jfml-policies-baseline.json").read_text()), BASELINE_SCHEMA)


def test_moving_is_not_new(run: Run, file: Path) -> None:
    """Another order and another layout change nothing, from whichever folder the program runs."""
    run("baseline", "write", "--output", "b.json", "p")
    file.write_text(policy(TWO, ("Three", "s3:GetObject"), ONE, layout="\n\n  "))

    assert run("check", "--baseline", "b.json", "p").code == 0
    os.chdir(file.parent)
    assert run("check", "--baseline", "../b.json", "x.json").code == 0


@pytest.mark.parametrize(
    ("statements", "lines"),
    [
        ([ONE, TWO, ("Three", "s3:GetObjct")], [5]),
        ([ONE, TWO, ("One", "s3:GetObjct")], [5]),
        ([ONE, ("Two", "s3:DeleteObjct")], [4]),
        ([("Other", "s3:GetObjct"), TWO], [3]),
    ],
    ids=["another statement", "same Sid", "another value", "another Sid"],
)
def test_what_is_new_counts(run: Run, file: Path, statements: list[tuple[str, str]], lines: list[int]) -> None:
    """Another place, another value, and one more of the same are reported; the old ones are not."""
    run("baseline", "write", "--output", "b.json", "p")
    file.write_text(policy(*statements))

    outcome = run("check", "--select", "action", "--baseline", "b.json", "--output-format", "json", "p")

    assert outcome.code == 1
    assert lines == [one["line"] for one in json.loads(outcome.out)["findings"]]


def test_old_findings_are_told_apart(run: Run, file: Path) -> None:
    """JSON and SARIF have them, as what was there before."""
    run("baseline", "write", "--output", "b.json", "p")
    arguments = ("check", "--baseline", "b.json", "p", "--output-format")

    told = json.loads(run(*arguments, "json").out)
    results = json.loads(run(*arguments, "sarif").out)["runs"][0]["results"]

    assert [] == told["findings"]
    assert [{"by": "baseline", "reason": "it was there before"}] * 2 == [
        one["suppressed"] for one in told["suppressed"]
    ]
    assert ["it was there before"] * 2 == [one["suppressions"][0]["justification"] for one in results]
    assert "not counted: 0 suppressed, 2 in the baseline" in run("check", "-v", "--baseline", "b.json", "p").err


@pytest.mark.parametrize(
    ("text", "arguments", "said"),
    [
        (policy(ONE), [], "warning: b.json: 1 finding of the baseline no longer occurs; "),
        (policy(("Fine", "s3:GetObject")), [], "warning: b.json: 2 findings of the baseline no longer occur; "),
        (None, ["good.json"], "warning: b.json: 2 findings of the baseline no longer occur; "),
        (policy(ONE), ["--select", "size"], ""),
        (policy(ONE), ["-q"], ""),
    ],
    ids=["one", "both", "file gone", "not selected", "quiet"],
)
def test_what_no_longer_occurs_is_told(
    run: Run, file: Path, good: Path, text: str | None, arguments: list[str], said: str
) -> None:
    """A baseline should shrink; what was not looked at is not said to be gone."""
    run("baseline", "write", "--output", "b.json", "p")
    if text is None:
        file.unlink()
    else:
        file.write_text(text)
        arguments = [*arguments, "p"]

    outcome = run("check", "--baseline", "b.json", *arguments)

    assert outcome.code == 0
    assert outcome.err.startswith(said)
    assert bool(outcome.err) == bool(said)


def test_policies_in_one_file_are_told_apart(run: Run, tmp_path: Path) -> None:
    """In a template, a finding of another resource is new; a suppression may name the resource."""

    def template(*names: str) -> str:
        document = json.loads(policy(ONE))
        roles = {
            name: {"Type": "AWS::IAM::ManagedPolicy", "Properties": {"PolicyDocument": document}} for name in names
        }
        return json.dumps({"AWSTemplateFormatVersion": "2010-09-09", "Resources": roles}, indent=1)

    path = tmp_path / "template.json"
    path.write_text(template("Old"))
    run("baseline", "write", "--output", "b.json", "template.json")
    path.write_text(template("New", "Old"))
    arguments = ("check", "--baseline", "b.json", "--output-format", "json", "template.json")

    assert ["New.PolicyDocument"] == [one["resource"] for one in json.loads(run(*arguments).out)["findings"]]
    (tmp_path / "jfml-policies.toml").write_text(
        '[[suppressions]]\nrule = "invalid-action"\nfile = "*"\nresource = "New"\nreason = "r"'
    )

    assert [] == json.loads(run(*arguments).out)["findings"]


def test_the_settings_name_the_baseline(run: Run, tmp_path: Path, file: Path) -> None:
    """A baseline in the settings is written and heeded; --isolated heeds neither."""
    (tmp_path / "jfml-policies.toml").write_text('baseline = "known.json"')

    assert "known.json: no such file" in run("check", "p").err
    assert run("baseline", "write", "p").code == 0
    assert (tmp_path / "known.json").exists()
    assert run("check", "p").code == 0
    assert run("check", "--isolated", "p").code == 1


def test_writing_again_keeps_what_is_still_there(run: Run, tmp_path: Path, file: Path) -> None:
    """An old baseline does not empty the new one, and the same findings give the same bytes."""
    (tmp_path / "jfml-policies.toml").write_text('baseline = "known.json"')
    run("baseline", "write", "p")
    before = (tmp_path / "known.json").read_bytes()
    run("baseline", "write", "p")

    assert before == (tmp_path / "known.json").read_bytes()


def test_suppressed_findings_stay_out(run: Run, tmp_path: Path, file: Path) -> None:
    """What the settings suppress with a reason needs no baseline."""
    (tmp_path / "jfml-policies.toml").write_text(
        '[[suppressions]]\nrule = "invalid-action"\nfile = "p"\nsid = "One"\nreason = "r"'
    )

    assert "wrote 1 finding of 1 file" in run("baseline", "write", "p").err


def test_standard_input_has_a_baseline_too(run: Run, tmp_path: Path) -> None:
    """Several documents there share one name, so each finding is counted once."""
    text = policy(ONE)
    run("baseline", "write", "-", stdin=(text + text).encode())
    arguments = ("check", "--baseline", ".jfml-policies-baseline.json", "-")

    assert run(*arguments, stdin=(text + text).encode()).code == 0
    assert run(*arguments, stdin=(text + text + text).encode()).code == 1


@pytest.mark.parametrize(
    "arguments",
    [["write"], ["write", "gone.json"], ["write", "empty"], ["raed", "p"], [], ["write", "p", "--select", "x"]],
    ids=["no path", "missing", "no policy", "action", "nothing", "rule"],
)
def test_what_can_not_be_done_writes_nothing(run: Run, tmp_path: Path, file: Path, arguments: list[str]) -> None:
    """A baseline of half the files would make the other half new."""
    (tmp_path / "empty").mkdir()

    outcome = run("baseline", *arguments)

    assert outcome.code == 2
    assert "error: " in outcome.err
    assert not (tmp_path / ".jfml-policies-baseline.json").exists()


def test_a_damaged_baseline_hides_nothing(run: Run, tmp_path: Path, file: Path) -> None:
    """It is refused before anything is checked."""
    (tmp_path / "b.json").write_text('{"version": 1,\n "findings": [}')

    outcome = run("check", "--baseline", "b.json", "p")

    assert (2, "") == (outcome.code, outcome.out)
    assert outcome.err.startswith("error: b.json:2:15: not a baseline: ")


def test_two_baselines_can_not_be_written_at_once(run: Run, tmp_path: Path) -> None:
    """Where settings name several, one is to be said."""
    for name in "ab":
        (tmp_path / name).mkdir()
        (tmp_path / name / "x.json").write_text(policy(ONE))
        (tmp_path / name / "jfml-policies.toml").write_text('baseline = "known.json"')

    assert "name several baselines" in run("baseline", "write", "a", "b").err
    assert run("baseline", "write", "--output", "k.json", "a", "b").code == 0
