"""`diff`: compares two policies by meaning."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jfml_policies.cli.answers import answer_of_comparison, deliver_answers, shared_options
from jfml_policies.cli.asked_settings import AskedSettings
from jfml_policies.cli.outputs import Outputs, asked_formats
from jfml_policies.cli.parser import Parser, one_of
from jfml_policies.cli.sides import read_two
from jfml_policies.diff.inside import compare_inside
from jfml_policies.diff.pairs import compare_sides
from jfml_policies.errors import InputError
from jfml_policies.report.answer import Answer

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

    from jfml_policies.cli.console import Console
    from jfml_policies.diff.pairs import Compared
    from jfml_policies.diff.sides import Side

__all__ = ["run"]

_DESCRIPTION: Final = """\
Says what NEW allows that OLD does not, and the other way round: what each document alone allows, compared exactly,
however it is written. Each piece of access comes with a request that proves it. A document is a file, `REV:path` of
a git repository, or - for standard input. In templates and plans each policy is compared with that of the same
resource; what only deployment knows may be anything, and what is attached by name is compared by name; a Deny that is
gone there may be missed, as other policies stand beside it. What can't be decided is said to be unknown, with the
reason."""

_EXAMPLES: Final = (
    ("diff old.json new.json", "two files"),
    (
        "diff HEAD:roles/trust.json roles/trust.json",
        "your change since the last commit; paths count from the root",
    ),
    ("diff HEAD~3:./trust.json HEAD:./trust.json", "two revisions; ./ counts from this folder"),
    ("diff --git origin/main", "every policy that changed since a branch, templates included"),
    ("diff --git HEAD~1 --output-format markdown roles/", "one folder, for a comment on a pull request"),
    ("diff HEAD:template.yaml template.yaml", "a template, resource by resource"),
    ("diff --fail-on any before.json after.json", "is my rewrite safe? only the same meaning gives 0"),
)
_ENDING: Final = """\
relations of NEW to OLD:
  equivalent    the same requests are allowed
  narrower      fewer
  wider         more
  incomparable  some more, some fewer
  unknown       neither a proof nor a request was found; the reason is told

exit codes:
  0  nothing that --fail-on names
  1  NEW is wider or incomparable, or that could not be excluded; with --fail-on any: anything but equivalent
  2  could not do the job: wrong usage, no such file or revision, no policy, broken JSON"""
_FAIL_ON: Final = ("wider", "any", "never")


def run(arguments: Sequence[str], console: Console) -> int:
    """Compares what the arguments name and returns the exit code."""
    options = _parser().parse(arguments)
    console.use_color(options.color)
    if options.git is not None:
        from jfml_policies.cli.changed_files import compare_changed_files

        return compare_changed_files(options, console)
    outputs = Outputs(options, console, verb="diff", inputs=options.paths)
    old, new = read_two(options.paths, "diff")
    read_as = AskedSettings(options).read_sides_as(old, new)
    inside = compare_inside(old, new, kind=read_as.kind, resource_type=read_as.resource_type)
    if inside is not None:
        return _report_inside(inside, old, new, options, console, outputs)
    compared = compare_sides(old, new, kind=read_as.kind, resource_type=read_as.resource_type)
    if compared is None:
        raise InputError(f"neither `{old.name}` nor `{new.name}` holds a policy", hint="a policy has a `Statement`")
    answer = answer_of_comparison(compared, is_pictured="html" in asked_formats(options))
    deliver_answers(outputs, [answer], options, console)
    return 1 if compared.fails_on(options.fail_on) else 0


def _report_inside(
    inside: list[Compared], old: Side, new: Side, options: Namespace, console: Console, outputs: Outputs
) -> int:
    """Reports on the policies of two templates or plans."""
    is_pictured = "html" in asked_formats(options)
    answers = [answer_of_comparison(one, is_pictured=is_pictured) for one in inside]
    if not inside:
        answers = [Answer("diff", "equivalent", new.name, old.name, is_well=True)]
    deliver_answers(outputs, answers, options, console, several=True)
    return 1 if any(one.fails_on(options.fail_on) for one in inside) else 0


def _parser() -> Parser:
    parser = Parser("diff", description=_DESCRIPTION, examples=_EXAMPLES, ending=_ENDING)
    parser.usage = "jfml-policies diff [options] OLD NEW\n       jfml-policies diff [options] --git REV [PATH ...]"
    parser.add_argument(
        "paths", nargs="*", metavar="OLD NEW", help="the documents; with --git: only these files and folders"
    )
    parser.option(
        "--git",
        metavar="REV",
        help="compare every file that changed since REV and holds policies: *.json, *.yaml, *.yml, *.template, "
        "*.tfstate; files that git does not know yet are left out until `git add`",
    )
    parser.option(
        "--fail-on",
        type=one_of("choice", _FAIL_ON),
        default=_FAIL_ON[0],
        metavar="WHAT",
        help="what gives exit code 1: wider (default), any, never",
    )
    shared_options(parser)
    return parser
