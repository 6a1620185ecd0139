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


#: Runs the source in its second argument and writes what that imported into the file in its first.
RECORDER = """
import atexit, sys

def record(file=sys.argv[1], before=frozenset(sys.modules)):
    with open(file, "w", encoding="utf-8") as out:
        print(*sys.modules.keys() - before, sep="\\n", file=out)

atexit.register(record)
source = sys.argv[2]
del sys.argv[:3]
exec(compile(source, "program", "exec"), {"__name__": "__main__"})
"""


def imported_by(source: str, arguments: list[str], record: Path) -> tuple[int, set[str]]:
    """The exit code of a Python program and the modules that it imported."""
    done = subprocess.run(
        [sys.executable, "-c", RECORDER, str(record), source, *arguments],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    return done.returncode, set(record.read_text(encoding="utf-8").split())


def imported_by_command(scripts: Path, arguments: list[str], record: Path) -> tuple[int, set[str]]:
    """The same for the installed command."""
    script = scripts / "jfml-policies"
    return imported_by(script.read_text(encoding="utf-8"), [str(script), *arguments], record)


def unwanted(modules: set[str]) -> set[str]:
    """Those that are neither ours nor the standard library's, and those that are denied."""
    foreign = {name for name in modules if name.partition(".")[0] not in sys.stdlib_module_names | {"jfml_policies"}}
    return foreign | (DENIED & modules)


@pytest.mark.parametrize("output_format", ["full", "concise", "json", "sarif", "github", "gitlab", "junit", "markdown"])
@pytest.mark.parametrize("example", ["clean", "broken"])
def test_check_imports_only_the_standard_library(
    example: str, output_format: str, root: Path, scripts: Path, tmp_path: Path
) -> None:
    """`check` of one file, clean or not, in any format, needs nothing slow and nothing installed."""
    clean = tmp_path / "clean.json"
    clean.write_text(json.dumps(CLEAN), encoding="utf-8")
    file, expected = {"clean": (clean, 0), "broken": (root / "examples" / "broken-trust.json", 1)}[example]
    arguments = ["check", "--output-format", output_format, str(file)]

    code, modules = imported_by_command(scripts, arguments, tmp_path / "modules")

    assert expected == code
    assert set() == unwanted(modules)


def test_the_hook_imports_only_the_standard_library(root: Path, scripts: Path, tmp_path: Path) -> None:
    """The same holds in hook mode, where files that hold no policy are passed over."""
    broken = root / "examples" / "broken-trust.json"

    code, modules = imported_by_command(scripts, ["check", "--hook", str(broken)], tmp_path / "modules")

    assert 1 == code
    assert set() == unwanted(modules)


@pytest.mark.parametrize("statement", ["import jfml_policies", "import jfml_policies; jfml_policies.lint({})"])
def test_the_library_imports_only_the_standard_library(statement: str, tmp_path: Path) -> None:
    """Importing the package and linting from Python need nothing slow either."""
    code, modules = imported_by(statement, [""], tmp_path / "modules")

    assert 0 == code
    assert "jfml_policies" in modules
    assert set() == unwanted(modules)


@pytest.mark.parametrize("module", ["asyncio", "pydantic"])
def test_a_slow_import_would_be_noticed(module: str, tmp_path: Path) -> None:
    """A program that imports something slow, of the standard library or installed, is found out."""
    _, modules = imported_by(f"import {module}", [""], tmp_path / "modules")

    assert module in unwanted(modules)
