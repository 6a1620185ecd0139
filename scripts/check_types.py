"""Checks that a user's type checker learns a type for every public symbol, by `pyright --verifytypes`.

Pyright takes every module without a leading underscore for public. Two rooms are not: programs import neither the
command line nor single rules, whose metadata are plain class attributes that their base class annotates.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import NotRequired, TypedDict

__all__ = ["INTERNAL", "Diagnostic", "Symbol", "incomplete", "main"]

ROOT = Path(__file__).resolve().parent.parent
INTERNAL = ("jfml_policies.cli.", "jfml_policies.linter.rules.")


class Start(TypedDict):
    """Where a line begins; 0-based."""

    line: int


class Range(TypedDict):
    """A piece of a file."""

    start: Start


class Diagnostic(TypedDict):
    """Why a symbol's type is not complete; without a file where the reason lies in another symbol."""

    message: str
    file: NotRequired[str]
    range: NotRequired[Range]


class Symbol(TypedDict):
    """One public symbol, as pyright reports it."""

    name: str
    isTypeKnown: bool
    isTypeAmbiguous: bool
    diagnostics: list[Diagnostic]


def incomplete(symbols: list[Symbol]) -> list[str]:
    """Return the lines to print for the public symbols whose type is unknown or ambiguous: place, name, reason."""
    lines = []
    for symbol in symbols:
        if symbol["name"].startswith(INTERNAL) or (symbol["isTypeKnown"] and not symbol["isTypeAmbiguous"]):
            continue
        for why in symbol["diagnostics"] or [Diagnostic(message="its type is not complete")]:
            place = f"{why['file']}:{why['range']['start']['line'] + 1}: " if "file" in why and "range" in why else ""
            lines.append(f"{place}{symbol['name']}: {why['message'].splitlines()[0]}")
    return sorted(lines)


def main() -> int:
    """Print what is incomplete; return 1 when anything is, else 0."""
    done = subprocess.run(
        [sys.executable, "-m", "pyright", "--outputjson", "--verifytypes", "jfml_policies", "--ignoreexternal"],
        # Pyright does not follow an editable installation here; the other variable stops its search for updates.
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYRIGHT_PYTHON_IGNORE_WARNINGS": "1"},
        cwd=ROOT,
        stdout=subprocess.PIPE,
        check=False,
    )
    report = json.loads(done.stdout)
    symbols: list[Symbol] = report["typeCompleteness"]["symbols"]
    if not symbols:
        print(f"pyright found no symbols: {report['generalDiagnostics']}", file=sys.stderr)
        return 1
    lines = incomplete(symbols)
    for line in lines:
        print(line.removeprefix(f"{ROOT}{os.sep}"), file=sys.stderr)
    print(f"pyright: {len(symbols)} symbols, {len(lines)} reasons why a public one has no complete type")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
