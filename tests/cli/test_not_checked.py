"""`check` tells of policies in templates and plans that nobody can look at, and fails on them where it is asked to."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]

TEMPLATE = """\
Resources:
  Reader:
    Type: AWS::IAM::Policy
    Properties:
      PolicyDocument:
        Fn::ImportValue: reader
"""
PLAN = {
    "format_version": "1.2",
    "terraform_version": "1.9.0",
    "planned_values": {
        "root_module": {
            "resources": [{"address": "aws_iam_policy.x", "mode": "managed", "type": "aws_iam_policy", "values": {}}]
        }
    },
    "resource_changes": [{"address": "aws_iam_policy.x", "change": {"after_unknown": {"policy": True}}}],
}


@pytest.fixture(autouse=True)
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "t.yaml").write_text(TEMPLATE)
    (tmp_path / "plan.json").write_text(json.dumps(PLAN, indent=1))


def test_they_have_places(run: Run) -> None:
    """A template's value stands in its line, a plan's at the resource that lacks it."""
    found = run("check", "t.yaml", "plan.json", "--output-format", "json")

    assert 0 == found.code
    assert [
        ("plan.json", "aws_iam_policy.x.policy", 11, "it is known only after apply"),
        ("t.yaml", "Reader.PolicyDocument", 6, "it is known only at deployment"),
    ] == [(one["file"], one["resource"], one["line"], one["reason"]) for one in json.loads(found.out)["not_checked"]]


def test_they_fail_where_it_is_asked_for(run: Run, tmp_path: Path) -> None:
    """By the option, or by the settings, which the option sets aside."""
    assert 1 == run("check", "t.yaml", "--not-checked", "fail").code
    assert 0 == run("check", "t.yaml", "--not-checked", "fail", "--exit-zero").code
    (tmp_path / "jfml-policies.toml").write_text('not-checked = "fail"\n')
    assert 1 == run("check", "t.yaml").code
    assert 0 == run("check", "t.yaml", "--not-checked", "note").code
    assert 'not-checked = "fail"\n' in run("check", "t.yaml", "--show-settings").out


def test_they_are_told_after_a_fix(run: Run, tmp_path: Path) -> None:
    """Mending one policy of a file makes no other readable."""
    fixed = f"""{TEMPLATE}  Writer:
    Type: AWS::IAM::Policy
    Properties:
      PolicyDocument:
        Version: "2012-10-17"
        Statement: {{Effect: Allow, Action: s3:GetObjct, Resource: "arn:aws:s3:::b/*"}}
"""
    (tmp_path / "t.yaml").write_text(fixed)

    found = json.loads(run("check", "t.yaml", "--fix", "--unsafe-fixes", "--output-format", "json").out)

    assert "s3:GetObject" in (tmp_path / "t.yaml").read_text()
    assert ([], [6]) == (found["findings"], [one["line"] for one in found["not_checked"]])
