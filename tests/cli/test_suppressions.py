"""Findings that somebody decided to live with."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]

BAD = """\
{
  "Version": "2012-10-17",
  "Statement": [
    {"Sid": "One", "Effect": "Allow", "Action": "s3:GetObjct", "Resource": "arn:aws:s3:::b/*"},
    {"Sid": "Two", "Effect": "Allow", "Action": "s3:PutObjct", "Resource": "arn:aws:s3:::b/*"}
  ]
}
"""
ENTRY = '[[suppressions]]\nrule = "invalid-action"\nfile = "a/*.json"\nreason = "moves in May"\n'


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    path = tmp_path / "a" / "x.json"
    path.parent.mkdir()
    path.write_text(BAD)
    return path


def settings(tmp_path: Path, text: str) -> None:
    (tmp_path / "jfml-policies.toml").write_text(text)


@pytest.mark.parametrize(
    ("more", "left"),
    [
        ("", []),
        ('sid = "One"', [5]),
        ('pointer = "/Statement/1"', [4]),
        ('pointer = "/Statement/1/Action"', [4]),
        ('pointer = "/Statement/1/Act"', [4, 5]),
        ('sid = "One"\npointer = "/Statement/1"', [4, 5]),
        ('resource = "aws_iam_role.reader"', [4, 5]),
        ("until = 2026-10-27", []),
        ("until = 2026-10-26", [4, 5]),
    ],
    ids=["file", "sid", "pointer", "deep", "other", "both", "resource", "last day", "over"],
)
def test_what_is_suppressed(run: Run, tmp_path: Path, policy: Path, more: str, left: list[int]) -> None:
    """The whole file, a statement by its Sid, or a place by its pointer; until its last day."""
    settings(tmp_path, ENTRY + more)

    outcome = run("check", "--today", "2026-10-27", "--output-format", "json", "a")

    assert left == [one["line"] for one in json.loads(outcome.out)["findings"]]
    assert bool(left) == outcome.code


def test_suppressed_findings_are_told_apart(run: Run, tmp_path: Path, policy: Path) -> None:
    """JSON and SARIF have them with the reason, people see them no more, and -v counts them."""
    settings(tmp_path, ENTRY + 'sid = "One"')

    told = json.loads(run("check", "--output-format", "json", "a").out)
    (result, other) = json.loads(run("check", "--output-format", "sarif", "a").out)["runs"][0]["results"]
    full = run("check", "-v", "a")

    assert [(4, {"by": "configuration", "reason": "moves in May"})] == [
        (one["line"], one["suppressed"]) for one in told["suppressed"]
    ]
    assert told["summary"]["findings"] == 1
    assert [{"kind": "external", "status": "accepted", "justification": "moves in May"}] == result["suppressions"]
    assert "suppressions" not in other
    assert "s3:GetObjct" not in full.out
    assert "not counted: 1 suppressed, 0 in the baseline\n" in full.err


def test_a_suppression_leaves_other_fingerprints_alone(run: Run, tmp_path: Path, policy: Path) -> None:
    """A tracker knows the findings again, suppressed or not."""

    def fingerprints() -> list[Any]:
        told = json.loads(run("check", "--output-format", "sarif", "a").out)
        return [one["partialFingerprints"] for one in told["runs"][0]["results"]]

    def at_gitlab() -> list[Any]:
        return [one["fingerprint"] for one in json.loads(run("check", "--output-format", "gitlab", "a").out)]

    policy.write_text(BAD.replace('"Two"', '"One"').replace("PutObjct", "GetObjct"))
    before, listed = fingerprints(), at_gitlab()
    settings(tmp_path, ENTRY + 'pointer = "/Statement/0"')

    assert before == fingerprints()
    assert len(listed) - 1 == len(at_gitlab())
    assert set(at_gitlab()) < set(listed)


def test_what_is_suppressed_is_not_mended(run: Run, tmp_path: Path, policy: Path) -> None:
    """--fix leaves alone what somebody decided to live with."""
    settings(tmp_path, ENTRY + 'sid = "One"')

    run("check", "--fix", "--unsafe-fixes", "a")

    assert BAD.replace("PutObjct", "PutObject") == policy.read_text()


def test_a_suppression_that_is_over_is_told(run: Run, tmp_path: Path, policy: Path) -> None:
    """Its findings count again, and a warning says since when."""
    settings(tmp_path, "\n" + ENTRY + "until = 2026-10-26")

    said = run("check", "--today", "2026-10-27", "a").err

    assert (
        "warning: jfml-policies.toml:2:3: the suppression of `invalid-action` ended on 2026-10-26, "
        "so its findings count again\n" in said
    )
    assert "warning" not in run("check", "-q", "--today", "2026-10-27", "a").err


@pytest.mark.parametrize(
    ("arguments", "is_told"),
    [
        (["a"], True),
        (["a/x.json"], True),
        (["b"], False),
        (["--ignore", "invalid-action", "a"], False),
        (["--select", "size", "a"], False),
    ],
    ids=["folder", "file", "elsewhere", "ignored", "not selected"],
)
def test_a_suppression_that_accepts_nothing_is_told(
    run: Run, tmp_path: Path, policy: Path, arguments: list[str], is_told: bool
) -> None:
    """One is told of when a file was checked that it is about, by the rule that it is about."""
    (tmp_path / "b").mkdir()
    for path in (policy, tmp_path / "b" / "x.json"):
        path.write_text(BAD.replace("Objct", "Object"))
    settings(tmp_path, ENTRY)

    outcome = run("check", *arguments)

    expected = "warning: jfml-policies.toml:1:3: the suppression of `invalid-action` accepts nothing that was found\n"
    assert (0, expected if is_told else "") == (outcome.code, outcome.err)


def test_hostile_texts_stay_inert(run: Run, tmp_path: Path, policy: Path) -> None:
    """A reason and a place steer no terminal and no report."""
    settings(tmp_path, ENTRY.replace("moves in May", "\\u001b[31m\\n::error::x"))

    for name in ("json", "sarif", "full", "github", "markdown"):
        outcome = run("check", "-v", "--output-format", name, "a")
        assert "\x1b" not in outcome.out + outcome.err
        assert "\n::error::x" not in outcome.out
