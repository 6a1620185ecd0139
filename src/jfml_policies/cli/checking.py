"""One file after another: read, lint, mend if asked, and report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from jfml_policies.cli.inputs import STDIN, mentions_statement, read_input
from jfml_policies.cli.progress import Progress
from jfml_policies.errors import InputError, PolicyError, RuleError
from jfml_policies.findings import SEVERITIES, Finding
from jfml_policies.linter import LintResult, lint_text
from jfml_policies.linter.look import Plain, look
from jfml_policies.linter.portions import Text, look_at_all
from jfml_policies.record import record
from jfml_policies.report.inert import inert
from jfml_policies.report.interface import FileReport, NotChecked
from jfml_policies.report.tally import Tally
from jfml_policies.sources.find import find_policies
from jfml_policies.sources.found import Unread
from jfml_policies.text.lines import LineIndex

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from jfml_policies.cli.cache import Cache
    from jfml_policies.cli.console import Console
    from jfml_policies.cli.file_settings import FileSettings
    from jfml_policies.cli.inputs import Input
    from jfml_policies.cli.sifting import Sieve
    from jfml_policies.linter.ahead import Submitting
    from jfml_policies.linter.embedded import Inside
    from jfml_policies.linter.portions import Seen
    from jfml_policies.report.style import Style

__all__ = ["Checking", "Mode"]

#: What to do about fixes: only report them, make them, or show what making them would change.
Mode = Literal["report", "fix", "diff"]


@record(eq=False)
class _Read:
    """A file, what holds for it, its text or why it could not be read, and what an earlier run knows of it."""

    item: Input
    settings: FileSettings
    text: str | None
    problem: InputError | None
    key: str | None
    known: tuple[Seen] | None


class Checking:
    """The state of one run of `check`.

    Attributes:
        tally: counts of what was reported.
        skipped: files passed over because they hold no policy.
        unreadable_yaml: YAML files passed over because PyYAML is not installed.
        mended: fixes that were made, or would be.
        would_change: whether `diff` mode found something to change.
        failing: whether a finding is as bad as the settings of its file say, or worse, or a policy could not be looked
            at and they say that this fails.
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
        cache: Cache | None = None,
    ) -> None:
        self.tally = Tally()
        self.skipped = 0
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
        self._cache = cache
        self._fixes_stdin = False

    @property
    def prints_findings(self) -> bool:
        """Whether findings go to standard output: in `diff` mode, and when standard input is mended, that is taken."""
        return self._mode != "diff" and not self._fixes_stdin

    def mended_sentence(self, style: Style) -> str:
        """`made 2 fixes`, for people."""
        verb = "would make" if self._mode == "diff" else "made"
        return style.paint(f"{verb} {self.mended:,} {'fix' if self.mended == 1 else 'fixes'}", "strong")

    def reports(
        self, inputs: Sequence[tuple[Input, FileSettings]], executor: Submitting | None = None
    ) -> Iterator[FileReport]:
        """The report of each file that holds a policy or can't be read, in order.

        Args:
            inputs: the files, each with what holds for it.
            executor: does the looking, in other processes; what is reported is the same.
        """
        self._fixes_stdin = self._mode == "fix" and any(item.path == STDIN for item, _ in inputs)
        progress = Progress(self._console, len(inputs))
        for text, seen in look_at_all(self._texts(inputs), executor, told=progress.inside):
            read = text.key
            if read.known is not None:
                (seen,) = read.known
            elif self._cache is not None and read.key is not None:
                self._cache.put(read.key, seen)
            for found in self._check(read, read.text, seen):
                report = self._sieve.sift(found, read.settings)
                self.tally.add(report)
                limit = SEVERITIES.index(read.settings.fail_on)
                self.failing = self.failing or any(
                    SEVERITIES.index(finding.severity) <= limit for finding in report.findings
                )
                if report.not_checked and read.settings.not_checked == "fail":
                    self.failing = True
                yield report
            progress.file()

    def _texts(self, inputs: Sequence[tuple[Input, FileSettings]]) -> Iterator[Text[_Read]]:
        for item, settings in inputs:
            text: str | None = None
            problem: InputError | None = None
            try:
                text = read_input(item)
            except InputError as error:
                problem = error
            key: str | None = None
            known: tuple[Seen] | None = None
            if self._cache is not None and text is not None:
                key = self._cache.key(text, item.shown, settings.lint)
                known = self._cache.get(key) if key is not None else None
            read = _Read(item, settings, text, problem, key, known)
            yield Text(read, text if known is None else None, item.shown, settings.lint)

    def _check(self, read: _Read, text: str | None, seen: Seen) -> list[FileReport]:
        item, settings = read.item, read.settings
        lenient = self._hook or not item.named
        if text is None:
            if lenient and item.path != STDIN and not mentions_statement(item.path):
                return self._skip(item)
            return self._fail(item, read.problem or InputError("cannot be read"))
        if isinstance(seen, InputError) and lenient:
            self.unreadable_yaml += 1
            return self._skip(item)
        try:
            if isinstance(seen, PolicyError):
                raise seen
            if isinstance(seen, Plain):
                return self._check_plain(item, text, seen, settings, lenient=lenient)
            if seen is not None:
                return self._check_inside(item, text, seen, settings)
        except (InputError, RuleError) as error:
            return self._fail(item, error)
        return self._skip(item) if lenient else self._fail(item, InputError("holds no policy"))

    def _check_plain(
        self, item: Input, text: str, seen: Plain, settings: FileSettings, *, lenient: bool
    ) -> list[FileReport]:
        """The reports of the documents of a file: one, but on standard input."""
        reports: list[FileReport] = []
        mended: list[str] = []
        for part, start in _parts(item, text):
            one = seen if part is text else look(part, **settings.lint)
            if not isinstance(one, Plain) or (lenient and not one.is_policy):
                return self._skip(item)
            if self._verbose and one.kind is not None:
                self._console.say(f"{inert(item.shown)}: read as {one.kind} policy: {inert(one.kind_reason)}")
            findings = one.findings
            if self._mode != "report":
                part, result = self._mended(part, lambda text: lint_text(text, **settings.lint), settings)
                mended.append(part[start:])
                findings = result.findings
            # A text without findings is not needed any more.
            reports.append(FileReport(item.shown, part if findings else None, findings))
        return self._delivered(item, text, "".join(mended)) or reports

    def _check_inside(self, item: Input, text: str, inside: Inside, settings: FileSettings) -> list[FileReport]:
        """The report of a file that holds policies in something else: one report for all of them."""
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
            if failed:
                return failed
            if mended != text:
                after = find_policies(mended, item.shown)
                unread = [one for one in after.policies if isinstance(one, Unread)] if after is not None else []
                shown_text = mended if result.findings else None
                return [FileReport(item.shown, shown_text, result.findings, not_checked=_not_checked(unread, mended))]
        from jfml_policies.text.masked import masked

        shown_text = masked(text, inside.hidden) if inside.findings else None
        return [FileReport(item.shown, shown_text, inside.findings, not_checked=_not_checked(inside.unread, text))]

    def _lint_whole(self, text: str, item: Input, settings: FileSettings) -> LintResult:
        """What is found in a file that holds policies in something else."""
        from jfml_policies.linter.embedded import lint_inside

        inside = lint_inside(text, item.shown, **settings.lint)
        return LintResult(inside.findings if inside is not None else (), None, is_policy=True)

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

    def _is_mended(self, finding: Finding, settings: FileSettings) -> bool:
        """Whether a finding's fix is made: what somebody decided to live with stays as it is."""
        return not self._sieve.covers(finding, settings)

    def _skip(self, item: Input) -> list[FileReport]:
        self.skipped += 1
        if self._verbose:
            self._console.say(f"{inert(item.shown)}: passed over, not meant as a policy")
        return []

    def _fail(self, item: Input, error: PolicyError) -> list[FileReport]:
        self._console.fail(f"{item.shown}: {error.message}", error.hint)
        return [FileReport(item.shown, problem=error.message)]


def _not_checked(unread: Sequence[Unread], text: str) -> tuple[NotChecked, ...]:
    """What to report of policies that could not be looked at, in the file's text."""
    if not unread:
        return ()
    lines = LineIndex(text)
    return tuple(
        [
            NotChecked(one.resource, one.reason, None if one.span is None else lines.position(one.span.start)[0])
            for one in unread
        ]
    )


def _parts(item: Input, text: str) -> list[tuple[str, int]]:
    """The documents to check in a text, each with its start; only standard input may hold several."""
    if item.path != STDIN:
        return [(text, 0)]
    from jfml_policies.cli.documents import split_documents

    return split_documents(text)
