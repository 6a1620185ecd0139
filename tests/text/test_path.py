from __future__ import annotations

import pytest

from jfml_policies.findings import Path
from jfml_policies.text.path import path_text


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ((), ""),
        (("Statement",), "Statement"),
        (("Statement", 0, "Action", 2), "Statement[0].Action[2]"),
        (("Condition", "StringLike", "aws:PrincipalArn"), 'Condition.StringLike["aws:PrincipalArn"]'),
        (("a\x1b", 'b"c'), '["a\\x1b"]["b\\"c"]'),
        (("x" * 1000,), '["' + "x" * 77 + '..."]'),
        ((0,), "[0]"),
    ],
)
def test_paths_read_like_code(path: Path, shown: str) -> None:
    """Names and indexes are written as in JavaScript; odd keys are quoted, escaped and cut."""
    assert path_text(path) == shown
