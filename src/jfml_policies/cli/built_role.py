"""Hands over a built role: files or standard output for the documents, plain words for the person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jfml_policies.cli.writing import write_files
from jfml_policies.report.inert import inert

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jfml_policies.build.role import Role
    from jfml_policies.cli.console import Console

__all__ = ["deliver", "with_option_names"]

_WIDEST: Final = 110
_PLACEHOLDER: Final = "ROLE_NAME"


def deliver(
    role: Role,
    console: Console,
    *,
    folder: str | None,
    force: bool,
    documents: str,
    output_format: str,
    quiet: bool,
    options: Mapping[str, str],
) -> None:
    """Writes or prints a role and explains it.

    Args:
        role: what was built.
        console: where to print.
        folder: where to write the documents; None prints them.
        force: whether files in `folder` may be replaced.
        documents: which to print: `both`, `trust` or `permissions`.
        output_format: `text` or `json`.
        quiet: whether only warnings are said.
        options: the options' names by the builder's parameters, for the explanation.

    Raises:
        InputError: the files cannot be written; none of them was.
    """
    texts = {"trust": role.trust_json, "permissions": role.permissions_json}
    if folder is not None:
        write_files(folder, {f"{name}.json": text.encode() for name, text in texts.items()}, force=force)
    if output_format == "json":
        console.write(_json(role))
    elif folder is None:
        for name, text in texts.items():
            if documents in {"both", name}:
                if documents == "both" and console.out_is_terminal:
                    console.flush()
                    console.say(console.err_style.paint(f"{name} policy:", "strong"))
                console.write(text)
    console.flush()
    for line in _words(role, console, options, quiet=quiet):
        console.say(line)
    if folder is not None and not quiet:
        for line in _next_steps(role, folder):
            console.say(line)


def with_option_names(text: str, options: Mapping[str, str]) -> str:
    """`text` with parameters' names as options; what stands in backticks stays.

    >>> with_option_names("give own_account to have one, not `own_account`", {"own_account": "--own-account"})
    'give --own-account to have one, not `own_account`'
    """
    import re

    names = re.compile(rf"\b(?:{'|'.join(options)})\b")
    pieces = text.split("`")
    pieces[::2] = [names.sub(lambda match: options[match[0]], piece) for piece in pieces[::2]]
    return "`".join(pieces)


def _words(role: Role, console: Console, options: Mapping[str, str], *, quiet: bool) -> Iterator[str]:
    from textwrap import wrap

    style = console.err_style
    sections = [("Warnings", role.warnings)]
    if not quiet:
        sections = [("Chosen", role.choices), ("Allows", role.allows), ("Leaves out", role.leaves_out), *sections]
        if role.name is not None:
            yield f"{style.paint('Role:', 'strong')} {inert(role.name)}"
    for heading, points in sections:
        if points:
            yield style.paint(f"{heading}:", "warning" if heading == "Warnings" else "strong")
        for point in points:
            words = inert(with_option_names(point, options))
            yield from wrap(
                words,
                _WIDEST,
                initial_indent="  - ",
                subsequent_indent="    ",
                break_long_words=False,
                break_on_hyphens=False,
            )
    if not quiet and role.hand_over:
        yield style.paint("Hand over:", "strong")
        for piece in role.hand_over:
            yield f"  - {piece.use}:"
            # Code is not wrapped, so that it can be copied.
            yield from (inert(f"      {line}".rstrip()) for line in piece.code.splitlines())


def _next_steps(role: Role, folder: str) -> Iterator[str]:
    from shlex import quote

    name = role.name or _PLACEHOLDER
    base = folder.rstrip("/") or folder
    yield f"Wrote {inert(base)}/trust.json and {inert(base)}/permissions.json; next:"
    trust, permissions = (quote(f"file://{base}/{which}.json") for which in ("trust", "permissions"))
    yield inert(f"  aws iam create-role --role-name {quote(name)} --assume-role-policy-document {trust}")
    yield inert(
        f"  aws iam put-role-policy --role-name {quote(name)} --policy-name jfrog-ml --policy-document {permissions}"
    )


def _json(role: Role) -> str:
    import json

    document = {
        "version": 1,
        "name": role.name,
        "trust": role.trust,
        "permissions": role.permissions,
        "choices": role.choices,
        "allows": role.allows,
        "leaves_out": role.leaves_out,
        "warnings": role.warnings,
        "hand_over": [{"use": piece.use, "language": piece.language, "code": piece.code} for piece in role.hand_over],
    }
    return json.dumps(document, indent=2) + "\n"
