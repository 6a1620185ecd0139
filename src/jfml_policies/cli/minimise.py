"""`minimise`: makes a policy smaller without changing what it means."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from jfml_policies.cli.inputs import STDIN, Input, read_input
from jfml_policies.cli.parser import Parser, one_of
from jfml_policies.cli.single_policies import refuse_files_of_policies
from jfml_policies.errors import InputError, UndecidedError, UsageError
from jfml_policies.policy.kinds import ALL_KINDS, KINDS
from jfml_policies.report.inert import inert
from jfml_policies.report.tally import count_of

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator, Sequence

    from jfml_policies.build.minimise import Minimised
    from jfml_policies.cli.console import Console
    from jfml_policies.policy.nodes import Policy

__all__ = ["run"]

_DESCRIPTION: Final = """\
Writes the smallest policy that means the same: it allows the same requests and denies the same. What others cover is
removed, and statements that differ in one thing only are merged; each step is proved by comparing the policies exactly,
and told on standard error. A policy that is still over its quota is split into several, to be attached together."""
_EXAMPLES: Final = (
    ("minimise role/permissions.json", "print the smaller policy"),
    ("minimise --diff role/permissions.json", "show what would change"),
    ("minimise --in-place role/permissions.json", "replace the file"),
    ("minimise --check -q policies/reader.json", "for CI: exit code 1 if the policy could be smaller"),
    ("minimise --quota 6144 --out parts admin.json", "parts/admin-1.json, parts/admin-2.json, ... if it takes several"),
    ("minimise --wildcards reader.json", "also `s3:GetObject*` for a list; says which actions to come that admits"),
)
_ENDING: Final = """\
sizes are counted as AWS counts them for the kind, layout left out
quotas: {quotas};
  an identity policy beyond that is split into managed policies of 6,144

exit codes:
  0  done
  1  with --check: the policy could be smaller, or has to be split
  2  could not do the job: wrong usage, no such file, no valid policy, over the quota and not to be split"""


def run(arguments: Sequence[str], console: Console) -> int:
    """Minimises what the arguments name and returns the exit code."""
    options = _parser().parse(arguments)
    console.use_color(options.color)
    _check(options)
    text = read_input(Input(options.path.replace(os.sep, "/"), options.path, named=True))
    result, policy = _minimised(options, text)
    if not options.quiet:
        for line in _words(result, policy):
            console.say(inert(line))
    if options.diff:
        _write_diff(options, console, text, result)
    elif options.out is not None:
        _write_out(options, result)
    elif options.in_place:
        _replace(options, text, policy, result)
    elif not options.check:
        for one in _texts(result):
            console.write(one)
    return 1 if options.check and result.is_smaller else 0


def _check(options: Namespace) -> None:
    if options.in_place and options.path == STDIN:
        raise UsageError("--in-place needs a file, not standard input")
    if options.force and options.out is None:
        raise UsageError("--force goes with --out only")
    if options.out == "":
        raise UsageError("--out needs the name of a folder")
    if options.quota is not None and options.quota < 1:
        raise UsageError("--quota must be 1 or more")
    ways = [options.in_place, options.out is not None, options.check or options.diff]
    if sum(ways) > 1:
        raise UsageError("only one of --in-place, --out, --check and --diff", hint="--check and --diff go together")


def _minimised(options: Namespace, text: str) -> tuple[Minimised, Policy]:
    from jfml_policies.build.minimise import minimise
    from jfml_policies.policy.detect import is_policy_shaped
    from jfml_policies.policy.read import loads

    refuse_files_of_policies(text, options.path)
    try:
        policy = loads(text, kind=options.kind, resource_type=options.resource_type)
    except InputError as error:
        error.file = options.path
        raise
    if not is_policy_shaped(policy.tree):
        raise InputError("holds no policy", file=options.path, hint="a policy has a `Statement`")
    try:
        result = minimise(policy, quota=options.quota, wildcards=options.wildcards, drop_sids=options.drop_sids)
    except UndecidedError as error:
        raise InputError(str(error), file=options.path, hint="`jfml-policies check` tells what is wrong") from None
    return result, policy


def _texts(result: Minimised) -> list[str]:
    """Each policy in canonical layout, or where layout counts and is too much, without any."""
    from jfml_policies.policy.write import compact, write

    texts = []
    for policy in result.policies:
        laid_out = write(policy)
        counts = KINDS[policy.kind].counting == "all"
        texts.append(laid_out if not counts or len(laid_out) <= result.quota else compact(policy.tree) + "\n")
    return texts


# ------------------------------------------------------------------------------------------------ words


def _words(result: Minimised, policy: Policy) -> Iterator[str]:
    for step in result.steps:
        proof = "equivalent" if step.proof == "equivalent" else "nothing but actions that nobody knows yet is added"
        yield f"{step.text} ({proof})"
    for reason in result.skipped:
        yield f"skipped: {reason}"
    if result.admits:
        yield "these wildcards match no other action known today, but will match what AWS adds:"
        yield from (f"  {wildcard}" for wildcard in result.admits)
    yield _summary(result, policy)


def _summary(result: Minimised, policy: Policy) -> str:
    before, after = len(policy.statements), sum(len(one.statements) for one in result.policies)
    if len(result.policies) > 1:
        sizes = ", ".join(f"{size:,}" for size in result.sizes)
        return (
            f"{result.size_before:,} characters are more than {result.quota:,}: "
            f"split into {len(result.policies)} policies of {sizes}, which mean the same when all are attached"
        )
    if not result.is_smaller:
        return f"no smaller form was found: {count_of(result.size_before, 'character')} of {result.quota:,}"
    saved = 100 * (result.size_before - result.size) / result.size_before
    statements = f"{before} to {after} statements" if before != after else count_of(after, "statement")
    return (
        f"{result.size_before:,} to {result.size:,} characters of {result.quota:,}, {saved:.0f} % less; "
        f"{statements}, proved to mean the same" + (" but for actions to come" if result.admits else "")
    )


# ------------------------------------------------------------------------------------------------ output


def _write_diff(options: Namespace, console: Console, text: str, result: Minimised) -> None:
    from jfml_policies.cli.mending import diff_lines

    for line in diff_lines(options.path, text, "".join(_texts(result)), console.out_style):
        console.write(line)


def _write_out(options: Namespace, result: Minimised) -> None:
    from jfml_policies.cli.writing import write_files

    name = "policy" if options.path == STDIN else os.path.splitext(os.path.basename(options.path))[0]
    texts = _texts(result)
    names = [f"{name}.json"] if len(texts) == 1 else [f"{name}-{number}.json" for number in range(1, len(texts) + 1)]
    write_files(
        options.out, {file: text.encode() for file, text in zip(names, texts, strict=True)}, force=options.force
    )


def _replace(options: Namespace, text: str, policy: Policy, result: Minimised) -> None:
    from jfml_policies.cli.writing import replace_file

    if len(result.policies) > 1:
        raise InputError("takes several policies", file=options.path, hint="--out writes each into a file of its own")
    if (text[: policy.start] + text[policy.end :]).strip("\ufeff \t\r\n"):
        raise InputError("holds more than the policy", file=options.path, hint="--out writes the policy alone")
    (new,) = _texts(result)
    if new != text:
        replace_file(options.path, new.encode())


def _parser() -> Parser:
    quotas = ", ".join(f"{kind} {facts.quota:,}" for kind, facts in KINDS.items())
    parser = Parser("minimise", description=_DESCRIPTION, examples=_EXAMPLES, ending=_ENDING.format(quotas=quotas))
    parser.add_argument("path", metavar="POLICY", help="a file, or - for standard input")
    parser.option("--quota", type=int, metavar="N", help="most characters of a policy; that of its kind by default")
    parser.option("--wildcards", action="store_true", help="write lists of actions of Allows as wildcards, too")
    parser.option("--drop-sids", action="store_true", help="leave out the Sids")
    parser.option("--out", metavar="FOLDER", help="write NAME.json there, or NAME-1.json and so on; all or none")
    parser.option("--force", action="store_true", help="with --out: replace files that are there already")
    parser.option("--in-place", action="store_true", help="replace the file")
    parser.option("--diff", action="store_true", help="show the change and write nothing")
    parser.option("--check", action="store_true", help="write nothing; exit code 1 if the policy could be smaller")
    parser.option(
        "--kind",
        type=one_of("kind", sorted(ALL_KINDS)),
        metavar="KIND",
        help=f"kind of policy, inferred by default: {', '.join(sorted(ALL_KINDS))}",
    )
    parser.option("--resource-type", metavar="TYPE", help="of a resource policy, as in AWS::S3::Bucket")
    parser.option("-q", "--quiet", action="store_true", help="no explanation")
    parser.color_option()
    return parser
