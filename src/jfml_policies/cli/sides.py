"""Documents to compare or to ask about: files, standard input, and `REV:path`."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Final

from jfml_policies.cli.inputs import STDIN, Input, read_input
from jfml_policies.diff.sides import Side
from jfml_policies.errors import UsageError
from jfml_policies.report.tally import count_of

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["read_side", "read_two"]

#: A Windows drive is no revision.
_drive: Final = re.compile(r"[A-Za-z]:[\\/]")


def read_two(names: Sequence[str], verb: str) -> tuple[Side, Side]:
    """The two documents that somebody named.

    Raises:
        UsageError: there are not two, or both are standard input.
        InputError: one can't be read as text; see `read_side`.
    """
    if len(names) != 2:
        named = "nothing to compare"
        if names:
            named = f"{count_of(len(names), 'document')} {'is' if len(names) == 1 else 'are'} named, two are compared"
        hint = f"`jfml-policies {verb} OLD NEW`; each is a file, REV:path, or - for standard input"
        raise UsageError(named, hint=hint)
    if names[0] == names[1] == STDIN:
        raise UsageError("both documents are standard input", hint="only one of them can be -")
    return read_side(names[0]), read_side(names[1])


def read_side(name: str) -> Side:
    """A document by its name; an empty device (`/dev/null`) stands for a document that is not there.

    Raises:
        InputError: it can't be read as text.
        UsageError: it is `REV:path` with something that can't be a revision.
    """
    if name == os.devnull:
        return Side(name, None)
    if name != STDIN and ":" in name and not os.path.exists(name) and not _drive.match(name):
        from jfml_policies.diff.revisions import read_revision

        return read_revision(name)
    shown = name.replace(os.sep, "/").removeprefix("./")
    return Side(shown, read_input(Input(shown, name, named=True)))
