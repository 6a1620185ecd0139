"""How the tests start an example: as a reader would, with nobody at the keyboard."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from collections.abc import Callable
from pathlib import Path

import pytest

Example = Callable[..., str]


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository's root."""
    return Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def scripts() -> Path:
    """The folder in which the console scripts of this environment lie."""
    return Path(sysconfig.get_path("scripts"))


@pytest.fixture
def example(root: Path, tmp_path: Path) -> Example:
    """Runs an example by its name in an empty folder; what it printed, once it has ended with the given exit code."""

    def run(name: str, *arguments: str, code: int = 0) -> str:
        folder = tmp_path / "here"
        folder.mkdir(exist_ok=True)
        done = subprocess.run(
            [sys.executable, "-W", "error", str(root / "examples" / name), *arguments],
            cwd=folder,
            env={
                "PATH": os.environ["PATH"],
                "PYTHONPATH": str(root / "src"),
                "TMPDIR": str(tmp_path),
                "PYTHONDONTWRITEBYTECODE": "1",
            },
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            timeout=120,
        )
        assert code == done.returncode, done.stdout + done.stderr
        assert [] == list(folder.iterdir())
        return done.stdout

    return run
