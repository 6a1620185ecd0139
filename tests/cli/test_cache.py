"""Results kept from run to run: the same reports, only sooner, and never a wrong one."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from jfml_policies.cli.cache import FILE

Run = Callable[..., Any]

STATEMENT = {"Effect": "Allow", "Action": ["s3:GetObject", "s3:PutObjct"], "Resource": "*"}
POLICY = {"Version": "2012-10-17", "Statement": [STATEMENT]}
DATED = {**STATEMENT, "Condition": {"DateLessThan": {"aws:CurrentTime": "2026-06-01T00:00:00Z"}}}
CHECK = ("check", "--cache", "kept", "-v", "--today", "2026-10-27")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Policies, a plan with something to hide, an account, and files that hold none."""
    folder = tmp_path / "policies"
    folder.mkdir()
    resource = {"address": "aws_iam_policy.p", "type": "aws_iam_policy"}
    values = {"policy": json.dumps(POLICY), "secret": "hunter2"}
    plan = {
        "terraform_version": "1.9",
        "planned_values": {"root_module": {"resources": [{**resource, "values": values}]}},
    }
    for name, document in {
        "good.json": {**POLICY, "Statement": [{**STATEMENT, "Action": "s3:GetObject"}]},
        "bad.json": POLICY,
        "dated.json": {**POLICY, "Statement": [DATED]},
        "plan.json": plan,
        "account.json": {"RoleDetailList": [{"RoleName": "r", "AssumeRolePolicyDocument": POLICY}]},
        "package.json": {"name": "x"},
    }.items():
        (folder / name).write_text(json.dumps(document, indent=1))
    (folder / "broken.json").write_text('{"Statement": [')
    (folder / "values.yaml").write_text("Statement: 1\n")
    return folder


@pytest.fixture
def unable(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Makes looking at any text fail from now on."""

    def fail(*_: object, **__: object) -> None:
        raise AssertionError("this was looked at")

    return lambda: monkeypatch.setattr("jfml_policies.linter.portions.look", fail)


@pytest.mark.parametrize("output_format", ["full", "json"])
def test_a_second_run_looks_at_nothing_and_says_the_same(
    output_format: str, run: Run, folder: Path, unable: Callable[[], None]
) -> None:
    plain = run("check", "-v", "--today", "2026-10-27", "--output-format", output_format, "policies")
    first = run(*CHECK, "--output-format", output_format, "policies")
    unable()

    assert "PutObjct" in plain.out
    assert plain == first
    assert plain == run(*CHECK, "--output-format", output_format, "policies")
    assert plain == run(*CHECK, "--output-format", output_format, "--jobs", "2", "policies")


def test_a_run_that_brings_nothing_new_writes_nothing(run: Run, folder: Path, tmp_path: Path) -> None:
    run(*CHECK, "policies")
    before = (tmp_path / "kept" / FILE).stat()

    run(*CHECK, "policies")

    assert before.st_ino == (tmp_path / "kept" / FILE).stat().st_ino
    assert [FILE] == [path.name for path in (tmp_path / "kept").iterdir()]


def test_what_changed_is_looked_at(run: Run, folder: Path) -> None:
    """A text, an option, a setting, the day."""
    assert 1 == run(*CHECK, "policies/bad.json").code

    assert 0 == run(*CHECK, "--ignore", "invalid-action", "policies/bad.json").code
    assert "read as scp policy" in run(*CHECK, "--kind", "scp", "policies/bad.json").err
    (folder / "jfml-policies.toml").write_text('ignore = ["invalid-action"]\n')
    assert 0 == run(*CHECK, "policies/bad.json").code
    (folder / "jfml-policies.toml").unlink()
    (folder / "bad.json").write_text((folder / "good.json").read_text())
    assert 0 == run(*CHECK, "policies/bad.json").code
    late, early = run(*CHECK, "policies/dated.json"), run(*CHECK[:-1], "2026-05-01", "policies/dated.json")
    assert "expired-date-condition" in late.out
    assert "expired-date-condition" not in early.out


def test_rules_of_ones_own_run_each_time(
    run: Run, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What they go by can't be known."""
    monkeypatch.syspath_prepend(str(Path(__file__).parents[2] / "examples" / "own_rules"))
    (tmp_path / "jfml-policies.toml").write_text('rules-from = ["acme_rules"]\n')

    run(*CHECK, "policies")

    assert not (tmp_path / "kept").exists()


@pytest.mark.parametrize("damage", ["cut", "flipped", "another program", "wrong forms", "a folder"])
def test_a_damaged_file_is_as_good_as_none(damage: str, run: Run, folder: Path, tmp_path: Path) -> None:
    """The reports are those of a run without it."""
    expected = run(*CHECK, "policies")
    file = tmp_path / "kept" / FILE
    data = file.read_bytes()
    body = data.partition(b"\n")[2]
    if damage == "a folder":
        file.unlink()
        file.mkdir()
    else:
        changed = {
            "cut": data[:-20],
            "flipped": data.replace(b"PutObjct", b"PutObject"),
            "another program": body.replace(b'["', b'["9.', 1),
            "wrong forms": b"\n".join([*body.split(b"\n")[:1], *[b"0" * 64 + b' 0 {"Finding": []}']]),
        }[damage]
        if damage in {"another program", "wrong forms"}:
            changed = hashlib.sha256(changed).hexdigest().encode() + b"\n" + changed
        file.write_bytes(changed)

    outcome = run(*CHECK, "policies")

    assert (expected.code, expected.out) == (outcome.code, outcome.out)
    assert ("can't be written" in outcome.err) == (damage == "a folder")


def test_what_nobody_asks_for_is_forgotten(
    run: Run, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After some runs that brought something new, or when there is too much."""
    monkeypatch.setattr("jfml_policies.cli.cache._MOST_RUNS", 1)

    def entries() -> int:
        return len((tmp_path / "kept" / FILE).read_text().split("\n")) - 2

    for number, expected in enumerate([1, 2, 2, 2]):
        (folder / "bad.json").write_text(json.dumps({**POLICY, "Id": str(number)}))
        run(*CHECK, "policies/bad.json")

        assert expected == entries()

    monkeypatch.setattr("jfml_policies.cli.cache._MOST_BYTES", 1_000)
    run(*CHECK, "policies")

    assert entries() < 4


def test_the_cache_is_no_input(run: Run, folder: Path, tmp_path: Path) -> None:
    """Even where the folder that is checked holds it."""
    expected = run(*CHECK, ".")

    assert expected == run(*CHECK, ".")
