from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from jfml_policies.policy.kinds import KINDS
from jfml_policies.policy.schema import policy_schema

Run = Callable[..., Any]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_its_schema(run: Run, kind: str) -> None:
    """`schema KIND` prints the schema as JSON."""
    assert policy_schema(kind) == json.loads(run("schema", kind).out)  # type: ignore[arg-type]


def test_valid_files_are_silent(run: Run, good: Path) -> None:
    """A valid policy prints nothing and gives 0; other JSON is passed over."""
    (good.parent / "package.json").write_text("{}")

    assert (0, "", "") == run("schema", "--validate", "good.json", "package.json")
    assert run("schema", "-v", "--validate", ".").err == "validated 1, passed over 1\n"


def test_invalid_files_are_told_with_the_place(run: Run, tmp_path: Path) -> None:
    """A line has file, line, column and what the schema misses."""
    (tmp_path / "x.json").write_text('{"Version": "2012-10-17",\n "Statement": [{"Effect": "Alow", "Action": "*"}]}')
    outcome = run("schema", "identity", "--validate", "x.json")

    assert outcome.code == 1
    assert outcome.out.startswith("x.json:2:")
    assert "error[schema]: " in outcome.out


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b'{"Statement": ', 1),
        (b"{", 0),
        (b'{"Statement": \xff', 2),
        (b"\xff", 0),
        (b"[" * 100_000, 0),
    ],
)
def test_broken_files(run: Run, tmp_path: Path, content: bytes, code: int) -> None:
    """What is broken but speaks of statements is told, the rest is passed over."""
    (tmp_path / "x.json").write_bytes(content)

    assert run("schema", "--validate", "x.json").code == code


def test_a_missing_file(run: Run) -> None:
    """A missing file is one clear line."""
    assert (2, "", "error: nope.json: no such file\n") == run("schema", "--validate", "nope.json")


@pytest.mark.parametrize(
    "name",
    ["jfrog-ml-role", "preset", "check-output", "diff-output", "question-output", "needs-output", "risks-output"],
)
def test_other_schemas_are_printed(run: Run, name: str) -> None:
    """Specs, presets and outputs have theirs, the same that lie in `schemas/`."""
    committed = Path(__file__).parents[2] / "schemas" / f"{name}.json"

    assert json.loads(committed.read_text()) == json.loads(run("schema", name).out)


def test_policies_are_not_held_against_other_schemas(run: Run) -> None:
    assert 2 == run("schema", "preset", "--validate", "x.json").code


def test_a_repository_policy_needs_no_resource(run: Run, tmp_path: Path) -> None:
    """ECR's policies stand on the repository; others' statements name a resource."""
    for action, code in (("ecr:BatchGetImage", 0), ("s3:GetObject", 1)):
        statement = {"Effect": "Allow", "Principal": "*", "Action": [action]}
        (tmp_path / "x.json").write_text(json.dumps({"Version": "2012-10-17", "Statement": [statement]}))

        assert code == run("schema", "resource", "--validate", "x.json").code
