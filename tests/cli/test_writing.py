from __future__ import annotations

import os
from pathlib import Path

import pytest

from jfml_policies.cli.writing import replace_file, write_files
from jfml_policies.errors import InputError

TWO = {"a.json": b"1", "b.json": b"2"}


def listing(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_files_are_written_into_a_new_folder(tmp_path: Path) -> None:
    """Missing folders are made, and nothing but the files is in them."""
    write_files(str(tmp_path / "x" / "y"), TWO, force=False)

    assert listing(tmp_path / "x" / "y") == TWO


def test_nothing_is_replaced_unasked(tmp_path: Path) -> None:
    """A file that is there already stops all of them; `force` replaces."""
    (tmp_path / "b.json").write_bytes(b"old")

    with pytest.raises(InputError, match=r"b\.json` is there already"):
        write_files(str(tmp_path), TWO, force=False)
    assert listing(tmp_path) == {"b.json": b"old"}

    write_files(str(tmp_path), TWO, force=True)
    assert listing(tmp_path) == TWO


@pytest.mark.parametrize("force", [False, True])
def test_links_that_lead_nowhere_count_as_files(tmp_path: Path, force: bool) -> None:
    """A dangling link is not written through."""
    (tmp_path / "a.json").symlink_to(tmp_path / "elsewhere")
    if force:
        write_files(str(tmp_path), TWO, force=True)
    else:
        with pytest.raises(InputError):
            write_files(str(tmp_path), TWO, force=False)

    assert not (tmp_path / "elsewhere").exists()


@pytest.mark.parametrize("there", [False, True])
@pytest.mark.parametrize("failing", [1, 2])
def test_all_or_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: bool, failing: int) -> None:
    """When a file can't take its place, those before it are as they were and nothing is left over."""
    folder = tmp_path / "role"
    before = {"a.json": b"old a", "b.json": b"old b"} if there else {}
    if there:
        folder.mkdir()
        for name, data in before.items():
            (folder / name).write_bytes(data)
    real, calls = os.replace, 0

    def replace(source: str, target: str) -> None:
        nonlocal calls
        calls += 1
        if calls == failing:
            raise OSError(5, "Input/output error")
        real(source, target)

    monkeypatch.setattr(os, "replace", replace)
    with pytest.raises(InputError, match="cannot be written: Input/output error"):
        write_files(str(folder), TWO, force=True)

    assert folder.exists() == there
    assert (listing(folder) if there else {}) == before


def test_a_folder_in_the_way(tmp_path: Path) -> None:
    """A directory of a file's name, and a file where the folder should be, are refused."""
    (tmp_path / "a.json").mkdir()
    (tmp_path / "file").write_bytes(b"")

    with pytest.raises(InputError, match="is a directory"):
        write_files(str(tmp_path), TWO, force=True)
    with pytest.raises(InputError, match="is a file, not a folder"):
        write_files(str(tmp_path / "file"), TWO, force=True)
    assert ["a.json", "file"] == sorted(path.name for path in tmp_path.iterdir())


def test_replacing_keeps_what_cannot_be_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A failure leaves the old content and no other file."""
    path = tmp_path / "a.json"
    path.write_bytes(b"old")

    def refuse(*_: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(InputError, match="Read-only file system"):
        replace_file(str(path), b"new")

    assert listing(tmp_path) == {"a.json": b"old"}
