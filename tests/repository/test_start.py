"""What a start of the command loads: the standard library, and of that only what is quick."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

DENIED = {
    "asyncio",
    "hypothesis",
    "importlib.metadata",
    "jsonschema",
    "logging",
    "policyuniverse",
    "pydantic",
    "rich",
}
CLEAN = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Allow",
            "Principal": {"AWS": "arn:aws:iam::111122223333:role/reader"},
            "Action": "sts:AssumeRole",
        }
    ],
}


def imported_by(arguments: list[str]) -> tuple[int, set[str]]:
    """The exit code of a Python program and the modules it imported that a bare interpreter does not."""

    def run(program: list[str]) -> tuple[int, set[str]]:
        done = subprocess.run(
            [sys.executable, "-X", "importtime", *program],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        lines = [line for line in done.stderr.splitlines() if line.startswith("import time:")]
        return done.returncode, {line.rpartition("|")[2].strip() for line in lines[1:]}

    _, bare = run(["-c", "pass"])
    code, modules = run(arguments)
    return code, modules - bare


def unwanted(modules: set[str]) -> set[str]:
    """Those that are neither ours nor the standard library's, and those that are denied."""
    foreign = {name for name in modules if name.partition(".")[0] not in sys.stdlib_module_names | {"jfml_policies"}}
    return foreign | (DENIED & modules)


@pytest.mark.parametrize("output_format", ["full", "concise", "json", "sarif", "github"])
@pytest.mark.parametrize("example", ["clean", "broken"])
def test_check_imports_only_the_standard_library(
    example: str, output_format: str, root: Path, scripts: Path, tmp_path: Path
) -> None:
    """`check` of one file, clean or not, in any format, needs nothing slow and nothing installed."""
    clean = tmp_path / "clean.json"
    clean.write_text(json.dumps(CLEAN), encoding="utf-8")
    file, expected = {"clean": (clean, 0), "broken": (root / "examples" / "broken-trust.json", 1)}[example]
    command = [str(scripts / "jfml-policies"), "check", "--output-format", output_format, str(file)]

    code, modules = imported_by(command)

    assert expected == code
    assert set() == unwanted(modules)


def test_the_hook_imports_only_the_standard_library(root: Path, scripts: Path) -> None:
    """The same holds in hook mode, where files that hold no policy are passed over."""
    broken = root / "examples" / "broken-trust.json"
    command = [str(scripts / "jfml-policies"), "check", "--hook", str(broken)]

    code, modules = imported_by(command)

    assert 1 == code
    assert set() == unwanted(modules)


@pytest.mark.parametrize("statement", ["import jfml_policies", "import jfml_policies; jfml_policies.lint({})"])
def test_the_library_imports_only_the_standard_library(statement: str) -> None:
    """Importing the package and linting from Python need nothing slow either."""
    code, modules = imported_by(["-c", statement])

    assert 0 == code
    assert set() == unwanted(modules)
