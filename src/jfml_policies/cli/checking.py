"""One file after another: read, lint, mend if asked, and report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from jfml_policies.cli.inputs import STDIN, mentions_statement, read_input
from jfml_policies.errors import InputError, RuleError
from jfml_policies.findings import SEVERITIES, Finding
from jfml_policies.linter import LintResult, lint_text
from jfml_policies.report.inert import inert
from jfml_policies.report.interface import FileReport
from jfml_policies.report.tally import Tally, count_of
from jfml_policies.sources.find import is_yaml, may_hold_policies

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from jfml_policies.cli.console import Console
    from jfml_policies.cli.file_settings import FileSettings
    from jfml_policies.cli.inputs import Input
    from jfml_policies.cli.sifting import Sieve
    from jfml_policies.linter.embedded import Inside
    from jfml_policies.report.style import Style

__all__ = ["Checking", "Mode"]

#: What to do about fixes: only report them, make them, or show what making them would change.
Mode = Literal["report", "fix", "diff"]

#: The progress line changes after so many files.
_STRIDE: Final = 20


class Checking:
    """The state of one run of `check`.

    Attributes:
        tally: counts of what was reported.
        skipped: files passed over because they hold no policy.
        unread: policies inside files that could not be looked at, as those known only at deployment.
        unreadable_yaml: YAML files passed over because PyYAML is not installed.
        mended: fixes that were made, or would be.
        would_change: whether `diff` mode found something to change.
        failing: whether a finding is as bad as the settings of its file say, or worse.
    """

    def __init__(
        self,
        console: Console,
        *,
        sieve: Sieve,
        hook: bool,
        verbose: bool,
        mode: Mode,
        unsafe: bool,
    ) -> None:
        self.tally = Tally()
        self.skipped = 0
        self.unread = 0
        self.unreadable_yaml = 0
        self.mended = 0
        self.would_change = False
        self.failing = False
        self._console = console
        self._sieve = sieve
        self._hook = hook
        self._verbose = verbose
        self._mode = mode
        self._unsafe = unsafe
        self._fixes_stdin = False

    @property
    def prints_findings(self) -> bool:
        """Whether findings go to standard output: in `diff` mode, and when standard input is mended, that is taken."""
        return self._mode != "diff" and not self._fixes_stdin

    def mended_sentence(self, style: Style) -> str:
        """`made 2 fixes`, for people."""
        verb = "would make" if self._mode == "diff" else "made"
        return style.paint(f"{verb} {self.mended:,} {'fix' if self.mended == 1 else 'fixes'}", "strong")

    def reports(self, inputs: Sequence[tuple[Input, FileSettings]]) -> Iterator[FileReport]:
        """The report of each file that holds a policy or can't be read, in order."""
        self._fixes_stdin = self._mode == "fix" and any(item.path == STDIN for item, _ in inputs)
        walked = any(not item.named for item, _ in inputs)
        for number, (item, settings) in enumerate(inputs):
            if walked and number % _STRIDE == 0:
                self._console.progress(f"checked {number:,} of {count_of(len(inputs), 'file')}")
            for found in self._check(item, settings):
                report = self._sieve.sift(found, settings)
                self.tally.add(report)
                limit = SEVERITIES.index(settings.fail_on)
                self.failing = self.failing or any(
                    SEVERITIES.index(finding.severity) <= limit for finding in report.findings
                )
                yield report

    def _check(self, item: Input, settings: FileSettings) -> list[FileReport]:
        try:
            return self._look_at(item, settings)
        except RuleError as error:
            return self._fail(item, error)

    def _look_at(self, item: Input, settings: FileSettings) -> list[FileReport]:
        lenient = self._hook or not item.named
        try:
            text = read_input(item)
        except InputError as error:
            if lenient and item.path != STDIN and not mentions_statement(item.path):
                return self._skip(item)
            return self._fail(item, error)
        try:
            inside = self._lint_inside(text, item, settings)
        except InputError as error:
            if not lenient:
                return self._fail(item, error)
            self.unreadable_yaml += 1
            return self._skip(item)
        if inside is not None:
            return self._check_inside(item, text, inside, settings)
        if is_yaml(text, item.shown):
            return self._skip(item) if lenient else self._fail(item, InputError("holds no policy"))
        reports: list[FileReport] = []
        mended: list[str] = []
        for part, start in _parts(item, text):
            result = self._lint(part, settings)
            if lenient and not _is_policy(result, part):
                return self._skip(item)
            if self._verbose and result.policy is not None:
                reason = result.policy.kind_reason
                self._console.say(f"{inert(item.shown)}: read as {result.policy.kind} policy: {inert(reason)}")
            if self._mode != "report":
                part, result = self._mended(part, lambda text: self._lint(text, settings), settings)
                mended.append(part[start:])
            # A text without findings is not needed any more.
            reports.append(FileReport(item.shown, part if result.findings else None, result.findings))
        return self._delivered(item, text, "".join(mended)) or reports

    def _check_inside(self, item: Input, text: str, inside: Inside, settings: FileSettings) -> list[FileReport]:
        """The report of a file that holds policies in something else: one report for all of them."""
        self.unread += len(inside.unread)
        if self._verbose:
            shown = inert(item.shown)
            self._console.say(f"{shown}: read as {inside.format} that holds {inside.policies:,} of the policies")
            for one in inside.unread:
                self._console.say(f"{shown}: {inert(one.resource)}: not checked, {inert(one.reason)}")
        if not inside.policies and not inside.unread:
            return self._skip(item)
        if self._mode != "report":
            mended, result = self._mended(text, lambda part: self._lint_whole(part, item, settings), settings)
            failed = self._delivered(item, text, mended)
            if failed or mended != text:
                return failed or [FileReport(item.shown, mended if result.findings else None, result.findings)]
        from jfml_policies.text.masked import masked

        shown_text = masked(text, inside.hidden) if inside.findings else None
        return [FileReport(item.shown, shown_text, inside.findings)]

    def _lint_whole(self, text: str, item: Input, settings: FileSettings) -> LintResult:
        """What is found in a file that holds policies in something else."""
        inside = self._lint_inside(text, item, settings)
        return LintResult(inside.findings if inside is not None else (), None, is_policy=True)

    def _lint_inside(self, text: str, item: Input, settings: FileSettings) -> Inside | None:
        # Most files are policies, and a hook starts often.
        if not may_hold_policies(text, item.shown):
            return None
        from jfml_policies.linter.embedded import lint_inside

        return lint_inside(text, item.shown, **settings.lint)

    def _mended(self, text: str, lint: Callable[[str], LintResult], settings: FileSettings) -> tuple[str, LintResult]:
        """A text after its fixes, and what is still found in it."""
        from jfml_policies.cli.mending import mend

        mended, result, made = mend(
            text, lint, unsafe=self._unsafe, wanted=lambda finding: self._is_mended(finding, settings)
        )
        self.mended += made
        return mended, result

    def _delivered(self, item: Input, before: str, after: str) -> list[FileReport]:
        """Hands over what was mended, where fixes were asked for; the report of a file that could not be written."""
        try:
            if self._mode != "report":
                self._deliver(item, before, after)
        except InputError as error:
            return self._fail(item, error)
        return []

    def _deliver(self, item: Input, before: str, after: str) -> None:
        if self._mode == "diff":
            if after != before:
                from jfml_policies.cli.mending import diff_lines

                self.would_change = True
                for line in diff_lines(item.shown, before, after, self._console.out_style):
                    self._console.write(line)
        elif item.path == STDIN:
            self._console.write(after)
        elif after != before:
            from jfml_policies.cli.writing import replace_file

            # A lone surrogate is no character of UTF-8; in JSON its escape means the same.
            replace_file(item.path, after.encode("utf-8", "backslashreplace"))

    def _lint(self, text: str, settings: FileSettings) -> LintResult:
        return lint_text(text, **settings.lint)

    def _is_mended(self, finding: Finding, settings: FileSettings) -> bool:
        """Whether a finding's fix is made: what somebody decided to live with stays as it is."""
        return not self._sieve.covers(finding, settings)

    def _skip(self, item: Input) -> list[FileReport]:
        self.skipped += 1
        if self._verbose:
            self._console.say(f"{inert(item.shown)}: passed over, not meant as a policy")
        return []

    def _fail(self, item: Input, error: InputError | RuleError) -> list[FileReport]:
        self._console.fail(f"{item.shown}: {error.message}", error.hint)
        return [FileReport(item.shown, problem=error.message)]


def _parts(item: Input, text: str) -> list[tuple[str, int]]:
    """The documents to check in a text, each with its start; only standard input may hold several."""
    if item.path != STDIN:
        return [(text, 0)]
    from jfml_policies.cli.documents import split_documents

    return split_documents(text)


def _is_policy(result: LintResult, text: str) -> bool:
    """Whether a file that nobody named is meant as a policy; broken JSON is when it speaks of statements."""
    return result.is_policy and (result.policy is not None or '"statement"' in text.lower())
