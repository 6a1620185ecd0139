"""Files are written whole or not at all."""

from __future__ import annotations

import contextlib
import os
import stat
from typing import TYPE_CHECKING

from jfml_policies.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["replace_file", "write_files", "write_report"]


def write_report(path: str, pieces: Iterable[str]) -> None:
    """Puts a report into a file, which need not be there; into a device or pipe it is written as it is.

    Raises:
        InputError: it cannot be written; the old content is still there.
    """
    data = "".join(pieces).encode("utf-8", "backslashreplace")
    if not os.path.exists(path) or os.path.isfile(path):
        replace_file(path, data, mode=0o666)
        return
    try:
        with open(path, "wb") as file:
            file.write(data)
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror or error}", file=path) from None


def replace_file(path: str, data: bytes, *, mode: int = 0o600) -> None:
    """Puts other content into a file; a link stays a link, and the file's permissions stay.

    Args:
        path: the file.
        data: its content.
        mode: the permissions of a file that is not there yet, less those that the process withholds.

    Raises:
        InputError: it cannot be written; the old content is still there.
    """
    target = os.path.realpath(path)
    try:
        beside = _write_beside(target, data, mode)
        try:
            with contextlib.suppress(FileNotFoundError):
                os.chmod(beside, stat.S_IMODE(os.stat(target).st_mode))
            os.replace(beside, target)
        except BaseException:
            _remove(beside)
            raise
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror or error}", file=path) from None


def write_files(folder: str, contents: Mapping[str, bytes], *, force: bool) -> None:
    """Writes files into a folder, which is made when missing; all of them, or none.

    Args:
        folder: where to.
        contents: what to write, by file name.
        force: replace files of these names that are there already.

    Raises:
        InputError: a file is there already and `force` is off, or something cannot be written; nothing has changed.
    """
    paths = {os.path.join(folder, name): data for name, data in contents.items()}
    taken = [path for path in paths if os.path.lexists(path)]
    if taken and not force:
        listed = " and ".join(f"`{path}`" for path in taken)
        raise InputError(f"{listed} {'is' if len(taken) == 1 else 'are'} there already", hint="--force replaces")
    for path in taken:
        if os.path.isdir(path):
            raise InputError("is a directory", file=path)
    made = _missing_folders(folder)
    beside: dict[str, str] = {}
    done: dict[str, bytes | None] = {}
    try:
        os.makedirs(folder, exist_ok=True)
        for path, data in paths.items():
            beside[path] = _write_beside(path, data, 0o666)
        for path, written in beside.items():
            before = _content(path)
            os.replace(written, path)
            done[path] = before
    except BaseException as error:
        for written in beside.values():
            _remove(written)
        for path, before in done.items():
            _restore(path, before)
        for parent in made:
            with contextlib.suppress(OSError):
                os.rmdir(parent)
        if isinstance(error, FileExistsError):
            raise InputError("is a file, not a folder", file=folder) from None
        if isinstance(error, OSError):
            raise InputError(f"cannot be written: {error.strerror or error}", file=folder) from None
        raise


def _write_beside(path: str, data: bytes, mode: int) -> str:
    """The name of a new file with `data`, in the same folder, so that it can take the place of `path` in one step."""
    parent, name = os.path.split(path)
    beside = os.path.join(parent, f".{name}.{os.urandom(6).hex()}.tmp")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        _remove(beside)
        raise
    return beside


def _missing_folders(folder: str) -> list[str]:
    """The folders that `makedirs` will make, the innermost first."""
    missing: list[str] = []
    current = os.path.abspath(folder)
    while not os.path.lexists(current):
        missing.append(current)
        current = os.path.dirname(current)
    return missing


def _content(path: str) -> bytes | None:
    try:
        with open(path, "rb") as file:
            return file.read()
    except FileNotFoundError:
        return None


def _restore(path: str, before: bytes | None) -> None:
    with contextlib.suppress(OSError):
        if before is None:
            os.unlink(path)
        else:
            os.replace(_write_beside(path, before, 0o666), path)


def _remove(path: str) -> None:
    with contextlib.suppress(OSError):
        os.unlink(path)
