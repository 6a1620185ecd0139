"""`baseline write`: writes down what `check` finds today, so that only new findings count."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from jfml_policies.cli.checking import Checking
from jfml_policies.cli.configuration_files import ConfigurationFiles
from jfml_policies.cli.file_settings import settings_of
from jfml_policies.cli.inputs import find_inputs
from jfml_policies.cli.parser import Parser
from jfml_policies.cli.settings_options import add_settings_options, given_in
from jfml_policies.cli.sifting import Sieve, name_in_baseline
from jfml_policies.cli.today import present_day
from jfml_policies.cli.workers import count_of_jobs, jobs_option, sent_for, workers
from jfml_policies.cli.writing import replace_file, write_files
from jfml_policies.errors import UsageError
from jfml_policies.linter.baseline import Known, baseline_text
from jfml_policies.linter.day import check_day
from jfml_policies.record import replace
from jfml_policies.report.inert import inert
from jfml_policies.report.tally import count_of
from jfml_policies.text.lasting_name import lasting_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jfml_policies.cli.console import Console
    from jfml_policies.cli.file_settings import FileSettings
    from jfml_policies.cli.inputs import Input

__all__ = ["DEFAULT_BASELINE", "run"]

DEFAULT_BASELINE: Final = ".jfml-policies-baseline.json"

_DESCRIPTION: Final = """\
Writes down what `check` finds today, so that `check --baseline FILE` counts only what is new.
Lines may move and statements change places; a second finding of the same kind is new all the same.
What a suppression in the settings accepts is left out."""

_EXAMPLES: Final = (
    ("baseline write policies/", f"writes {DEFAULT_BASELINE}, or the file that the settings name"),
    ("baseline write --output known.json policies/", "writes another file"),
)
_ENDING: Final = """\
exit codes:
  0  written
  2  could not do the job: nothing is written"""


def run(arguments: Sequence[str], console: Console) -> int:
    """Writes a baseline and returns the exit code."""
    parser = _parser()
    action, rest = (arguments[0], arguments[1:]) if arguments else ("", arguments)
    if action in ("-h", "--help"):
        rest = arguments
    elif action != "write":
        raise UsageError(
            f"`baseline` can't `{action}`" if action else "what to do with the baseline is not said",
            hint="`jfml-policies baseline write PATH` writes one; `check --baseline FILE` heeds it",
        )
    options = parser.parse(rest)
    console.use_color(options.color)
    if not options.paths and not options.hook:
        raise UsageError("nothing to check", hint="name files or folders, or - for standard input")
    today = check_day(options.today) if options.today is not None else present_day()
    inputs, problems = find_inputs(options.paths)
    for problem in problems:
        console.fail(str(problem), problem.hint)
    files = ConfigurationFiles(options.config, isolated=options.isolated)
    settled = settings_of(inputs, files, given_in(options), today=today, hook=options.hook)
    output = options.output or _configured(settled) or DEFAULT_BASELINE
    folder = os.path.dirname(os.path.abspath(output))
    jobs = count_of_jobs(options.jobs, inputs)
    found = _found(settled, console, folder=folder, today=today, hook=options.hook, jobs=jobs)
    if problems or found is None:
        return 2
    _write(output, baseline_text(found).encode())
    console.say(
        f"wrote {count_of(len(found), 'finding')} of {count_of(len({known.file for known in found}), 'file')} "
        f"to {inert(output)}"
    )
    return 0


def _found(
    settled: Sequence[tuple[Input, FileSettings]], console: Console, *, folder: str, today: str, hook: bool, jobs: int
) -> list[Known] | None:
    """What is found in some files; None when one could not be checked."""
    checking = Checking(console, sieve=Sieve(today), hook=hook, verbose=False, mode="report", unsafe=False)
    # What an older baseline holds belongs into the new one.
    inputs = [(item, replace(settings, baseline=None)) for item, settings in settled]
    names = {item.shown: name_in_baseline(settings.path, folder) for item, settings in inputs}
    found: list[Known] = []
    with workers(jobs, sent_for(settled)) as executor:
        for report in checking.reports(inputs, executor):
            found += [Known(names[report.file], lasting_name(finding, report.text)) for finding in report.findings]
    if not checking.tally.checked and not checking.tally.failed and not hook:
        console.fail("there is no policy in what was named")
        return None
    return None if checking.tally.failed else found


def _configured(settled: Sequence[tuple[Input, FileSettings]]) -> str | None:
    """The baseline that the settings name.

    Raises:
        UsageError: they name several.
    """
    named = sorted({settings.baseline for _, settings in settled if settings.baseline is not None})
    if len(named) > 1:
        raise UsageError("the settings of these files name several baselines", hint="say which one by --output")
    return named[0] if named else None


def _write(path: str, data: bytes) -> None:
    if os.path.lexists(path):
        replace_file(path, data)
    else:
        folder, name = os.path.split(path)
        write_files(folder or ".", {name: data}, force=False)


def _parser() -> Parser:
    parser = Parser("baseline write", description=_DESCRIPTION, examples=_EXAMPLES, ending=_ENDING)
    parser.add_argument("paths", nargs="*", metavar="PATH", help="files, folders, or - for standard input")
    parser.option("--output", metavar="FILE", help=f"where to; {DEFAULT_BASELINE} unless the settings name another")
    add_settings_options(parser)
    jobs_option(parser)
    parser.option("--today", metavar="DAY", help="judge dates as on this day, as in 2026-10-27")
    parser.option("--hook", action="store_true", help="pass over named files, too, when they hold no policy")
    parser.color_option()
    return parser
