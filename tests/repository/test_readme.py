from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_first_screen_shows_the_real_output() -> None:
    """What the README prints under `check examples/pasted-trust.json` is what the program prints."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    block = re.search(
        r"^\$ jfml-policies (check examples/pasted-trust.json)\n(.*?)^```", readme, re.DOTALL | re.MULTILINE
    )
    assert block is not None
    done = subprocess.run(
        [sys.executable, "-m", "jfml_policies", *block[1].split()],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )

    assert block[2].rstrip() == done.stdout.rstrip()
