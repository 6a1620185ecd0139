"""`diff --git`: one changed file after another."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from jfml_policies.cli.answers import answer_of_comparison, deliver_answers
from jfml_policies.cli.asked_settings import AskedSettings
from jfml_policies.cli.inputs import STDIN
from jfml_policies.cli.outputs import Outputs, asked_formats
from jfml_policies.diff.files import compare_files
from jfml_policies.diff.remarks import Remark
from jfml_policies.diff.revisions import Changed
from jfml_policies.errors import InputError, UsageError
from jfml_policies.report.answer import Answer
from jfml_policies.report.tally import count_of

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator

    from jfml_policies.cli.console import Console

__all__ = ["compare_changed_files"]

#: The progress line changes after so many files.
_STRIDE: Final = 20


def compare_changed_files(options: Namespace, console: Console) -> int:
    """Reports every policy that changed since a revision and returns the exit code.

    Raises:
        UsageError: the revision looks like an option or is a range, or a path is standard input.
        InputError: git is not installed, or there is no repository or revision.
    """
    if STDIN in options.paths:
        raise UsageError("standard input does not go with --git")
    run = _Run(options, console)
    outputs = Outputs(options, console, verb="diff")
    deliver_answers(outputs, run.answers(), options, console, several=True, skipped=lambda: run.skipped)
    if not options.quiet:
        console.say(run.sentence())
    if run.failed:
        return 2
    return 1 if run.is_bad else 0


class _Run:
    """What was counted so far."""

    __slots__ = ("_console", "_options", "failed", "is_bad", "relations", "skipped")

    def __init__(self, options: Namespace, console: Console) -> None:
        self._options = options
        self._console = console
        self.relations: Counter[str] = Counter()
        self.skipped = 0
        self.failed = 0
        self.is_bad = False

    def answers(self) -> Iterator[Answer]:
        """The answer for each changed file that holds a policy, or held one."""
        options = self._options
        with Changed(options.git, options.paths) as changed:
            files = changed.files()
            settings = AskedSettings(options)
            for file in files:
                settings.check(changed.place(file))
            for number, file in enumerate(files):
                if number % _STRIDE == 0:
                    self._console.progress(f"compared {number:,} of {count_of(len(files), 'file')}")
                try:
                    old, new = changed.sides(file)
                    read_as = settings.read_as(changed.place(file))
                    found = compare_files(old, new, kind=read_as.kind, resource_type=read_as.resource_type)
                except InputError as error:
                    self.failed += 1
                    self.relations["unknown"] += 1
                    self._console.fail(str(error), error.hint)
                    before, after = changed.names(file)
                    # A report that goes elsewhere must not pass the file over in silence.
                    yield Answer("diff", "unknown", after, before, unknown=(Remark(str(error)),))
                    continue
                if found is None:
                    self.skipped += 1
                    continue
                if not found:
                    self.relations["equivalent"] += 1
                    yield Answer("diff", "equivalent", new.name, old.name, is_well=True)
                for compared in found:
                    self.relations[compared.relation] += 1
                    self.is_bad = self.is_bad or compared.fails_on(options.fail_on)
                    yield answer_of_comparison(compared, is_pictured="html" in asked_formats(options))

    def sentence(self) -> str:
        """`compared 3 policies: 1 wider, 2 equivalent`."""
        total = self.relations.total()
        if not total:
            return f"no policy changed since {self._options.git}"
        words = ", ".join(f"{number:,} {relation}" for relation, number in self.relations.most_common())
        noun = "policy" if total == 1 else "policies"
        return f"compared {total:,} {noun}: {words}"
