"""`risks`: how can a principal widen its own permissions, and what do its policies lay open?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jfml_policies.catalog import load
from jfml_policies.cli.asked_settings import AskedSettings, ReadAs
from jfml_policies.cli.documents import split_documents
from jfml_policies.cli.folders import is_policy_in_folder
from jfml_policies.cli.inputs import STDIN, find_inputs, read_input
from jfml_policies.cli.outputs import Outputs, output_options
from jfml_policies.cli.parser import Parser, comma_list, one_of
from jfml_policies.cli.settings_options import add_file_options
from jfml_policies.cli.single_policies import refuse_files_of_policies
from jfml_policies.diff.public_access import no_public_access
from jfml_policies.errors import JsonSyntaxError, UsageError
from jfml_policies.policy.kinds import KINDS
from jfml_policies.policy.read import loads
from jfml_policies.privilege.escalation import escalation
from jfml_policies.privilege.exposure import exposures
from jfml_policies.privilege.holdings import Holdings
from jfml_policies.report.risk import Public, RiskReport, Source, counts
from jfml_policies.report.risk_formats import RISK_FORMATS, risk_renderer
from jfml_policies.report.risk_headline import headline

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from jfml_policies.cli.console import Console
    from jfml_policies.cli.inputs import Input
    from jfml_policies.policy.kinds import Kind
    from jfml_policies.policy.nodes import Policy
    from jfml_policies.report.interface import Settings

__all__ = ["run"]

_DESCRIPTION: Final = """\
Says how whoever has all of these policies could widen its own permissions, and what they lay open: credentials,
permissions, sharing, data. Each escalation path is asked of what the policies allow, with conditions, resources,
iam:PassedToService and Deny: it is open, closed by something, or potential, where it depends on what the policies do
not tell. Each answer comes with the statements that grant it and a request as proof. Of the policies of resources and
roles among them it says whether they are public: whether strangers have access."""

_EXAMPLES: Final = (
    ("risks role/permissions.json", "one policy"),
    ("risks deploy.json logs.json --boundary boundary.json", "the policies of one principal, with its boundary"),
    ("risks --scp root.json --scp team.json deploy.json", "in an organization of two levels, of which each must allow"),
    ("risks --fail-on potential --output-format json deploy.json", "for a pipeline that wants to be sure"),
)
_ENDING: Final = """\
exit codes:
  0  no escalation path of the state that --fail-on names, or worse; exposure does not count
  1  there is one
  2  could not do the job: wrong usage, a file that can't be read, or a policy that AWS would refuse

Of resource and trust policies among those named it is told whether strangers have access; `no-public-access` is the
gate for that."""
_GATES: Final[dict[str, tuple[str, ...]]] = {"open": ("open",), "potential": ("open", "potential"), "never": ()}
_TAKING_PART: Final = ("identity", "boundary", "session")


def run(arguments: Sequence[str], console: Console) -> int:
    """Looks at the policies that the arguments name and returns the exit code."""
    options = _parser().parse(arguments)
    console.use_color(options.color)
    outputs = Outputs(options, console, verb="risks")
    reader = _Reader(AskedSettings(options))
    identity = reader.identity(options.policies)
    boundary = reader.of_kind(options.boundary, "boundary")
    scps = [reader.of_kind(level, "scp") for level in options.scp]
    # Without a policy of a principal there is nobody who could widen anything.
    holdings = Holdings(identity, boundary=boundary, scps=scps) if identity else None
    report = RiskReport(
        reader.sources,
        escalation(holdings) if holdings else (),
        exposures(holdings) if holdings else (),
        tuple(reader.notes),
        str(load().date),
        tuple(reader.public),
    )
    fails = any(counts(report)[state] for state in counts(report) if state in _GATES[options.fail_on])
    outputs.refuse(source.file for source in reader.sources.values())
    if outputs.writes_main and not options.quiet:
        console.say(headline(report).text)
    outputs.deliver(_each, [report], is_told=lambda _: fails or not options.quiet)
    return 1 if fails else 0


def _parser() -> Parser:
    parser = Parser("risks", description=_DESCRIPTION, examples=_EXAMPLES, ending=_ENDING)
    parser.add_argument("policies", nargs="*", metavar="POLICY", help="files, folders, or - for standard input")
    parser.option(
        "--boundary", action="append", default=[], metavar="FILE", help="the permissions boundary of the principal"
    )
    help_text = "service control policies of one level, commas between them; once for each level, the root first"
    parser.option("--scp", action="append", type=comma_list, default=[], metavar="FILES", help=help_text)
    parser.option(
        "--fail-on",
        type=one_of("gate", list(_GATES)),
        default="open",
        metavar="STATE",
        help="exit with 1 on escalation paths that are: open (default), potential (or open), or never",
    )
    add_file_options(parser)
    output_options(parser, RISK_FORMATS)
    parser.option("-q", "--quiet", action="store_true", help="print nothing when nothing fails")
    parser.color_option()
    return parser


def _each(name: str) -> Callable[[Iterable[RiskReport], Settings], Iterator[str]]:
    """A renderer of risks for any number of reports, of which there is one."""
    render = risk_renderer(name)
    return lambda reports, settings: (piece for report in reports for piece in render(report, settings))


class _Reader:
    """Reads policies and remembers where each was found."""

    def __init__(self, settings: AskedSettings) -> None:
        self._settings = settings
        self._places: dict[int, str] = {}
        self.sources: dict[int, Source] = {}
        self.notes: list[str] = []
        self.public: list[Public] = []
        self._kept: list[Policy] = []

    def identity(self, paths: Sequence[str]) -> list[Policy]:
        """The policies that are attached to the principal; those of resources and roles are asked about strangers.

        Raises:
            UsageError: there is none.
            InputError, JsonSyntaxError: a file can't be read.
        """
        found = []
        for policy in self._read(paths, None):
            if policy.kind in _TAKING_PART:
                found.append(policy)
            elif policy.kind in ("resource", "trust"):
                name = self.sources[id(policy)].file
                self.public.append(Public(name, no_public_access(policy), policy))
                notes = self._settings.outsiders(policy, self._places[id(policy)])
                self.notes += [f"{name}: {note}" for note in notes]
            else:
                name = self.sources[id(policy)].file
                self.notes.append(f"{name} takes no part: it is read as a {KINDS[policy.kind].title}")
        if not found and self.public:
            self.notes.append("no policy of a principal is named, so that there is no escalation path to look at")
        elif not found:
            hint = "`jfml-policies risks --help` shows what it takes"
            raise UsageError("there is no policy of a principal to look at", hint=hint)
        return found

    def of_kind(self, paths: Iterable[str], kind: Kind) -> list[Policy]:
        """The policies in some files, read as a kind."""
        return list(self._read(paths, kind))

    def _read(self, paths: Iterable[str], kind: Kind | None) -> Iterator[Policy]:
        inputs, problems = find_inputs(paths)
        for problem in problems:
            raise problem
        for item in inputs:
            for text in self._texts(item):
                refuse_files_of_policies(text, item.shown)
                read_as = ReadAs(kind) if kind is not None else self._settings.read_as(item.path)
                try:
                    policy = loads(text, kind=read_as.kind, resource_type=read_as.resource_type)
                except JsonSyntaxError as error:
                    error.file = item.shown
                    raise
                # Kept, so that its id stays its own.
                self._kept.append(policy)
                self._places[id(policy)] = item.path
                self.sources[id(policy)] = Source(item.shown, text)
                yield policy

    def _texts(self, item: Input) -> list[str]:
        text = read_input(item)
        if item.path == STDIN:
            return [part for part, _ in split_documents(text)]
        return [text] if item.named or is_policy_in_folder(item, text) else []
