"""The files of a role in a folder: which of them are left from a role that had another number of policies."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection

__all__ = ["left_over"]

_PERMISSIONS: Final = re.compile(r"permissions(?:-([0-9]{1,4}))?\.json")


def left_over(folder: str, files: Collection[str]) -> tuple[str, ...]:
    """Names of files in a folder that hold permissions of a role by their name, and that the role does not have.

    Args:
        folder: where to look; it need not be there.
        files: the names of the role's files.
    """
    try:
        there = os.listdir(folder)
    except OSError:
        # Whoever reads or writes the files tells what is wrong with the folder.
        return ()
    found = {name: match for name in there if name not in files and (match := _PERMISSIONS.fullmatch(name))}
    return tuple(sorted(found, key=lambda name: (int(found[name][1] or 0), name)))
