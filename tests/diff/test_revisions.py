from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from jfml_policies.diff.revisions import Changed, read_revision
from jfml_policies.diff.sides import Side
from jfml_policies.errors import InputError

Git = Callable[..., str]

POLICY = '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}}\n'
GONE = "\n".join(map(str, range(50)))
OTHER = POLICY.replace("GetObject", "PutObject")


@pytest.fixture
def root(git: Git, tmp_path: Path) -> Path:
    """A repository whose first commit is tagged `first`."""
    (tmp_path / "roles").mkdir()
    for name in ("roles/a.json", "roles/b.json", "gone.json", "notes.txt"):
        (tmp_path / name).write_text(POLICY + name)
    (tmp_path / "gone.json").write_text(GONE)
    git("add", ".")
    git("commit", "--quiet", "--message=1")
    git("tag", "first")
    return tmp_path


def test_a_file_of_a_revision(root: Path) -> None:
    """`REV:path` counts from the root, `REV:./path` from the folder, and the name stays as it was given."""
    text = POLICY + "roles/a.json"

    assert Side("first:roles/a.json", text, "roles/a.json") == read_revision("first:roles/a.json", folder=str(root))
    assert Side("first:./a.json", text, "a.json") == read_revision("first:./a.json", folder=str(root / "roles"))
    up = "../roles/a.json"
    assert Side(f"first:{up}", text, up) == read_revision(f"first:{up}", folder=str(root / "roles"))


def test_the_index_is_what_is_staged(root: Path, git: Git) -> None:
    """`:path` is the file as it is staged, whatever it is in the folder."""
    (root / "gone.json").write_text(OTHER)
    git("add", "gone.json")
    (root / "gone.json").write_text("later")

    assert read_revision(":gone.json", folder=str(root)).text == OTHER


@pytest.mark.parametrize(
    ("name", "message", "hint"),
    [
        ("first:nope.json", "there is no such file in revision `first`", "write first:./nope.json"),
        (":nope.json", "there is no such file in the index", "write :./nope.json"),
        ("first:roles", "is a directory, not a policy document", None),
        ("first:", "the path of a file is missing", "write REV:path"),
        ("nope:roles/a.json", "there is no revision `nope` in this repository", "shallow"),
    ],
)
def test_what_is_not_there(root: Path, name: str, message: str, hint: str | None) -> None:
    """A missing revision, file or path is told apart, with a remedy."""
    with pytest.raises(InputError) as caught:
        read_revision(name, folder=str(root))

    assert caught.value.message == message
    assert hint is None or hint in str(caught.value.hint)


def change(root: Path, git: Git) -> None:
    """One file changed, one gone, one renamed and changed, one new, one not known to git."""
    (root / "roles/a.json").write_text(OTHER)
    git("rm", "--quiet", "gone.json")
    git("mv", "roles/b.json", "roles/ü b.json")
    (root / "roles/new.JSON").write_text(OTHER + "new")
    (root / "notes.txt").write_text(OTHER)
    git("add", "--intent-to-add", "roles/new.JSON")
    (root / "unknown.json").write_text(OTHER)


def test_changed_files(root: Path, git: Git) -> None:
    """Changed, deleted, renamed and new files called `*.json` come with both texts, sorted by name."""
    change(root, git)
    with Changed("first", folder=str(root)) as changed:
        found = [changed.sides(file) for file in changed.files()]

    assert found == [
        (Side("first:gone.json", GONE), Side("gone.json", None)),
        (Side("first:roles/a.json", POLICY + "roles/a.json"), Side("roles/a.json", OTHER)),
        (Side("first:roles/new.JSON", None), Side("roles/new.JSON", OTHER + "new")),
        (Side("first:roles/b.json", POLICY + "roles/b.json"), Side("roles/ü b.json", POLICY + "roles/b.json")),
    ]


@pytest.mark.parametrize(
    ("paths", "folder", "names"),
    [
        (["roles"], ".", ["roles/a.json", "roles/new.JSON", "roles/ü b.json"]),
        (["a.json"], "roles", ["roles/a.json"]),
        (["../gone.json"], "roles", ["gone.json"]),
        (["notes.txt"], ".", ["notes.txt"]),
        (["*.json", ":(exclude)roles"], ".", []),
        ([], "roles", ["gone.json", "roles/a.json", "roles/new.JSON", "roles/ü b.json"]),
    ],
)
def test_only_some_paths(root: Path, git: Git, paths: list[str], folder: str, names: list[str]) -> None:
    """Paths count from the folder and are taken literally; a file that is named need not be called `*.json`."""
    change(root, git)
    with Changed("first", paths, folder=str(root / folder)) as changed:
        found = [changed.names(file)[1] for file in changed.files()]

    assert found == names


def test_nothing_changed(root: Path) -> None:
    """Files that are the same as in the revision are not listed, even when they were touched."""
    (root / "gone.json").write_text((root / "gone.json").read_text())
    with Changed("first", folder=str(root)) as changed:
        assert changed.files() == []


def test_a_new_link_is_passed_over(root: Path, git: Git) -> None:
    """A link holds no policy of its own; what it leads to is compared under its own name."""
    (root / "link.json").symlink_to("roles/a.json")
    git("add", ".")
    with Changed("first", folder=str(root)) as changed:
        assert changed.files() == []


def test_a_link_that_takes_a_files_place(root: Path, git: Git) -> None:
    """It may lead to a policy that allows more, so it is no file that is gone."""
    (root / "gone.json").unlink()
    (root / "gone.json").symlink_to("roles/a.json")
    git("add", ".")
    with Changed("first", folder=str(root)) as changed:
        (file,) = changed.files()

        with pytest.raises(InputError, match=r"gone\.json: is a link now, and links are not followed"):
            changed.sides(file)


def test_a_link_that_leads_elsewhere(root: Path, git: Git) -> None:
    """A link that another one replaced is not passed over either."""
    (root / "link.json").symlink_to("roles/a.json")
    git("add", ".")
    git("commit", "--quiet", "--message=2")
    (root / "link.json").unlink()
    (root / "link.json").symlink_to("roles/b.json")
    with Changed("HEAD", folder=str(root)) as changed:
        (file,) = changed.files()

        with pytest.raises(InputError, match=r"link\.json: is a link now, and links are not followed"):
            changed.sides(file)


def test_a_link_that_takes_a_folders_place(root: Path, git: Git) -> None:
    """Whoever reads a file of the folder follows the link, so the files are not gone either."""
    (root / "roles").rename(root / "elsewhere")
    (root / "roles").symlink_to("elsewhere", target_is_directory=True)
    git("add", "roles")
    with Changed("first", folder=str(root)) as changed:
        file = next(file for file in changed.files() if file.old == "roles/a.json")

        with pytest.raises(InputError, match=r"roles/a\.json: is a link now, and links are not followed"):
            changed.sides(file)


def test_files_are_looked_for_as_check_does(root: Path, git: Git) -> None:
    """Templates, states and YAML are among the changed files; other files are not."""
    names = ["a.YAML", "b.yml", "c.template", "d.tfstate", "e.json", "f.tf", "g.txt"]
    for name in names:
        (root / name).write_text(POLICY)
    git("add", ".")
    with Changed("first", folder=str(root)) as changed:
        found = changed.files()

        assert [file.new for file in found] == names[:5]
        assert changed.place(found[0]) == str(root / "a.YAML")
