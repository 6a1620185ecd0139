"""Examples are read in order, so they are numbered, and each says for whom it is."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

EXAMPLES = sorted(path.name for path in (Path(__file__).resolve().parents[2] / "examples").glob("[0-9]*"))


def test_the_numbers_have_no_gap() -> None:
    """The first is 01, and each has its own."""
    assert [f"{number + 1:02}" for number in range(len(EXAMPLES))] == [name[:2] for name in EXAMPLES]


@pytest.mark.parametrize("name", EXAMPLES)
def test_each_is_listed_described_and_tested(name: str, root: Path) -> None:
    """In the list of examples by its name, at its top in words, and beside these tests under its name."""
    text = (root / "examples" / name).read_text(encoding="utf-8")
    described = (
        ast.get_docstring(ast.parse(text)) if name.endswith(".py") else re.search(r"^# .*\.", text, re.MULTILINE)
    )

    assert described
    assert f"]({name})" in (root / "examples" / "README.md").read_text(encoding="utf-8")
    assert (root / "tests" / "examples" / f"test_{name[3:].partition('.')[0]}.py").is_file()
