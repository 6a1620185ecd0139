"""What the tests of the repository share."""

from __future__ import annotations

import os
import subprocess
import sysconfig
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository's root."""
    return Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def scripts() -> Path:
    """The folder in which the console scripts of this environment lie."""
    return Path(sysconfig.get_path("scripts"))


@pytest.fixture(scope="session")
def repository_files(root: Path) -> list[Path]:
    """Every file of the work tree that git keeps or would keep, relative to the root."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=root,
        env={name: value for name, value in os.environ.items() if not name.startswith("GIT_")},
        capture_output=True,
        check=True,
    )
    names = {Path(os.fsdecode(name)) for name in listed.stdout.split(b"\0") if name}
    return sorted(name for name in names if (root / name).is_file())
