"""`needs`: what policies allow beyond a need, and what they lack of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jfml_policies.catalog import load
from jfml_policies.cli.answers import deliver_answers, shared_options
from jfml_policies.cli.asked_settings import AskedSettings
from jfml_policies.cli.inputs import STDIN
from jfml_policies.cli.need_documents import NeedDocument, asked_by_spec, check_kinds, made, read_documents
from jfml_policies.cli.need_remarks import assume_option, assumed, need_remarks
from jfml_policies.cli.outputs import Outputs, asked_formats
from jfml_policies.cli.parser import Parser, one_of
from jfml_policies.diff.remarks import Remark
from jfml_policies.diff.sides import Side
from jfml_policies.errors import UndecidedError, UsageError
from jfml_policies.privilege.excess import Gap, gap
from jfml_policies.privilege.remedy import how_to_add, how_to_remove
from jfml_policies.report.answer import Answer, Piece, Spot

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from jfml_policies.cli.console import Console
    from jfml_policies.cli.recorded_calls import RecordedCalls
    from jfml_policies.privilege.excess import Difference
    from jfml_policies.report.answer import Effect

__all__ = ["run"]

_DESCRIPTION: Final = """\
Says what the policies of one principal allow beyond what is needed (excess), and what they lack of it (shortage): as
sets of requests, compared exactly, the riskiest piece first, each with its statement, a request as proof and a remedy.
All policies count together, so that a Deny in one takes away what another allows; of a folder those of roles and
resources that lie beside the principal's are left out. What is needed is told by another policy, by tasks, by a role's
spec, or by the calls that CloudTrail recorded; any of these may be combined, and then all is needed. A recorded call
lacks nothing where a policy allows it under conditions that its record shows to hold. Where records do not tell what a
call needed, the answer is unknown rather than exact. What a service called with the principal's permissions may be
needed: it is no excess, and where it is not granted the answer is unknown; --with-service-calls counts it as needed."""

_EXAMPLES: Final = (
    ("needs role/permissions.json --needed reference.json", "a policy that allows exactly what is needed"),
    ("needs policies/ --needed needed/", "several policies of one principal, and several of the need"),
    (
        "needs permissions.json --task 's3-read bucket=acme prefix=train' --task 's3-write bucket=acme-scores'",
        "what a workload does; `needs --tasks` lists the tasks and their parameters",
    ),
    ("needs role/permissions.json --spec role.yaml", "the role that a spec for JFrog ML asks for"),
    (
        "needs permissions.json --used trail/ --principal arn:aws:iam::111122223333:role/scoring --fail-on shortage",
        "calls of the past that the policy would refuse",
    ),
    (
        "needs permissions.json --needed reference.json --assume aws:SecureTransport=true",
        "with a Deny of calls without TLS, which are not looked at",
    ),
)
_ENDING: Final = """\
exit codes:
  0  exactly the need is granted, or nothing that --fail-on names is the matter
  1  there is excess or shortage, or that could not be excluded
  2  could not do the job: wrong usage, no such file, no policy, no CloudTrail record, broken JSON"""
_FAIL_ON: Final = ("any", "excess", "shortage", "never")


def run(arguments: Sequence[str], console: Console) -> int:
    """Compares what the arguments name and returns the exit code."""
    from jfml_policies.cli.recorded_calls import doubts_of
    from jfml_policies.privilege.usage.call_gap import gap_to_calls

    options = _parser().parse(arguments)
    console.use_color(options.color)
    if options.tasks:
        from jfml_policies.cli.task_flags import list_tasks

        return list_tasks(console)
    if [*options.policies, *options.needed, options.spec, options.used].count(STDIN) > 1:
        raise UsageError("standard input can be read only once, and `-` is given more often")
    read = [*options.policies, *options.needed, *filter(None, [options.spec])]
    outputs = Outputs(options, console, verb="needs", inputs=read)
    assuming = assumed(options.assume)
    settings = AskedSettings(options)
    notes: list[Remark] = []
    granted = read_documents(options.policies, settings, notes)
    if not granted:
        raise UsageError("no policy is named", hint="`jfml-policies needs POLICY --needed NEED`")
    needed, calls, need = _need(options, console, settings, notes)
    check_kinds([*granted, *needed])
    least, doubts = needed, [] if calls is None else [*doubts_of(calls)]
    try:
        if calls is None:
            found = gap([one.policy for one in granted], [one.policy for one in needed], assuming=assuming)
        else:
            has, needs = ([one.policy for one in some] for some in (granted, needed))
            used = gap_to_calls(has, needs, calls.usage, assuming=assuming)
            found, side = used.gap, Side(options.used, None)
            doubts += used.doubts
            least = [*needed, *([NeedDocument(side, used.least)] if used.least is not None else [])]
            needed = [*needed, NeedDocument(side, used.most)]
    except UndecidedError as error:
        found = Gap((), (), (str(error),))
    attached, asked = ([(one.side, one.policy) for one in some] for some in (granted, least))
    notes += need_remarks(found, attached, asked, assuming)
    answer = _answer(found, doubts, granted, needed, least, need, notes)
    if "html" in asked_formats(options):
        from jfml_policies.diff.picture import picture_of

        sides = [[one.policy for one in side] for side in (needed, granted)]
        answer = answer._replace(picture=picture_of(*sides))
    deliver_answers(outputs, [answer], options, console)
    return 1 if _fails(found, doubts, options.fail_on) else 0


def _parser() -> Parser:
    from jfml_policies.cli.recorded_calls import usage_options
    from jfml_policies.cli.task_flags import task_options

    parser = Parser("needs", description=_DESCRIPTION, examples=_EXAMPLES, ending=_ENDING)
    parser.add_argument("policies", nargs="*", metavar="POLICY", help="files, folders, REV:path, or -")
    parser.option(
        "--needed",
        action="append",
        default=[],
        metavar="POLICY",
        help="a policy, or a folder of them, that allows exactly what is needed; may be repeated",
    )
    task_options(parser)
    parser.option("--spec", metavar="FILE", help="the spec of a JFrog ML role, as `build jfrog-ml --spec` takes it")
    usage_options(parser)
    assume_option(parser)
    parser.option(
        "--fail-on",
        type=one_of("choice", _FAIL_ON),
        default=_FAIL_ON[0],
        metavar="WHAT",
        help="what gives exit code 1: any (default), excess, shortage, never",
    )
    shared_options(parser)
    return parser


def _need(
    options: Namespace, console: Console, settings: AskedSettings, notes: list[Remark]
) -> tuple[list[NeedDocument], RecordedCalls | None, str]:
    """The policies that say what is needed, the calls that do, and what to call all that; adds what to know of it."""
    from jfml_policies.cli.recorded_calls import read_usage, told_of

    needed = read_documents(options.needed, settings, notes)
    names = list(options.needed)
    if options.task:
        from jfml_policies.cli.task_flags import tasks_document

        needed.append(made(tasks_document(options.task), "the tasks"))
        names.append("the tasks")
    if options.spec is not None:
        needed += asked_by_spec(options.spec)
        names.append(options.spec)
    calls = read_usage(options, console)
    if calls is not None:
        names.append(options.used)
        notes += [Remark(text, "used") for text in told_of(calls, all_of_them=options.tell_all)]
    if not names:
        ways = "--needed POLICY, --task TASK, --spec FILE or --used RECORDS"
        raise UsageError("nothing says what is needed", hint=ways)
    return needed, calls, ", ".join(names)


def _answer(
    found: Gap,
    doubts: Sequence[str],
    granted: list[NeedDocument],
    needed: list[NeedDocument],
    least: list[NeedDocument],
    need: str,
    notes: Iterable[Remark],
) -> Answer:
    pieces = [
        *_pieces("excess", found.excess, granted, needed, how_to_remove),
        *_pieces("shortage", found.shortage, least, granted, how_to_add),
    ]
    return Answer(
        "needs",
        "fail" if pieces else "unknown" if found.unknown or doubts else "pass",
        ", ".join(one.side.name for one in granted),
        need,
        pieces=tuple(pieces),
        unknown=tuple([Remark(text) for text in (*found.unknown, *doubts)]),
        notes=tuple(notes),
        catalog_date=str(load().date),
        asked=tuple([one.side for one in granted]),
        is_well=found.is_exact and not doubts,
    )


def _pieces(
    effect: Effect,
    differences: Iterable[Difference],
    own: list[NeedDocument],
    other: list[NeedDocument],
    remedy: Callable[[Difference], str],
) -> Iterator[Piece]:
    for one in differences:
        assert one.source is not None  # whoever compares documents knows the statements
        side = own[one.source.document].side
        deny = None
        if one.deny is not None:
            deny = Spot(other[one.deny.document].side, one.deny.statement.path, one.deny.statement.span)
        span = one.source.statement.span
        yield Piece(effect, one.region, side.name, side.text, span, deny, remedy(one), one.risk)


def _fails(found: Gap, doubts: Sequence[str], fail_on: str) -> bool:
    match fail_on:
        case "never":
            return False
        case "excess":
            # A need that may be larger makes no excess.
            return bool(found.excess or found.unknown)
        case "shortage":
            return bool(found.shortage or found.unknown or doubts)
        case _:
            return bool(doubts) or not found.is_exact
