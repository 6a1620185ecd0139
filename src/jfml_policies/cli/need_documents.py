"""The policies of both sides of `needs`, each with where it came from; what of a folder is left out is told."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from jfml_policies.cli.folders import is_policy_in_folder
from jfml_policies.cli.inputs import Input, find_inputs, read_input, shown_from_here
from jfml_policies.cli.sides import read_side
from jfml_policies.cli.single_policies import policy_of
from jfml_policies.diff.remarks import Remark
from jfml_policies.diff.sides import Side
from jfml_policies.errors import InputError, UsageError
from jfml_policies.policy.kinds import KINDS
from jfml_policies.policy.parse import parse_document
from jfml_policies.record import record

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any

    from jfml_policies.cli.asked_settings import AskedSettings
    from jfml_policies.policy.nodes import Policy

__all__ = ["NeedDocument", "asked_by_spec", "check_kinds", "made", "read_documents"]

#: Attached to something else than the principal; they lie beside its policies where a role was built.
_OF_OTHERS: Final = ("trust", "resource")


@record
class NeedDocument:
    """A policy and where it came from."""

    side: Side
    policy: Policy


def read_documents(names: Iterable[str], settings: AskedSettings, notes: list[Remark]) -> list[NeedDocument]:
    """The policies in some files and folders.

    What else lies in a folder is passed over. So are policies of roles and resources that lie there beside those of a
    principal, and that is noted.

    Args:
        names: files, folders, `REV:path` or `-`.
        settings: say as what they are read.
        notes: what is passed over is added here.

    Raises:
        InputError, JsonSyntaxError: something cannot be read, or a folder holds no policy.
    """
    found: list[NeedDocument] = []
    for name in names:
        if os.path.isdir(name):
            found += _read_folder(name, settings, notes)
        else:
            side = read_side(name)
            read_as = settings.read_sides_as(side)
            found.append(NeedDocument(side, policy_of(side, read_as)))
    return found


def _read_folder(name: str, settings: AskedSettings, notes: list[Remark]) -> list[NeedDocument]:
    inputs, problems = find_inputs([name])
    for problem in problems:
        raise problem
    found: list[NeedDocument] = []
    for item in inputs:
        side = Side(item.shown, read_input(item))
        if is_policy_in_folder(item, side.text or ""):
            read_as = settings.read_as(item.path)
            found.append(NeedDocument(side, policy_of(side, read_as)))
    unread = _built_otherwise(name)
    if not found:
        hint = f"`{unread[0]}` is not read here; `build` without --as writes policies" if unread else None
        raise InputError("holds no policy", file=name, hint=hint)
    for shown in unread:
        note = Remark("is not read; `build` without --as writes policies", "document", Side(shown, None))
        notes += [note] if note not in notes else []
    kept = [one for one in found if one.policy.kind not in _OF_OTHERS]
    for one in found if kept else ():
        if one.policy.kind in _OF_OTHERS:
            text = f"is left out, as a {KINDS[one.policy.kind].title} is not attached to the principal"
            note = Remark(text, "document", one.side)
            notes += [note] if note not in notes else []
    return kept or found


def _built_otherwise(folder: str) -> list[str]:
    """The files in a folder by the names under which `build --as` writes a role that is no policy in JSON."""
    from jfml_policies.build.outputs.formats import FORMATS

    names = sorted({one.file for one in FORMATS.values()})
    return [shown_from_here(path) for name in names if os.path.isfile(path := os.path.join(folder, name))]


def asked_by_spec(name: str) -> list[NeedDocument]:
    """What the role of a spec is allowed to do, by all of its policies.

    Raises:
        InputError, JsonSyntaxError, ParameterError: the spec cannot be read, or is wrong.
    """
    from jfml_policies.build import jfrog_ml

    spec = jfrog_ml.spec_from_text(read_input(Input(name, name, named=True)), name)
    return [made(document, name) for document in jfrog_ml.role_from_spec(spec).permission_documents]


def made(document: dict[str, Any], name: str) -> NeedDocument:
    """A policy that no file holds, under what to call it."""
    return NeedDocument(Side(name, None), parse_document(document, kind="identity"))


def check_kinds(documents: Sequence[NeedDocument]) -> None:
    """Refuses policies of different kinds, by naming one of each.

    Raises:
        UsageError: there are several kinds.
    """
    kinds: dict[str, str] = {}
    for one in documents:
        kinds.setdefault(KINDS[one.policy.kind].title, one.side.name)
    if len(kinds) > 1:
        named = ", ".join(f"`{name}` ({title})" for title, name in kinds.items())
        hint = "name only policies that are attached to the principal; --kind says as what all are read"
        raise UsageError(f"the policies are of different kinds: {named}", hint=hint)
