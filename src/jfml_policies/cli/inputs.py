"""Which files to check: those that are named, those below folders, and standard input."""

from __future__ import annotations

import os
import stat
import sys
from typing import TYPE_CHECKING, Final

from jfml_policies.errors import InputError
from jfml_policies.record import record
from jfml_policies.sources.find import ENDINGS
from jfml_policies.text.read import MAX_BYTES, decode, read_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = [
    "PASSED_OVER",
    "STDIN",
    "Input",
    "find_inputs",
    "mentions_statement",
    "read_input",
    "shown_from_here",
]

STDIN: Final = "-"
#: Folders that hold other people's files.
PASSED_OVER: Final = frozenset(
    {".git", ".hg", ".mypy_cache", ".svn", ".terraform", ".tox", ".venv", "__pycache__", "node_modules", "venv"}
)
#: So much of a file that is not text is looked at, to tell whether it is meant as a policy.
_PEEK: Final = 1_000_000


@record
class Input:
    """One file to check.

    Attributes:
        shown: its name in reports, with forward slashes and without a leading `./`.
        path: where it is, or `-`.
        named: whether the person named this very file, rather than a folder above it.
    """

    shown: str
    path: str
    named: bool


def find_inputs(paths: Iterable[str]) -> tuple[list[Input], list[InputError]]:
    """The files that some paths stand for, each once and sorted by name, and what could not be listed.

    Below a folder these are the regular files whose names end as in `sources.find.ENDINGS`, in whatever letter case;
    links to folders are not followed, and folders in `PASSED_OVER` are left out.
    """
    found: dict[str, Input] = {}
    problems: list[InputError] = []
    for path in paths:
        if path != STDIN and os.path.isdir(path):
            for file in _walk(path, problems):
                found.setdefault(_shown(file), Input(_shown(file), file, named=False))
        else:
            found[_shown(path)] = Input(_shown(path), path, named=True)
    return sorted(found.values(), key=lambda item: item.shown), problems


def read_input(item: Input) -> str:
    """The text of a file or of standard input.

    Raises:
        InputError: it cannot be read as text; the message says why.
    """
    if item.path != STDIN:
        return read_text(item.path)
    if sys.stdin is None:
        raise InputError("standard input is closed", file=STDIN)
    try:
        stream = getattr(sys.stdin, "buffer", None)
        data = stream.read(MAX_BYTES + 1) if stream is not None else sys.stdin.read(MAX_BYTES + 1).encode()
    except (OSError, ValueError) as error:
        raise InputError(f"standard input: {getattr(error, 'strerror', None) or error}", file=STDIN) from None
    return decode(data, STDIN)


def mentions_statement(path: str) -> bool:
    """Whether a file that can't be read as text may be a policy all the same, saved in another encoding."""
    try:
        with open(path, "rb") as file:
            return b'"statement"' in file.read(_PEEK).replace(b"\0", b"").lower()
    except OSError:
        return True


def _walk(folder: str, problems: list[InputError]) -> Iterator[str]:
    def note(error: OSError) -> None:
        problems.append(InputError(error.strerror or "cannot be listed", file=_shown(str(error.filename or folder))))

    for parent, folders, files in os.walk(folder, onerror=note):
        folders[:] = sorted(set(folders) - PASSED_OVER)
        for name in sorted(files):
            path = os.path.join(parent, name)
            if name.lower().endswith(ENDINGS) and _is_regular(path):
                yield path


def _is_regular(path: str) -> bool:
    """Whether reading will end: a pipe or device below a folder would wait for ever. Broken links are reported."""
    try:
        return stat.S_ISREG(os.stat(path).st_mode)
    except OSError:
        return True


def _shown(path: str) -> str:
    shown = path.replace(os.sep, "/")
    while shown.startswith("./") and len(shown) > 2:
        shown = shown[2:].lstrip("/") or "."
    # Two colons at the start of a line are a command to GitHub's runners.
    return f"./{shown}" if shown.startswith("::") else shown


def shown_from_here(path: str) -> str:
    """A path with forward slashes, counted from the working directory where it lies below it."""
    here = os.path.join(os.getcwd(), "")
    return os.path.abspath(path).removeprefix(here).replace(os.sep, "/")
