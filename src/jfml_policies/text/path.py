"""A place within a document in words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from jfml_policies.findings import Path

__all__ = ["path_text"]

_plain_name: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*").fullmatch

#: A key is shown up to this length; no name that IAM knows is longer.
_LONGEST_KEY: Final = 80


def path_text(path: Path) -> str:
    """A path as one writes it, without characters that are not plainly visible; the document itself is empty.

    >>> path_text(("Statement", 0, "Condition", "StringLike", "aws:PrincipalArn"))
    'Statement[0].Condition.StringLike["aws:PrincipalArn"]'
    """
    text = ""
    for step in path:
        if isinstance(step, int):
            text += f"[{step}]"
        elif _plain_name(step) and len(step) <= _LONGEST_KEY:
            text += f".{step}" if text else step
        else:
            text += f'["{_quoted(step)}"]'
    return text


def _quoted(key: str) -> str:
    if len(key) > _LONGEST_KEY:
        key = key[: _LONGEST_KEY - 3] + "..."
    visible = "".join(char if char.isprintable() else ascii(char)[1:-1] for char in key)
    return visible.replace('"', '\\"')
