"""`can`: decides one request by the policies that apply to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jfml_policies.access.evaluate import evaluate
from jfml_policies.access.request import Request
from jfml_policies.cli.documents import split_documents
from jfml_policies.cli.inputs import STDIN, find_inputs, read_input
from jfml_policies.cli.parser import Parser, comma_list, one_of
from jfml_policies.cli.single_policies import refuse_files_of_policies
from jfml_policies.errors import UsageError
from jfml_policies.policy.detect import is_policy_shaped
from jfml_policies.policy.read import loads
from jfml_policies.report.inert import inert, well_formed
from jfml_policies.text.parse import parse_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from jfml_policies.access.decision import Decision, Outcome, StatementPlace
    from jfml_policies.access.documents import Document
    from jfml_policies.cli.console import Console
    from jfml_policies.cli.inputs import Input
    from jfml_policies.report.style import Ink, Style

__all__ = ["run"]

_DESCRIPTION: Final = """\
Says whether AWS would allow one request, which statement decides, and what is missing where it would not.
The policies are those of whoever asks and of the resource; their kinds are told from their content. What a policy
that is not given would have to add is taken for granted, and a note says so."""

_EXAMPLES: Final = (
    ("can --action s3:GetObject --resource arn:aws:s3:::acme/a.csv - < permissions.json", "standard input"),
    (
        "can --action sts:AssumeRole --principal arn:aws:sts::377488441568:assumed-role/qwak-eks-base/s trust.json",
        "may a session of that role assume the role that has this trust policy?",
    ),
    (
        "can --action s3:GetObject --context aws:SourceVpc=vpc-1 --context aws:SecureTransport=true permissions.json",
        "with condition keys; a key that is given twice has two values",
    ),
    (
        "can --action ec2:RunInstances --scp full.json,regions.json --scp team.json permissions.json",
        "an organization with two levels, of which each must allow",
    ),
)
_ENDING: Final = """\
exit codes:
  0  allowed
  1  denied
  2  could not tell: wrong usage, a file that can't be read, or a policy that AWS would refuse"""
_FORMATS: Final = ("full", "json")
_INKS: Final[dict[Outcome, Ink]] = {
    "allowed": "added",
    "explicitly-denied": "removed",
    "implicitly-denied": "removed",
    "unknown": "warning",
}


def run(arguments: Sequence[str], console: Console) -> int:
    """Decides what the arguments ask and returns the exit code."""
    options = _parser().parse(arguments)
    console.use_color(options.color)
    request = Request(options.action, options.resource, options.principal, _context(options.context))
    decision = evaluate(
        list(_documents(options.policies)),
        request,
        boundary=list(_documents(options.boundary)),
        session=list(_documents(options.session)),
        endpoint=list(_documents(options.endpoint)),
        scps=[list(_documents(level)) for level in options.scp],
        rcps=[list(_documents(level)) for level in options.rcp],
        derive_keys=not options.no_derived_keys,
    )
    if options.output_format == "json":
        console.write(_json(decision))
    else:
        console.write(_full(decision, console.out_style))
    return 2 if decision.outcome == "unknown" else 0 if decision.allowed else 1


def _parser() -> Parser:
    parser = Parser("can", description=_DESCRIPTION, examples=_EXAMPLES, ending=_ENDING)
    parser.add_argument("policies", nargs="*", metavar="POLICY", help="files, folders, or - for standard input")
    parser.option("--action", required=True, metavar="ACTION", help="what is to be done: s3:GetObject")
    parser.option("--resource", default="*", metavar="ARN", help="to what; `*` (default) for actions without resource")
    parser.option(
        "--principal",
        metavar="WHO",
        help="who asks: the ARN of a user, a role's session or an account's root, a service, or `anonymous`",
    )
    parser.option("--context", action="append", default=[], metavar="KEY=VALUE", help="a condition key of the request")
    parser.option("--no-derived-keys", action="store_true", help="don't work out keys such as aws:PrincipalArn")
    for name, what in (
        ("--boundary", "the permissions boundary of whoever asks"),
        ("--session", "a session policy"),
        ("--endpoint", "the policy of the VPC endpoint that the call goes through"),
    ):
        parser.option(name, action="append", default=[], metavar="FILE", help=what)
    for name, what in (("--scp", "service control policies"), ("--rcp", "resource control policies")):
        help_text = f"{what} of one level, commas between them; once for each level, the root first"
        parser.option(name, action="append", type=comma_list, default=[], metavar="FILES", help=help_text)
    parser.option(
        "--output-format",
        type=one_of("output format", _FORMATS),
        default=_FORMATS[0],
        metavar="FORMAT",
        help=f"one of: {', '.join(_FORMATS)}",
    )
    parser.color_option()
    return parser


def _context(pairs: Iterable[str]) -> dict[str, list[str]]:
    context: dict[str, list[str]] = {}
    for pair in pairs:
        key, equals, value = pair.partition("=")
        if not (key and equals):
            raise UsageError(f"`{pair}` gives no condition key a value", hint="write --context aws:SourceVpc=vpc-1")
        context.setdefault(key, []).append(value)
    return context


def _documents(paths: Iterable[str]) -> Iterator[Document]:
    """The policies in some files; what else lies in a folder is passed over.

    Raises:
        InputError: a file or folder cannot be read, or holds no JSON.
    """
    inputs, problems = find_inputs(paths)
    for problem in problems:
        raise problem
    for item in inputs:
        yield from _documents_in(item)


def _documents_in(item: Input) -> Iterator[Document]:
    from pathlib import Path

    if item.path == STDIN:
        for text, _ in split_documents(read_input(item)):
            refuse_files_of_policies(text, STDIN)
            yield loads(text)
    elif item.named:
        refuse_files_of_policies(read_input(item), item.shown)
        yield Path(item.path)
    elif is_policy_shaped(parse_json(read_input(item))):
        yield Path(item.path)


def _full(decision: Decision, style: Style) -> str:
    first, *others = map(inert, decision.lines())
    outcome, colon, rest = first.partition(":")
    return "".join(f"{line}\n" for line in (style.paint(outcome, _INKS[decision.outcome]) + colon + rest, *others))


def _json(decision: Decision) -> str:
    import json

    missing = decision.missing
    document = {
        "version": 1,
        "outcome": decision.outcome,
        "allowed": decision.allowed,
        "reason": well_formed(decision.reason),
        "deciding": decision.deciding and _place(decision.deciding),
        "allowing": [_place(place) for place in decision.allowing],
        "missing": missing
        and {
            **_place(missing.statement),
            "needs": [{"path": _path(need.path), "message": well_formed(need.message)} for need in missing.needs],
        },
        "notes": [well_formed(note) for note in decision.notes],
    }
    return json.dumps(document, indent=1) + "\n"


def _place(place: StatementPlace) -> dict[str, object]:
    return {
        "document": well_formed(place.name),
        "kind": place.kind,
        "path": _path(place.path),
        "sid": None if place.sid is None else well_formed(place.sid),
    }


def _path(path: Iterable[str | int]) -> list[str | int]:
    return [well_formed(step) if isinstance(step, str) else step for step in path]
