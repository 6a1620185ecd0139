"""`build jfrog-ml --check`: whether the files in a folder are still the role that a spec asks for.

Policies are compared by meaning, so that they may be laid out in any way. What `--as` writes for other tools is
compared by its text: the same spec gives the same text, and what was changed by hand a new build would undo.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final, NamedTuple

from jfml_policies.cli.role_files import left_over
from jfml_policies.errors import InputError, UsageError

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator, Mapping

    from jfml_policies.build.role import Role
    from jfml_policies.cli.console import Console
    from jfml_policies.diff.sides import Side

__all__ = ["check_role"]

#: A list of statements becomes a policy by what is put around it, on the same line, so that places stay nearly right.
_AROUND: Final = ('{"Version": "2012-10-17", "Statement": ', "}")


class _Pair(NamedTuple):
    """A file of the folder and what it has to be."""

    committed: Side
    built: Side
    kind: str
    resource_type: str | None = None


def check_role(role: Role, options: Namespace, console: Console) -> int:
    """Compares the files in a folder with the role's and tells what differs; 0 when they are the same.

    Args:
        role: what the spec asks for.
        options: with what `built_role.delivery_options` adds, `check` and `spec`.
        console: where to print.

    Raises:
        InputError: a file that the role has is not there, or is no text.
        UsageError: the options do not go together.
    """
    from jfml_policies.cli.other_accounts import files_for_other_accounts

    others, _ = files_for_other_accounts(role, options.role_account)
    if options.print != "both":
        others = {}
    texts = {} if options.written_as == "json" else _written(role, options)
    known = {**(texts or role.files), **others}
    extra = left_over(options.check, known, policies=not texts, others=options.print == "both")
    if options.print == "trust":
        extra = ()
    same = [_is_same_text(options.check, name, text, console) for name, text in texts.items()]
    same.append(_compare(_pairs({} if texts else role.files, others, extra, options), options, console))
    is_same = all(same)
    if not is_same and not options.quiet:
        console.flush()
        anew = "" if options.written_as == "json" else f", --as {options.written_as}"
        console.say(
            f"{options.check} is no longer what {options.spec} asks for; build it anew with --out{anew} and --force"
        )
        for name in extra:
            console.say(f"{options.check}/{name} is no file of this role any more; remove it")
    return int(not is_same)


def _written(role: Role, options: Namespace) -> dict[str, str]:
    from jfml_policies.build.outputs.formats import FORMATS

    if options.output_format == "json":
        raise UsageError(
            f"--output-format json does not go with --check --as {options.written_as}, which compares text",
            hint="leave --output-format out; the exit code tells whether it is the same",
        )
    form = FORMATS[options.written_as]
    return {form.file: form.write(role.documents)}


def _is_same_text(folder: str, name: str, text: str, console: Console) -> bool:
    from difflib import unified_diff

    from jfml_policies.cli.sides import read_side
    from jfml_policies.report.inert import inert

    side = read_side(_path(folder, name))
    there = (side.text or "").replace("\r\n", "\n").splitlines()
    changes = list(unified_diff(there, text.splitlines(), side.name, f"built {name}", lineterm=""))
    for line in changes:
        console.write(inert(line) + "\n")
    return not changes


def _compare(pairs: Iterator[_Pair], options: Namespace, console: Console) -> bool:
    """Whether all pairs mean the same; what differs is printed."""
    from jfml_policies._version import __version__
    from jfml_policies.cli.answers import answer_of_comparison
    from jfml_policies.diff.pairs import compare_sides
    from jfml_policies.report.change_formats import change_renderer
    from jfml_policies.report.interface import Settings

    settings = Settings(style=console.out_style, width=console.width, version=__version__)
    form = "json" if options.output_format == "json" else "full"
    answers, is_same = [], True
    for committed, built, kind, resource_type in pairs:
        compared = compare_sides(committed, built, kind=kind, resource_type=resource_type)
        # None stands for a file that is left over and holds no policy.
        differs = compared is None or compared.fails_on("any") or None in {committed.text, built.text}
        is_same = is_same and not differs
        if compared is not None and (differs or form == "json"):
            answers.append(answer_of_comparison(compared))
    if answers or form == "json":
        for piece in change_renderer(form, several=True)(answers, settings):
            console.write(piece)
    return is_same


def _pairs(
    files: Mapping[str, str], others: Mapping[str, str], extra: tuple[str, ...], options: Namespace
) -> Iterator[_Pair]:
    """Each file of the folder with that of the role; a role that was split otherwise has others."""
    from jfml_policies.cli.sides import read_side
    from jfml_policies.diff.sides import Side

    folder = options.check
    _refuse_other_format(folder, files)
    for name, text in files.items():
        if options.print in {"both", name.removesuffix(".json").partition("-")[0]}:
            path = _path(folder, name)
            is_new = name != "trust.json" and extra and not os.path.lexists(path)
            committed = Side(path.replace(os.sep, "/"), None) if is_new else read_side(path)
            yield _Pair(committed, Side(f"built {name}", text), "trust" if name == "trust.json" else "identity")
    for name, text in others.items():
        path = _path(folder, name)
        # A role may have been written before its spec named another account.
        there = read_side(path) if os.path.lexists(path) else Side(path.replace(os.sep, "/"), None)
        yield _of_other_account(name, there, Side(f"built {name}", text))
    for name in extra:
        there, gone = read_side(_path(folder, name)), Side(f"built {name}", None)
        is_own = name.startswith("permissions")
        yield _Pair(there, gone, "identity") if is_own else _of_other_account(name, there, gone)


def _of_other_account(name: str, committed: Side, built: Side) -> _Pair:
    if name.startswith("bucket-policy"):
        return _Pair(committed, built, "resource", "AWS::S3::Bucket")
    return _Pair(_as_policy(committed), _as_policy(built), "resource", "AWS::KMS::Key")


def _as_policy(side: Side) -> Side:
    text = side.text
    is_list = text is not None and text.lstrip().startswith("[")
    return side._replace(text=f"{_AROUND[0]}{text}{_AROUND[1]}") if is_list else side


def _refuse_other_format(folder: str, files: Mapping[str, str]) -> None:
    """A clear word where the role was written for another tool, instead of a file that is missing."""
    from jfml_policies.build.outputs.formats import FORMATS

    if not files or any(os.path.lexists(_path(folder, name)) for name in files):
        return
    found = [name for name, form in FORMATS.items() if os.path.lexists(_path(folder, form.file))]
    if found:
        raise InputError(
            f"holds {FORMATS[found[0]].file} and no trust.json",
            file=folder,
            hint=f"add --as {' or --as '.join(found)}, as it was written, to check that",
        )


def _path(folder: str, name: str) -> str:
    return os.path.join(folder, name)
