"""Rules without code on the command line: an organization's rules beside ours, in every place where ours are."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]

RULES = """\
[[tool.jfml-policies.custom-rules]]
code = "acme-users"
kind = "forbidden-access"
message = "users come from the directory"
actions = ["iam:CreateUser", "iam:CreateLoginProfile"]
severity = "error"
url = "https://wiki.example.com/users"

[[tool.jfml-policies.custom-rules]]
code = "acme-trust"
kind = "allowed-principals"
message = "our own accounts alone are let in"
principals = ["111122223333"]
"""
POLICY = """\
{
  "Version": "2012-10-17",
  "Statement": [
    {"Sid": "Manage", "Effect": "Allow", "Action": ["iam:CreateUser", "iam:CreateGroup"], "Resource": "*"}
  ]
}
"""
STACK = """\
Parameters:
  Partner: {Type: String}
  Bucket: {Type: String}
Conditions: {Mine: !Equals [!Ref Bucket, mine]}
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Principal: {AWS: !Ref Partner}, Action: "sts:AssumeRole"}
          - {Effect: Allow, Principal: {AWS: "444455556666"}, Action: "sts:AssumeRole"}
      Policies:
        - PolicyName: p
          PolicyDocument:
            Version: "2012-10-17"
            Statement:
              - Effect: Allow
                Action: "iam:*"
                Resource: !If [Mine, "arn:aws:iam::111122223333:user/a", !Sub "arn:aws:iam::*:user/${Bucket}"]
"""


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    (tmp_path / "pyproject.toml").write_text(RULES)
    (tmp_path / "a.json").write_text(POLICY)
    return tmp_path


def found(run: Run, *arguments: str) -> list[tuple[str, int]]:
    outcome = run("check", "--output-format", "json", *arguments)
    return [(one["rule"], one["line"]) for one in json.loads(outcome.out)["findings"]]


def test_what_people_see(run: Run, repository: Path) -> None:
    """The finding stands at the entry, with the organization's words, a request and a remedy."""
    outcome = run("check", "--select", "acme-users", "a.json")

    assert outcome.out.startswith(
        "a.json:4:53: error[acme-users]: users come from the directory: `iam:CreateUser` is allowed\n"
    )
    assert "= help: take it out, or deny it\n" in outcome.out
    assert outcome.code == 1


def test_they_are_selected_and_ignored(run: Run, repository: Path) -> None:
    """By name, by code and as the family `custom`; a settings file without rules of one's own has none to run."""
    assert [("acme-users", 4)] == found(run, "--select", "custom", "a.json")
    assert [("acme-users", 4)] == found(run, "--select", "ACME_USERS", "a.json")
    assert [] == found(run, "--select", "custom", "--ignore", "acme-users", "a.json")
    assert [] == found(run, "--select", "acme-trust", "a.json")
    assert [] == found(run, "--select", "custom", "--isolated", "a.json")
    (repository / "pyproject.toml").write_text(
        RULES + '\n[tool.jfml-policies.per-file-ignores]\n"a.json" = ["acme-users"]'
    )
    assert [] == found(run, "--select", "custom", "a.json")


def test_they_are_suppressed_and_in_the_baseline(run: Run, repository: Path) -> None:
    """A finding can be lived with, and another entry is a new finding."""
    assert run("baseline", "write", "--select", "custom", "a.json").code == 0
    baseline = ("--baseline", ".jfml-policies-baseline.json", "--select", "custom")
    assert [] == found(run, *baseline, "a.json")
    (repository / "a.json").write_text(POLICY.replace("iam:CreateGroup", "iam:Create*"))
    assert [("acme-users", 4)] == found(run, *baseline, "a.json")
    suppression = (
        '[[tool.jfml-policies.suppressions]]\nrule = "acme-users"\nfile = "*.json"\nsid = "Manage"\nreason = "r"'
    )
    (repository / "pyproject.toml").write_text(RULES + suppression)

    assert [] == found(run, "--select", "custom", "a.json")


def test_they_are_listed_and_explained(run: Run, repository: Path) -> None:
    """`rules`, `explain` and `--show-settings` know them."""
    page = run("explain", "acme-users").out

    assert ["custom", "  acme-users", "  acme-trust"] == [
        line.split("  error")[0].split("  security")[0].rstrip() for line in run("rules").out.splitlines()[-3:]
    ]
    assert page.startswith("# acme-users\n\nerror, confidence high, from pyproject.toml:1:22\n\nusers come from")
    assert "allows `iam:CreateUser` or `iam:CreateLoginProfile` under no circumstances." in page
    assert "- <https://wiki.example.com/users>" in page
    assert 'own-rules = ["acme-users", "acme-trust"]' in run("check", "--show-settings", "a.json").out


def test_reports_describe_them(run: Run, repository: Path) -> None:
    """SARIF has a descriptor with the page, and the result points at it."""
    log = json.loads(run("check", "--select", "custom", "--output-format", "sarif", "a.json").out)["runs"][0]
    (result,) = log["results"]
    rule = log["tool"]["driver"]["rules"][result["ruleIndex"]]

    assert ("acme-users", "users come from the directory.") == (rule["id"], rule["shortDescription"]["text"])
    assert "## What it demands" in rule["help"]["markdown"]
    assert 4 == result["locations"][0]["physicalLocation"]["region"]["startLine"]


def test_templates_are_judged_by_what_holds_in_any_case(run: Run, repository: Path) -> None:
    """A parameter may be whoever may be let in, and what holds for every value is told, once for all conditions."""
    (repository / "stack.yaml").write_text(STACK)

    assert [("acme-trust", 13), ("acme-users", 20)] == found(run, "--select", "custom", "stack.yaml")


def test_mistakes_are_told_before_anything_is_checked(run: Run, repository: Path) -> None:
    """With file, line and column, all at once."""
    (repository / "pyproject.toml").write_text(RULES.replace("actions", "action").replace('"111122223333"', '"me"'))

    outcome = run("check", "a.json")

    assert (2, "") == (outcome.code, outcome.out)
    assert "pyproject.toml:5:1: there is no setting `action` here" in outcome.err
    assert "pyproject.toml:13:15: `me` is not an account id" in outcome.err


@pytest.mark.parametrize("settings", ["", 'select = ["acme-users"]\n' + RULES.replace("tool.jfml-policies.", "")])
def test_nothing_is_loaded_that_no_setting_asks_for(tmp_path: Path, settings: str) -> None:
    """Without such rules none of their modules is imported; with them, the algebra waits for a policy it is about."""
    (tmp_path / "jfml-policies.toml").write_text('fail-on = "error"\n' + settings)
    (tmp_path / "a.json").write_text(POLICY.replace("iam:Create", "sqs:Purge"))
    code = (
        "import sys; from jfml_policies.cli.main import main; main(['check', '--ignore', 'meaning', 'a.json']); "
        "print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    loaded = set(done.stderr.split())

    assert bool(settings) == ("jfml_policies.linter.custom_rules" in loaded)
    assert "jfml_policies.privilege.breaches" not in loaded


def test_a_further_action_on_a_known_resource_is_no_known_finding(run: Run, tmp_path: Path) -> None:
    """A baseline hides what it has seen and nothing that came in beside."""
    (tmp_path / "jfml-policies.toml").write_text("""\
[[custom-rules]]
code = "lake"
kind = "forbidden-access"
message = "the lake is for the platform alone"
resources = ["arn:aws:s3:::lake/*"]
""")
    statement = {"Sid": "A", "Effect": "Allow", "Action": ["s3:GetObject"], "Resource": ["arn:aws:s3:::lake/*"]}
    (tmp_path / "a.json").write_text(json.dumps({"Version": "2012-10-17", "Statement": [statement]}))
    baseline = ("--baseline", ".jfml-policies-baseline.json", "--select", "custom")
    assert run("baseline", "write", "--select", "custom", "a.json").code == 0
    assert [] == found(run, *baseline, "a.json")
    statement["Action"] = ["s3:DeleteObject", "s3:GetObject"]
    (tmp_path / "a.json").write_text(json.dumps({"Version": "2012-10-17", "Statement": [statement]}))

    assert [("lake", 1)] == found(run, *baseline, "a.json")


def test_a_template_s_finding_names_no_guess(run: Run, tmp_path: Path) -> None:
    """The request and the actions are those that are written, not what a parameter may be."""
    (tmp_path / "jfml-policies.toml").write_text("""\
[[custom-rules]]
code = "lake"
kind = "forbidden-access"
message = "the lake is for the platform alone"
resources = ["arn:aws:s3:::lake/*"]
""")
    (tmp_path / "t.yaml").write_text("""\
Parameters: {A: {Type: String}}
Resources:
  R:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Action: [!Ref A, "s3:PutObject", "s3:Get*"], Resource: "arn:aws:s3:::lake/*"}
""")
    (finding,) = json.loads(run("check", "--select", "custom", "--output-format", "json", "t.yaml").out)["findings"]

    assert finding["message"].endswith("`arn:aws:s3:::lake/` is allowed (through `s3:Get*` and `s3:PutObject`)")
