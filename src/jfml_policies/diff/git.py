"""The program `git`, asked without a shell, so that no name can be read as a command or an option.

Nothing is fetched, locked or asked: an object that is not in the repository counts as missing.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final, final

from jfml_policies.errors import InputError, UsageError
from jfml_policies.text.read import MAX_BYTES, decode

if TYPE_CHECKING:
    from subprocess import Popen

__all__ = ["Objects", "ask_git", "tree_of"]

_SETTINGS: Final = {
    "LC_ALL": "C",  # messages that are passed on are in one language
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
}
_LONGEST: Final = 300


def ask_git(folder: str, *arguments: str) -> bytes:
    """What git prints.

    Raises:
        InputError: git is not installed, the folder is in no repository, or git refuses.
    """
    import subprocess

    done = subprocess.run(  # noqa: S603 -- no shell, and callers pass no text that could be an option
        [_program(), *arguments],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        env={**os.environ, **_SETTINGS},
    )
    if done.returncode != 0:
        raise _refusal(done.stderr)
    return done.stdout


def tree_of(folder: str, revision: str) -> str:
    """The id of the tree of a revision: a commit, branch, tag or anything else that git resolves.

    Raises:
        UsageError: it looks like an option, or can't be a revision.
        InputError: there is no such revision, or no repository.
    """
    if revision.startswith("-") or not revision.isprintable():
        raise UsageError(f"`{revision}` is no revision")
    if ".." in revision:
        hint = "name one revision; `git merge-base A B` prints where two branches parted"
        raise UsageError(f"`{revision}` is a range of revisions", hint=hint)
    _require_repository(folder)
    try:
        printed = ask_git(folder, "rev-parse", "--verify", "--end-of-options", f"{revision}^{{tree}}")
    except InputError:
        raise InputError(
            f"there is no revision `{revision}` in this repository",
            hint="is the clone shallow, or the branch not fetched?",
        ) from None
    return printed.decode("ascii", "replace").strip()


def _require_repository(folder: str) -> None:
    ask_git(folder, "rev-parse", "--git-dir")


@final
class Objects:
    """Reads texts out of a repository, one process for all of them; to be used in a `with` block."""

    __slots__ = ("_folder", "_process")

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._process: Popen[bytes] | None = None

    def __enter__(self) -> Objects:
        return self

    def __exit__(self, *_: object) -> None:
        if self._process is not None:
            # Whatever it still wants to say, nobody asks.
            self._process.kill()
            self._process.communicate()

    def read(self, name: str, *, shown: str) -> str | None:
        """The text of a file; None when there is no such object.

        Args:
            name: an object's id, or `TREE:PATH`.
            shown: what to call it in an error.

        Raises:
            InputError: it is no file, or can't be read as text.
        """
        if "\n" in name or "\0" in name:
            raise InputError("the name holds a line end", file=shown)
        process = self._running()
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            process.stdin.write(os.fsencode(name) + b"\n")
            process.stdin.flush()
            header = process.stdout.readline()
        except (OSError, UnicodeEncodeError) as error:
            raise InputError(f"git can't read it: {error}", file=shown) from None
        fields = header.split()
        if len(fields) != 3 or not fields[2].isdigit():
            if not header:
                raise InputError("git ended early", file=shown)
            return None
        size = int(fields[2])
        data = process.stdout.read(min(size, MAX_BYTES + 1))
        left = size - len(data) + 1  # a line end follows
        while left > 0:
            piece = process.stdout.read(min(left, 1 << 20))
            if not piece:
                raise InputError("git ended early", file=shown)
            left -= len(piece)
        if fields[1] != b"blob":
            raise InputError("is a directory, not a policy document", file=shown)
        return decode(data, shown)

    def _running(self) -> Popen[bytes]:
        if self._process is None:
            import subprocess

            self._process = subprocess.Popen(  # noqa: S603 -- no shell, fixed arguments
                [_program(), "cat-file", "--batch"],
                cwd=self._folder,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, **_SETTINGS},
            )
        return self._process


def _program() -> str:
    from shutil import which

    found = which("git")
    if found is None:
        raise InputError("the program `git` is not installed", hint="revisions are read with it; files need no git")
    return found


def _refusal(said: bytes) -> InputError:
    text = said.decode("utf-8", "replace").strip()
    if "not a git repository" in text:
        return InputError("this folder is in no git repository")
    first = next((line for line in text.splitlines() if line.startswith("fatal: ")), text.partition("\n")[0])
    return InputError(f"git refuses: {first.removeprefix('fatal: ')[:_LONGEST] or 'it does not say why'}")
