"""`check`: finds mistakes in policies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jfml_policies.cli.checking import Checking
from jfml_policies.cli.configuration_files import ConfigurationFiles
from jfml_policies.cli.file_settings import settings_of
from jfml_policies.cli.inputs import find_inputs
from jfml_policies.cli.outputs import Outputs, output_options
from jfml_policies.cli.parser import Parser, one_of
from jfml_policies.cli.settings_options import add_settings_options, given_in
from jfml_policies.cli.sifting import Sieve
from jfml_policies.cli.today import present_day
from jfml_policies.cli.workers import count_of_jobs, jobs_option, sent_for, workers
from jfml_policies.errors import UsageError
from jfml_policies.findings import SEVERITIES
from jfml_policies.linter import retired_checks
from jfml_policies.linter.day import check_day
from jfml_policies.linter.not_checked import NOT_CHECKED
from jfml_policies.linter.registry import code_of
from jfml_policies.report.formats import FOR_PEOPLE, FORMATS, renderer
from jfml_policies.report.inert import inert
from jfml_policies.report.tally import count_of

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterable, Sequence

    from jfml_policies.cli.cache import Cache
    from jfml_policies.cli.console import Console
    from jfml_policies.linter.rule import Rule
    from jfml_policies.report.interface import RuleNote

__all__ = ["run"]

_DESCRIPTION: Final = """\
Finds mistakes in AWS IAM policies and says where, why and what to do about it.
Besides policies it reads CloudFormation and SAM templates, what `terraform show -json` prints, Terraform states and
answers of AWS's API. Folders are searched for *.json, *.yaml, *.yml, *.template and *.tfstate, and files in them that
hold no policy are passed over."""

_EXAMPLES: Final = (
    ("check trust.json", "one file; its kind is told from its content"),
    ("check --kind scp guardrails/", "every policy in a folder, read as a service control policy"),
    ("check - < trust.json", "standard input"),
    ("check template.yaml plan.json", "the policies in a template and in a plan, at their places there"),
    ("check --diff policies/", "show what --fix would change, without changing it"),
    ("check --output-format github --also sarif=out.sarif policies/", "annotations, and a file for code scanning"),
    ("check --jobs auto accounts/", "the answers of all accounts, with all processors"),
    ("check --baseline known.json policies/", "only what `baseline write` has not seen"),
    ("check --select grammar,invalid-action policies/", "only one family of rules and one rule more"),
)
_ENDING: Final = """\
exit codes:
  0  clean: no finding at or above --fail-on
  1  findings, or with --not-checked fail a policy that nobody could look at
  2  could not do the job: wrong usage, a file that can't be read, or nothing to check"""


def run(arguments: Sequence[str], console: Console) -> int:
    """Checks what the arguments name and returns the exit code."""
    options = _parser().parse(arguments)
    console.use_color(options.color)
    if not options.paths and not options.hook:
        raise UsageError("nothing to check", hint="name files or folders, or - for standard input")
    if options.statistics and options.output_format not in FOR_PEOPLE:
        raise UsageError(f"--statistics does not go with the format `{options.output_format}`")
    if options.statistics:
        options.output_format = "statistics"
    outputs = Outputs(options, console, verb="check")
    # A misspelt day must not wait for the first file, nor wrong settings.
    today = check_day(options.today) if options.today is not None else present_day()
    if not options.quiet:
        _say_retired(console, given_in(options).ignore)
    inputs, problems = find_inputs(options.paths)
    for problem in problems:
        console.fail(str(problem), problem.hint)
    outputs.refuse(item.path for item in inputs)
    files = ConfigurationFiles(options.config, isolated=options.isolated)
    settled = settings_of(inputs, files, given_in(options), today=today, hook=options.hook)
    if not options.quiet:
        for note in files.notes:
            console.say(f"note: {inert(note)}")
    if options.show_settings:
        from jfml_policies.cli.show_settings import show_settings

        show_settings(settled, console)
        return 2 if problems else 0
    sieve = Sieve(today)
    for _, one in settled:
        sieve.prepare(one)
    own_rules = {rule: None for _, one in settled for rule in one.lint["settings"].rules}
    cache: Cache | None = None
    if options.cache is not None:
        from jfml_policies.cli.cache import Cache

        cache = Cache(options.cache)
    checking = Checking(
        console,
        sieve=sieve,
        hook=options.hook,
        verbose=options.verbose,
        mode="diff" if options.diff else "fix" if options.fix else "report",
        unsafe=options.unsafe_fixes,
        cache=cache,
    )
    jobs = count_of_jobs(options.jobs if options.jobs is not None or not options.hook else 1, inputs)
    with workers(jobs, sent_for(settled)) as executor:
        outputs.deliver(
            renderer,
            checking.reports(settled, executor),
            is_shown=lambda: checking.prints_findings,
            rules=lambda: _rule_notes(own_rules),
            skipped=lambda: checking.skipped,
        )
    fault = cache.save() if cache is not None else None
    if fault is not None:
        console.say(f"warning: nothing is kept for the next run, {inert(options.cache)} can't be written: {fault}")
    return _close(console, options, checking, sieve, failed=bool(problems))


def _close(console: Console, options: Namespace, checking: Checking, sieve: Sieve, *, failed: bool) -> int:
    """Says how it went, and returns the exit code."""
    tally = checking.tally
    nothing = not tally.checked and not tally.failed and not failed and not options.hook
    if not options.quiet:
        if checking.mended:
            console.say(checking.mended_sentence(console.err_style))
        if tally.findings:
            console.say(tally.sentence(console.err_style))
        elif options.verbose:
            console.say(f"checked {tally.checked:,}, found nothing")
        if options.verbose and (sieve.suppressed or sieve.known):
            accepted = f"{sieve.suppressed:,} suppressed, {sieve.known:,} in the baseline"
            console.say(f"not counted: {accepted}")
        for remark in sieve.remarks():
            console.say(f"warning: {inert(remark)}")
        if tally.not_checked:
            console.say(
                f"not checked: {count_of(tally.not_checked, 'document')} known only at deployment (-v names them)"
            )
        if checking.unreadable_yaml:
            files = count_of(checking.unreadable_yaml, "YAML file")
            console.say(f"passed over: {files} that may hold policies; `pip install 'jfml-policies[yaml]'` reads them")
        if options.verbose and checking.skipped:
            console.say(f"passed over {checking.skipped:,}: not meant as a policy")
    if nothing:
        hint = "files in folders are checked when they are JSON or YAML and hold a policy; a named file always is"
        console.fail("there is no policy in what was named", hint)
    if tally.failed or failed or nothing:
        return 2
    return 1 if (checking.failing or checking.would_change) and not options.exit_zero else 0


def _parser() -> Parser:
    parser = Parser("check", description=_DESCRIPTION, examples=_EXAMPLES, ending=_ENDING)
    parser.add_argument("paths", nargs="*", metavar="PATH", help="files, folders, or - for standard input")
    add_settings_options(parser)
    parser.option(
        "--fail-on",
        type=one_of("severity", SEVERITIES),
        metavar="SEVERITY",
        help="the mildest severity that gives exit code 1: error, security-warning, warning (default), suggestion",
    )
    parser.option(
        "--not-checked",
        type=one_of("answer", NOT_CHECKED),
        metavar="ANSWER",
        help="what policies do that only deployment knows, so that nobody can look at them: note (default), or fail, "
        "which gives exit code 1",
    )
    parser.option("--exit-zero", action="store_true", help="exit with 0 in spite of findings")
    parser.option("--fix", action="store_true", help="make the safe fixes, which keep the policy's meaning")
    parser.option("--unsafe-fixes", action="store_true", help="with --fix or --diff: also those that may change it")
    parser.option("--diff", action="store_true", help="show what --fix would change, and change nothing")
    output_options(parser, FORMATS)
    parser.option("--statistics", action="store_true", help="count findings by rule instead of listing them")
    parser.option("--baseline", metavar="FILE", help="count only findings that are not in FILE, of `baseline write`")
    parser.option("--show-settings", action="store_true", help="show what holds for each file, and check nothing")
    jobs_option(parser)
    parser.option("--cache", metavar="FOLDER", help="keep results there, so that files that stay are not checked again")
    parser.option("--today", metavar="DAY", help="judge dates as on this day, as in 2026-10-27")
    parser.option("--hook", action="store_true", help="pass over named files, too, when they hold no policy")
    parser.option("-v", "--verbose", action="store_true", help="say what each file was read as, and count the rest")
    parser.option("-q", "--quiet", action="store_true", help="print findings only, no closing line")
    parser.color_option()
    return parser


def _say_retired(console: Console, ignored: Iterable[str]) -> None:
    """Tells which of the ignored checks no longer exist, so that a configuration can be tidied."""
    for name in ignored:
        check = retired_checks.find(code_of(name))
        if check is not None:
            console.say(f"note: {retired_checks.no_effect(f'--ignore {check.name}', check)}")


def _rule_notes(own: Iterable[type[Rule]]) -> Iterable[RuleNote]:
    from jfml_policies.cli.rule_notes import rule_notes

    return rule_notes(own)
