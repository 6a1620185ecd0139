from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from generate import changes

FRESH = {"docs/made.md": "made\n", "docs/other.md": "other\n"}


class Source:
    OWNED: tuple[str, ...] = ("docs/*.md",)

    def files(self) -> dict[str, str]:
        return FRESH


def test_generated_files_are_fresh(root: Path) -> None:
    """What the generators would write is what the repository holds."""
    done = subprocess.run(
        [sys.executable, str(root / "scripts" / "generate.py"), "--check"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )

    assert 0 == done.returncode, done.stderr


def test_stale_missing_and_left_over_files_are_found(tmp_path: Path) -> None:
    """An outdated file and a missing one get their text, a file that nothing generates any more must go."""
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "made.md").write_bytes(b"of yesterday\n")
    (docs / "left.md").write_bytes(b"of a rule that is gone\n")
    (docs / "note.txt").write_bytes(b"nobody's\n")

    todo = changes(tmp_path, [Source()])

    assert {docs / "left.md": None, docs / "made.md": b"made\n", docs / "other.md": b"other\n"} == todo


def test_nothing_changes_when_all_is_fresh(tmp_path: Path) -> None:
    """Fresh files are left alone."""
    (tmp_path / "docs").mkdir()
    for name, text in FRESH.items():
        (tmp_path / name).write_bytes(text.encode())

    assert {} == changes(tmp_path, [Source()])
