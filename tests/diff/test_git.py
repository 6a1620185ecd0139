from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from jfml_policies.diff.git import Objects, ask_git, tree_of
from jfml_policies.errors import InputError, UsageError

Git = Callable[..., str]


@pytest.fixture
def folder(git: Git, tmp_path: Path) -> str:
    (tmp_path / "a.txt").write_text("one\n")
    (tmp_path / "empty").write_text("")
    git("add", ".")
    git("commit", "--quiet", "--message=1")
    return str(tmp_path)


@pytest.mark.parametrize("revision", ["main", "HEAD", "HEAD^0", "main@{0}"])
def test_revisions_in_every_spelling(folder: str, git: Git, revision: str) -> None:
    """Whatever git resolves to a commit is a revision."""
    expected = git("rev-parse", "main^{tree}").strip()

    assert expected == tree_of(folder, revision)


@pytest.mark.parametrize("revision", ["--all", "-h", "--output=x", "a\nb", "a\0b", "\x1b[31m"])
def test_nothing_is_taken_for_an_option(folder: str, revision: str) -> None:
    """What looks like an option, or can't be a name, never reaches git."""
    with pytest.raises(UsageError, match="is no revision"):
        tree_of(folder, revision)


@pytest.mark.parametrize("revision", ["HEAD~1..HEAD", "main...HEAD"])
def test_ranges_are_refused(folder: str, revision: str) -> None:
    """A range is not one revision; the hint says how to find where two branches parted."""
    with pytest.raises(UsageError, match="is a range of revisions") as caught:
        tree_of(folder, revision)

    assert "merge-base" in str(caught.value.hint)


@pytest.mark.parametrize("revision", ["nope", "HEAD~7", "$(touch x)", ";touch x", "x y", "HEAD:a.txt", "ä"])
def test_no_such_revision(folder: str, tmp_path: Path, revision: str) -> None:
    """An unknown revision is named as such, and no shell reads it."""
    with pytest.raises(InputError, match="there is no revision"):
        tree_of(folder, revision)

    assert not (tmp_path / "x").exists()


def test_outside_a_repository(tmp_path: Path) -> None:
    """A folder without a repository is said to be none."""
    with pytest.raises(InputError, match="this folder is in no git repository"):
        tree_of(str(tmp_path), "HEAD")


def test_without_git(folder: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where git is not installed, that is said."""
    monkeypatch.setenv("PATH", "")

    with pytest.raises(InputError, match="the program `git` is not installed"):
        tree_of(folder, "HEAD")


def test_what_git_refuses_is_one_line(folder: str) -> None:
    """Git's own words come as one line without its label."""
    with pytest.raises(InputError) as caught:
        ask_git(folder, "cat-file", "blob", "0" * 40)

    assert caught.value.message.startswith("git refuses: git cat-file")
    assert "\n" not in caught.value.message


def test_objects_are_read_one_after_another(folder: str) -> None:
    """One process gives the texts of many objects: empty ones, missing ones, again and again."""
    with Objects(folder) as objects:
        texts = [objects.read(f"HEAD:{name}", shown=name) for name in ("a.txt", "nope", "empty", "a.txt")]

    assert ["one\n", None, "", "one\n"] == texts


def test_folders_and_line_ends_are_refused(folder: str, git: Git, tmp_path: Path) -> None:
    """A folder is no document, a name with a line end would be two questions, and the next answer is right again."""
    with Objects(folder) as objects:
        for name, message in (("HEAD:", "is a directory"), ("HEAD:a\nb", "the name holds a line end")):
            with pytest.raises(InputError, match=message):
                objects.read(name, shown="x")

        assert objects.read("HEAD:a.txt", shown="a.txt") == "one\n"


def test_large_and_binary_objects_are_refused(
    folder: str, git: Git, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is too large is not kept, what is no text is said to be none, and the next answer is right again."""
    (tmp_path / "large").write_text("x" * 5_000)
    (tmp_path / "binary").write_bytes(b"\x00\xff")
    git("add", ".")
    git("commit", "--quiet", "--message=2")
    monkeypatch.setattr("jfml_policies.diff.git.MAX_BYTES", 1_000)
    monkeypatch.setattr("jfml_policies.text.read.MAX_BYTES", 1_000)
    with Objects(folder) as objects:
        for name, message in (("large", "larger than"), ("binary", "a binary file")):
            with pytest.raises(InputError, match=message) as caught:
                objects.read(f"HEAD:{name}", shown=name)

            assert caught.value.file == name

        assert objects.read("HEAD:a.txt", shown="a.txt") == "one\n"
