"""Runs the program: within the test for speed, as a process where the process matters."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any, NamedTuple

import pytest

from jfml_policies.cli.main import main

SOURCE = Path(__file__).parents[2] / "src"

GOOD = """\
{
  "Version": "2012-10-17",
  "Statement": [
    {"Sid": "Read", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::acme-features/train/*"}
  ]
}
"""
BAD = GOOD.replace("s3:GetObject", "s3:GetObjct")


class Outcome(NamedTuple):
    code: int
    out: str
    err: str


Run = Callable[..., Outcome]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Calls `main` in an empty folder, with the given bytes on standard input."""
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "COLUMNS", "JFML_POLICIES_DEBUG"):
        monkeypatch.delenv(name, raising=False)

    def call(*arguments: str, stdin: bytes = b"") -> Outcome:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        code = main(arguments)
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        return Outcome(code, out, err)

    return call


@pytest.fixture
def spawn(tmp_path: Path) -> Run:
    """Runs `python -m jfml_policies` as a process that has no home, no terminal and hardly an environment."""

    def call(
        *arguments: str, stdin: int | IO[Any] | None = subprocess.DEVNULL, script: str = "", **env: str
    ) -> Outcome:
        command = [sys.executable, "-m", "jfml_policies", *arguments]
        if script:
            command = ["sh", "-c", script.replace("PROGRAM", f"'{sys.executable}' -m jfml_policies")]
        done = subprocess.run(
            command,
            stdin=stdin,
            capture_output=True,
            cwd=tmp_path,
            check=False,
            timeout=60,
            env={"PYTHONPATH": str(SOURCE), "PATH": os.defpath, **env},
        )
        err = done.stderr.decode()
        assert "Traceback" not in err
        assert "Exception ignored" not in err
        return Outcome(done.returncode, done.stdout.decode(), err)

    return call


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "good.json"
    path.write_text(GOOD)
    return path


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    path = tmp_path / "bad.json"
    path.write_text(BAD)
    return path
