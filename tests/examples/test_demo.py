from __future__ import annotations

import os
import subprocess
from pathlib import Path


def test_the_demo_shows_a_clean_role_and_a_broken_trust_policy(root: Path, scripts: Path, tmp_path: Path) -> None:
    """`make demo` ends well, shows findings of the broken example with their place, and leaves nothing behind."""
    environment = {"PATH": f"{scripts}{os.pathsep}/usr/bin{os.pathsep}/bin", "TMPDIR": str(tmp_path)}

    done = subprocess.run(
        ["sh", str(root / "examples" / "01_demo.sh")],
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )

    assert 0 == done.returncode, done.stderr
    assert "broken-trust.json:10:17" in done.stdout
    assert [] == list(tmp_path.iterdir())
