from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
ALLOW = '{"Version": "2012-10-17", "Statement": {"Sid": "Read", "Effect": "Allow", "Action": "s3:*", "Resource": "*"}}'
DENY = ALLOW.replace("Allow", "Deny")
VPC = ALLOW.replace('"*"}', '"*", "Condition": {"StringEquals": {"aws:SourceVpc": "vpc-1"}}}')
KEYS = ALLOW.replace('"*"}', '"*", "Condition": {"ForAllValues:StringEquals": {"aws:TagKeys": ["a", "b"]}}}')
TRUST = """{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "sts:AssumeRole",
    "Principal": {"AWS": "arn:aws:iam::111122223333:role/R"}}}"""
GET = ("can", "--action", "s3:GetObject", "--resource", "arn:aws:s3:::b/k")


@pytest.fixture
def files(tmp_path: Path) -> Path:
    for name, text in {"allow": ALLOW, "deny": DENY, "vpc": VPC, "keys": KEYS, "trust": TRUST}.items():
        (tmp_path / f"{name}.json").write_text(text)
    return tmp_path


def test_allowed_denied_and_unknown(run: Run, files: Path) -> None:
    """The exit code is 0, 1 or 2, and the first line says why."""
    allowed = run(*GET, "allow.json")
    denied = run(*GET, "vpc.json")
    (files / "broken.json").write_text(ALLOW.replace("Allow", "Permit"))
    unknown = run(*GET, "broken.json")

    assert (0, "") == (allowed.code, allowed.err)
    assert "allowed: Statement 1 (`Read`) of allow.json allows `s3:GetObject` on `arn:aws:s3:::b/k`\n" == allowed.out
    assert (1, "") == (denied.code, denied.err)
    assert "Statement 1 (`Read`) of vpc.json, which needs `aws:SourceVpc` to be `vpc-1`" in denied.out
    assert 2 == unknown.code
    assert unknown.out.startswith("unknown: AWS would refuse broken.json: the effect `Permit` is neither")


def test_context_has_one_or_several_values(run: Run, files: Path) -> None:
    """A key that is given twice has two values; a value may hold an equals sign or be empty."""
    assert 0 == run(*GET, "--context", "aws:SourceVpc=vpc-1", "vpc.json").code
    assert 1 == run(*GET, "--context", "aws:SourceVpc=vpc-1=", "vpc.json").code
    assert 1 == run(*GET, "--context", "aws:SourceVpc=", "vpc.json").code
    assert 0 == run(*GET, "--context", "aws:TagKeys=a", "--context", "aws:TagKeys=b", "keys.json").code
    assert 1 == run(*GET, "--context", "aws:TagKeys=a", "--context", "aws:TagKeys=c", "keys.json").code


def test_every_part_can_be_given(run: Run, files: Path) -> None:
    """Boundary, session policy and organization's policies take part; levels are told apart."""
    for part in ("--boundary", "--session", "--scp"):
        assert 0 == run(*GET, "allow.json", part, "allow.json").code
        assert 1 == run(*GET, "allow.json", part, "deny.json").code
        assert 1 == run(*GET, "allow.json", part, "vpc.json").code
    assert 0 == run(*GET, "allow.json", "--scp", "vpc.json,allow.json").code
    assert 1 == run(*GET, "allow.json", "--scp", "vpc.json", "--scp", "allow.json").code


def test_folders_and_standard_input(run: Run, files: Path) -> None:
    """Of a folder only its policies count; standard input may hold several documents."""
    folder = files / "role"
    folder.mkdir()
    (folder / "permissions.json").write_text(ALLOW)
    (folder / "trust.json").write_text(TRUST)
    (folder / "package.json").write_text("{}")

    assert 0 == run(*GET, "role").code
    assert 1 == run(*GET, "-", stdin=(ALLOW + DENY).encode()).code
    assume = ("can", "--action", "sts:AssumeRole", "role/trust.json", "--principal")
    assert 0 == run(*assume, "arn:aws:sts::111122223333:assumed-role/R/s").code
    assert 1 == run(*assume, "arn:aws:sts::111122223333:assumed-role/Other/s").code


def test_json_says_the_same(run: Run, files: Path) -> None:
    """Programs get the outcome, the deciding statement, what is missing, and the notes."""
    allowed = json.loads(run(*GET, "--output-format", "json", "allow.json").out)
    denied = json.loads(run(*GET, "--output-format", "json", "vpc.json", "trust.json").out)
    place = {"document": "allow.json", "kind": "identity", "path": ["Statement"], "sid": "Read"}

    assert (1, "allowed", True) == (allowed["version"], allowed["outcome"], allowed["allowed"])
    assert place == allowed["deciding"]
    assert [place] == allowed["allowing"]
    assert allowed["missing"] is None
    assert ("implicitly-denied", False, None) == (denied["outcome"], denied["allowed"], denied["deciding"])
    assert {
        **place,
        "document": "vpc.json",
        "needs": [
            {
                "path": ["Statement", "Condition", "StringEquals", "aws:SourceVpc"],
                "message": "needs `aws:SourceVpc` to be `vpc-1`; the request has none",
            }
        ],
    } == denied["missing"]
    assert ["trust policies take no part: they are about assuming a role"] == denied["notes"]


def test_mistakes_are_told(run: Run, files: Path) -> None:
    """A wrong call, a missing file and broken JSON end with 2 and one clear line."""
    (files / "broken.json").write_text("{")
    for arguments, message in (
        (("can", "allow.json"), "the following arguments are required: --action"),
        (("can", "--action", "s3:GetObject"), "there is no policy to decide by"),
        (("can", "--action", "s3:*", "allow.json"), "`s3:*` is a pattern"),
        ((*GET, "--context", "vpc-1", "allow.json"), "`vpc-1` gives no condition key a value"),
        ((*GET, "nowhere.json"), "nowhere.json: no such file"),
        ((*GET, "broken.json"), "broken.json:1:2: "),
        ((*GET, "trust.json", "--resource", "arn:x"), "`arn:x` is no resource"),
    ):
        outcome = run(*arguments)
        assert (2, "") == (outcome.code, outcome.out)
        assert message in outcome.err


def test_a_policy_cannot_steer_the_terminal(run: Run, files: Path) -> None:
    """What a Sid or a value holds is shown as escapes."""
    (files / "evil.json").write_text(VPC.replace("Read", "\\u001b[31m").replace("vpc-1", "x\\u202e\\n::error::y"))
    outcome = run(*GET, "evil.json")

    assert 1 == outcome.code
    assert outcome.out.isascii()
    assert "\x1b" not in outcome.out
    assert "\n::error" not in outcome.out
