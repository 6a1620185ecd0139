"""Hands over a built role: files or standard output for the documents, plain words for the person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jfml_policies.cli.other_accounts import files_for_other_accounts, steps_in_other_accounts
from jfml_policies.cli.parser import one_of
from jfml_policies.cli.role_files import left_over
from jfml_policies.cli.writing import write_files
from jfml_policies.errors import UsageError
from jfml_policies.report.inert import inert

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator, Mapping

    from jfml_policies.build.role import Role
    from jfml_policies.cli.console import Console
    from jfml_policies.cli.parser import Parser

__all__ = ["AS_FORMATS", "check_delivery_options", "deliver", "delivery_options", "with_option_names"]

_DOCUMENTS: Final = ("both", "trust", "permissions")
_FORMATS: Final = ("text", "json")
_WIDEST: Final = 110
_PLACEHOLDER: Final = "ROLE_NAME"
#: What builders call things that are options of every preset.
_EVERYWHERE: Final = {
    "other_account_files": "the files that --out writes",
    "role_account": "--role-account",
    "role_name": "--role-name",
}
#: What `--as` takes: the two documents as JSON, or the whole role in one of the formats of `build.outputs`.
AS_FORMATS: Final = ("json", "terraform", "terraform-json", "cloudformation", "cloudformation-json", "aws-cli")


def delivery_options(parser: Parser) -> None:
    """Adds the options by which a preset's role is handed over; they are the same for every preset."""
    parser.option(
        "--out",
        metavar="FOLDER",
        help="write the files there, all or none: trust.json, permissions.json (or permissions-1.json and so on)",
    )
    parser.option(
        "--as",
        dest="written_as",
        type=one_of("format", AS_FORMATS),
        default="json",
        metavar="FORMAT",
        help=f"what to write the role as (not how to report it, see --output-format): {', '.join(AS_FORMATS)}",
    )
    parser.option(
        "--role-account",
        metavar="ID",
        help="with --out: the account that the role is made in, where nothing else tells it; also write the bucket "
        "policies and key policy statements that the accounts of data and keys have to add",
    )
    parser.option("--force", action="store_true", help="with --out: replace files that are there already")
    parser.option(
        "--print", type=one_of("document", _DOCUMENTS), default="both", metavar="WHICH", help="both, trust, permissions"
    )
    parser.option(
        "--output-format", type=one_of("output format", _FORMATS), default="text", metavar="FORMAT", help="text or json"
    )
    parser.option("-q", "--quiet", action="store_true", help="no explanation, warnings only")


def check_delivery_options(options: Namespace) -> None:
    """Raises `UsageError` when the options by which a role is handed over contradict one another."""
    if options.force and options.out is None:
        raise UsageError("--force goes with --out only")
    if options.out is not None and options.print != "both":
        raise UsageError("--print does not go with --out, which writes both documents")
    if options.out == "":
        raise UsageError("--out needs the name of a folder")
    if options.written_as != "json" and options.print != "both":
        raise UsageError(f"--print does not go with --as {options.written_as}, which holds both documents")
    is_checked = getattr(options, "check", None) is not None
    if options.written_as != "json" and options.output_format == "json" and options.out is None and not is_checked:
        raise UsageError("--output-format json prints the documents as JSON: give --out for another --as")
    if options.role_account is not None and options.out is None:
        raise UsageError("--role-account goes with --out only")


def deliver(role: Role, console: Console, options: Namespace, *, names: Mapping[str, str]) -> None:
    """Writes or prints a role and explains it.

    Args:
        role: what was built.
        console: where to print.
        options: with what `delivery_options` adds.
        names: the options' names by the builder's parameters, for the explanation.

    Raises:
        ParameterError: the role cannot be written as that.
        InputError: the files cannot be written; none of them was.
    """
    folder: str | None = options.out
    texts = _texts(role, options.written_as)
    others, why_none = files_for_other_accounts(role, options.role_account)
    names = {**_EVERYWHERE, **names}
    if folder is not None:
        texts |= others
        write_files(folder, {name: text.encode() for name, text in texts.items()}, force=options.force)
    if options.output_format == "json":
        console.write(_json(role, with_others=bool(others)))
    elif folder is None:
        for name, text in texts.items():
            which = name.removesuffix(".json")
            if options.print in {"both", which.partition("-")[0]}:
                if len(texts) > 1 and options.print != "trust" and console.out_is_terminal:
                    console.flush()
                    console.say(console.err_style.paint(f"{which} policy:", "strong"))
                console.write(text)
    console.flush()
    for line in _words(role, console, names, quiet=options.quiet):
        console.say(line)
    if folder is not None and not options.quiet:
        for line in _next_steps(role, folder, list(texts), options.written_as):
            console.say(line)
        if others:
            for line in steps_in_other_accounts(role, folder.rstrip("/") or folder, options.role_account):
                console.say(line)
        elif options.role_account is not None:
            console.say(f"No other account has to add anything: all is in {options.role_account}, as the role is")
    if why_none is not None:
        console.say(f"{console.err_style.paint('Not written:', 'warning')} {inert(why_none)}")
    if folder is not None:
        for name in left_over(folder, texts, policies=options.written_as == "json"):
            mark = console.err_style.paint("Left over:", "warning")
            console.say(f"{mark} {inert(folder.rstrip('/'))}/{name} is no file of this role; remove it")


def _texts(role: Role, written_as: str) -> dict[str, str]:
    """The role as files: text by name."""
    if written_as == "json":
        return role.files
    from jfml_policies.build.outputs.formats import FORMATS

    form = FORMATS[written_as]
    return {form.file: form.write(role.documents)}


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


def _next_steps(role: Role, folder: str, files: list[str], written_as: str) -> Iterator[str]:
    from shlex import quote

    name = role.name or _PLACEHOLDER
    base = folder.rstrip("/") or folder
    *others, last = [f"{inert(base)}/{file}" for file in files]
    yield f"Wrote {', '.join(others)}{' and ' if others else ''}{last}; next:"
    first = f"{base}/{files[0]}"
    if written_as == "json":
        trust, *permissions = (quote(f"file://{base}/{file}") for file in role.files)
        yield inert(f"  aws iam create-role --role-name {quote(name)} --assume-role-policy-document {trust}")
        if len(permissions) == 1:
            inline = f"--role-name {quote(name)} --policy-name permissions --policy-document {permissions[0]}"
            yield inert(f"  aws iam put-role-policy {inline}")
        else:
            # The inline policies of a role share a quota that is smaller than that of two managed policies.
            yield from map(inert, _managed(name, permissions))
        for arn in role.managed_policies:
            yield inert(f"  aws iam attach-role-policy --role-name {quote(name)} --policy-arn {quote(arn)}")
    elif written_as == "aws-cli":
        yield inert(f"  sh {quote(first)}{'' if role.name else ' ' + _PLACEHOLDER}")
    elif written_as.startswith("terraform"):
        yield inert(f"  terraform -chdir={quote(base)} init && terraform -chdir={quote(base)} apply")
    else:
        # A name that the template gives has to be acknowledged by the stronger of the two capabilities.
        capability = "CAPABILITY_NAMED_IAM" if role.name else "CAPABILITY_IAM"
        yield inert(
            f"  aws cloudformation deploy --stack-name STACK_NAME --capabilities {capability} "
            f"--template-file {quote(first)}"
        )


def _managed(name: str, permissions: list[str]) -> Iterator[str]:
    """Commands that make several policies and attach them all."""
    from shlex import quote

    for number, file in enumerate(permissions, start=1):
        made = f"aws iam create-policy --policy-name {quote(f'{name}-{number}')} --policy-document {file}"
        arn = f'"$({made} --query Policy.Arn --output text)"'
        yield f"  aws iam attach-role-policy --role-name {quote(name)} --policy-arn {arn}"


def _json(role: Role, *, with_others: bool) -> str:
    import json

    document = {
        "version": 1,
        "name": role.name,
        "trust": role.trust,
        "permissions": role.permissions,
        "permission_documents": role.permission_documents,
        "managed_policies": role.managed_policies,
        "account": role.account,
        "bucket_policies": role.bucket_policies() if with_others and role.account else {},
        "key_policy_statements": role.key_policy_statements() if with_others and role.account else {},
        "choices": role.choices,
        "allows": role.allows,
        "leaves_out": role.leaves_out,
        "warnings": role.warnings,
        "hand_over": [{"use": piece.use, "language": piece.language, "code": piece.code} for piece in role.hand_over],
    }
    return json.dumps(document, indent=2) + "\n"
