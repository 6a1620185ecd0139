"""File names as reports for programs give them: from the root of what was checked, as their readers expect."""

from __future__ import annotations

__all__ = ["below"]


def below(file: str, root: str) -> str:
    """`file`, and when it is absolute and lies below `root`, its name from there.

    Args:
        file: the name to show, with forward slashes.
        root: an absolute folder, likewise; empty when there is none.

    >>> below("/work/policies/a.json", "/work"), below("/etc/a.json", "/work"), below("a.json", "/work")
    ('policies/a.json', '/etc/a.json', 'a.json')
    """
    folder = root.rstrip("/") + "/"
    return file.removeprefix(folder) if root and file != folder else file
