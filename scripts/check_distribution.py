"""Checks a folder of built distributions: the wheel holds every file of the package, the licence and nothing else."""

from __future__ import annotations

import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

__all__ = ["main", "wheel_problems"]

ROOT = Path(__file__).resolve().parent.parent
MAX_BYTES = 5_000_000


def wheel_problems(names: set[str], expected: set[str]) -> list[str]:
    """Return one line a difference between a wheel's file names and those it should hold.

    Args:
        names: every file name in the wheel.
        expected: the package's own files, as they lie below `src/`.
    """
    metadata = {name for name in names if ".dist-info/" in name}
    problems = [f"missing: {name}" for name in sorted(expected - names)]
    problems += [f"not expected: {name}" for name in sorted(names - metadata - expected)]
    if not any(name.endswith(".dist-info/licenses/LICENSE") for name in metadata):
        problems.append("missing: the licence")
    return problems


def _package_files() -> set[str]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "src"],  # noqa: S607  git is found on PATH
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return {name.removeprefix("src/") for name in listed.stdout.splitlines() if (ROOT / name).is_file()}


def main(folder: Path) -> int:
    """Print each distribution's size and problems; return 1 when there are any, else 0."""
    wheels, sdists = list(folder.glob("*.whl")), list(folder.glob("*.tar.gz"))
    problems = []
    if len(wheels) != 1 or len(sdists) != 1:
        problems.append(f"expected one wheel and one source distribution, found {len(wheels)} and {len(sdists)}")
    for wheel in wheels:
        with zipfile.ZipFile(wheel) as archive:
            problems += [f"{wheel.name}: {line}" for line in wheel_problems(set(archive.namelist()), _package_files())]
    for sdist in sdists:
        with tarfile.open(sdist) as archive:
            inside = {name.partition("/")[2] for name in archive.getnames()}
        for needed in ("LICENSE", "README.md", "CHANGELOG.md", "pyproject.toml", "src/jfml_policies/py.typed"):
            if needed not in inside:
                problems.append(f"{sdist.name}: missing: {needed}")
    for built in (*wheels, *sdists):
        size = built.stat().st_size
        print(f"{built.name}: {size / 1_000_000:.2f} MB")
        if size > MAX_BYTES:
            problems.append(f"{built.name}: larger than {MAX_BYTES / 1_000_000:.0f} MB")
    for line in problems:
        print(line, file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
