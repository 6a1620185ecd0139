"""Policies in revisions of a git repository: one file as `REV:path`, and the files that changed since a revision."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final, NamedTuple, final

from jfml_policies.diff.git import Objects, ask_git, tree_of
from jfml_policies.diff.sides import Side
from jfml_policies.errors import InputError
from jfml_policies.sources.find import ENDINGS
from jfml_policies.text.read import read_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["Changed", "ChangedFile", "read_revision"]

#: Modes of regular files; links and submodules hold no policy of their own.
_REGULAR: Final = frozenset(("100644", "100755"))
#: The mode of a file that is not there.
_NOTHING: Final = "000000"


def read_revision(name: str, *, folder: str = ".") -> Side:
    """A file as it was in a revision, as `git show` names it.

    Args:
        name: `REV:path`; the path counts from the repository's root, or from the folder when it begins with `./`.
            `:path` is the file in the index, as it is staged for a commit.
        folder: a folder of the repository.

    Raises:
        UsageError: the revision looks like an option or is a range.
        InputError: git is not installed, there is no repository, revision or file, or the file is no text.
    """
    revision, _, path = name.partition(":")
    if not path:
        raise InputError("the path of a file is missing", file=name, hint="write REV:path/to/file.json")
    if revision:
        tree = tree_of(folder, revision)
    else:
        ask_git(folder, "rev-parse", "--git-dir")
        tree = ""
    with Objects(folder) as objects:
        text = objects.read(f"{tree}:{path}", shown=name)
    if text is None:
        where = f"revision `{revision}`" if revision else "the index"
        hint = f"paths count from the repository's root; from this folder write {revision}:./{path.lstrip('./')}"
        raise InputError(f"there is no such file in {where}", file=name, hint=hint)
    return Side(name, text, path.removeprefix("./"))


class ChangedFile(NamedTuple):
    """A file that differs between a revision and the working tree.

    Attributes:
        old: its path from the repository's root in the revision, None when it is new.
        new: its path now, None when it is gone; another one than `old` when it was renamed.
        blob: the id of its old content.
        is_link: whether it, or a folder above it, is a link now, or leads elsewhere than before: what it leads to is
            not looked at.
    """

    old: str | None
    new: str | None
    blob: str
    is_link: bool = False


@final
class Changed:
    """The files that changed since a revision; to be used in a `with` block.

    Files that git does not know yet are not among them: `git add` makes them known.
    """

    __slots__ = ("_objects", "_paths", "_prefix", "_revision", "_root", "_tree")

    def __init__(self, revision: str, paths: Sequence[str] = (), *, folder: str = ".") -> None:
        """Finds the repository.

        Args:
            revision: a commit, branch or tag.
            paths: only these files, and files below these folders; they count from `folder`.
            folder: a folder of the repository.

        Raises:
            UsageError: the revision looks like an option or is a range.
            InputError: git is not installed, or there is no repository or revision.
        """
        self._revision = revision
        self._tree = tree_of(folder, revision)
        root, _, prefix = os.fsdecode(ask_git(folder, "rev-parse", "--show-toplevel", "--show-prefix")).partition("\n")
        self._root = root
        self._prefix = prefix.rstrip("\n")
        self._paths = [os.path.normpath(os.path.join(self._prefix, path)).replace(os.sep, "/") for path in paths]
        self._objects = Objects(root)

    def __enter__(self) -> Changed:
        return self

    def __exit__(self, *_: object) -> None:
        self._objects.__exit__()

    def files(self) -> list[ChangedFile]:
        """The changed files that may hold a policy: by their names, in any letter case, or named as one of the
        paths.

        Raises:
            InputError: git refuses.
        """
        found = [file for file in self._all() if self._may_hold_policy(file)]
        return sorted(found, key=lambda file: file.new or file.old or "")

    def place(self, file: ChangedFile) -> str:
        """Where a file is now, or was before it went."""
        return os.path.join(self._root, file.new or file.old or "")

    def names(self, file: ChangedFile) -> tuple[str, str]:
        """What to call a file's old and new content."""
        return f"{self._revision}:{file.old or file.new}", file.new or file.old or ""

    def sides(self, file: ChangedFile) -> tuple[Side, Side]:
        """What a file was in the revision, and what it is now.

        Raises:
            InputError: one of them can't be read as text, or a link took the file's place.
        """
        old, name = self.names(file)
        if file.is_link:
            # Whoever reads the file follows the link, so that it may allow anything.
            raise InputError("is a link now, and links are not followed", file=name)
        before = None if file.old is None else self._objects.read(file.blob, shown=old)
        if file.old is not None and before is None:
            raise InputError("its content is not in this repository", file=old, hint="is it a partial clone?")
        after = None
        if file.new is not None:
            try:
                after = read_text(os.path.join(self._root, file.new))
            except InputError as error:
                error.file = file.new
                raise
        return Side(old, before), Side(name, after)

    def _is_behind_link(self, path: str) -> bool:
        """Whether a folder above a file is a link now: git calls the file deleted, and yet there may be one."""
        parts = path.split("/")[:-1]
        folders = ["/".join(parts[: count + 1]) for count in range(len(parts))]
        return any(os.path.islink(os.path.join(self._root, folder)) for folder in folders)

    def _may_hold_policy(self, file: ChangedFile) -> bool:
        names = [name for name in (file.old, file.new) if name is not None]
        return any(name.lower().endswith(ENDINGS) or name in self._paths for name in names)

    def _all(self) -> Iterator[ChangedFile]:
        # `--raw` runs neither external diff programs nor text converters.
        listed = ask_git(
            self._root,
            "--literal-pathspecs",
            "diff",
            "--raw",
            "-z",
            "--no-abbrev",
            "--find-renames",
            "--ignore-submodules",
            self._tree,
            "--",
            *self._paths,
        )
        fields = iter(os.fsdecode(listed).split("\0"))
        for field in fields:
            if not field.startswith(":"):
                continue
            old_mode, new_mode, blob, _, status = field[1:].split(" ")
            old = new = next(fields)
            if status[0] in "RC":
                new = next(fields)
            was, stays = old_mode in _REGULAR, new_mode in _REGULAR
            became_link = old_mode != _NOTHING and not stays and new_mode != _NOTHING
            if became_link or (was and not stays and self._is_behind_link(old)):
                yield ChangedFile(old, new, blob, is_link=True)
            elif was or stays:
                yield ChangedFile(old if was else None, new if stays else None, blob)
