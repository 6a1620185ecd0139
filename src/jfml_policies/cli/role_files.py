"""The files of a role in a folder: which of them are left from a role that had others."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection

__all__ = ["left_over"]

_PERMISSIONS: Final = re.compile(r"permissions(?:-([0-9]{1,4}))?\.json")
_FOR_OTHERS: Final = re.compile(r"bucket-policy-[a-z0-9.-]+\.json|key-policy-statements-[0-9]{12}-[A-Za-z0-9-]+\.json")


def left_over(folder: str, files: Collection[str], *, policies: bool = True, others: bool = True) -> tuple[str, ...]:
    """Names of files in a folder that are a role's by their name, and that the role does not have.

    Args:
        folder: where to look; it need not be there.
        files: the names of the role's files.
        policies: whether to look for permissions policies, which only a role that is written as JSON has as files.
        others: whether to look for what other accounts had to add.
    """
    try:
        there = os.listdir(folder)
    except OSError:
        # Whoever reads or writes the files tells what is wrong with the folder.
        return ()
    own = {name: match for name in there if name not in files and (match := _PERMISSIONS.fullmatch(name))}
    numbered = sorted(own, key=lambda name: (int(own[name][1] or 0), name)) if policies else []
    foreign = [name for name in sorted(there) if name not in files and _FOR_OTHERS.fullmatch(name)] if others else []
    return (*numbered, *foreign)
