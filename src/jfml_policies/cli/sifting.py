"""Takes findings out of reports that a suppression or a baseline accepts, and tells what of these is out of date."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from jfml_policies.cli.inputs import shown_from_here
from jfml_policies.errors import InputError
from jfml_policies.record import replace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jfml_policies.cli.file_settings import FileSettings
    from jfml_policies.findings import Finding
    from jfml_policies.linter.baseline import Known
    from jfml_policies.linter.suppression import Suppression
    from jfml_policies.report.interface import FileReport

__all__ = ["Sieve"]


class Sieve:
    """What was accepted in a run; it does not matter how findings were found.

    Args:
        today: the day by which suppressions are over.

    Attributes:
        suppressed: how many findings suppressions took out.
        known: how many the baselines took out.
    """

    def __init__(self, today: str) -> None:
        self.suppressed = 0
        self.known = 0
        self._today = today
        self._met: dict[Suppression, bool] = {}
        self._baselines: dict[str, _Baseline] = {}

    def covers(self, finding: Finding, settings: FileSettings) -> bool:
        """Whether a suppression accepts a finding."""
        return self._suppression(finding, settings) is not None

    def prepare(self, settings: FileSettings) -> None:
        """Reads the baseline of a file, so that a fault in it does not wait for the file.

        Raises:
            InputError: it can't be read.
        """
        if settings.baseline is not None:
            self._baseline(settings.baseline)

    def sift(self, report: FileReport, settings: FileSettings) -> FileReport:
        """The report with the findings that are accepted set apart."""
        if report.problem is not None or (settings.configuration is None and settings.baseline is None):
            return report
        from jfml_policies.report.suppressed import Suppressed

        codes = settings.codes
        for suppression in self._suppressions(settings):
            if suppression.code in codes:
                self._met.setdefault(suppression, False)
        left: list[Finding] = []
        apart: list[Suppressed] = []
        for finding in report.findings:
            found = self._suppression(finding, settings)
            if found is None:
                left.append(finding)
            else:
                self._met[found] = True
                apart.append(Suppressed(finding, "configuration", found.reason))
        self.suppressed += len(apart)
        if settings.baseline is not None:
            left, known = self._baseline(settings.baseline).sift(left, report.text, settings)
            self.known += len(known)
            apart += [Suppressed(finding, "baseline", "it was there before") for finding in known]
        apart.sort(key=lambda one: (one.finding.span.start if one.finding.span else -1, one.finding.code))
        return replace(report, findings=tuple(left), suppressed=tuple(apart))

    def remarks(self) -> Iterator[str]:
        """What is out of date, a line each: suppressions that are over or accept nothing, and entries of baselines."""
        for suppression, is_used in sorted(self._met.items(), key=lambda pair: pair[0].place):
            rule = suppression.code.lower().replace("_", "-")
            if suppression.is_over(self._today):
                yield (
                    f"{suppression.place}: the suppression of `{rule}` ended on {suppression.until}, "
                    "so its findings count again"
                )
            elif not is_used:
                yield f"{suppression.place}: the suppression of `{rule}` accepts nothing that was found"
        for path, baseline in self._baselines.items():
            gone = baseline.gone()
            if gone:
                entries = (
                    "1 finding of the baseline no longer occurs"
                    if gone == 1
                    else (f"{gone:,} findings of the baseline no longer occur")
                )
                yield f"{shown_from_here(path)}: {entries}; `jfml-policies baseline write` takes them out"

    def _suppression(self, finding: Finding, settings: FileSettings) -> Suppression | None:
        for suppression in self._suppressions(settings):
            if suppression.covers(finding) and not suppression.is_over(self._today):
                return suppression
        return None

    def _suppressions(self, settings: FileSettings) -> Iterator[Suppression]:
        if settings.configuration is not None:
            for suppression in settings.configuration.suppressions:
                if suppression.files.matches(settings.path):
                    yield suppression

    def _baseline(self, path: str) -> _Baseline:
        if path not in self._baselines:
            self._baselines[path] = _Baseline(path)
        return self._baselines[path]


class _Baseline:
    """A baseline while its findings are met one after another."""

    def __init__(self, path: str) -> None:
        from jfml_policies.linter.baseline import read_baseline
        from jfml_policies.text.read import read_text

        self._folder = os.path.dirname(os.path.abspath(path))
        try:
            self._left = read_baseline(read_text(path), shown_from_here(path))
        except InputError as error:
            hint = error.hint or "`jfml-policies baseline write` makes it"
            raise InputError(error.message, file=error.file, hint=hint) from None
        self._checked: dict[str, frozenset[str]] = {}

    def sift(
        self, findings: list[Finding], text: str | None, settings: FileSettings
    ) -> tuple[list[Finding], list[Finding]]:
        """Findings that are new, and those that were there before.

        Of several that share all that a baseline knows of them, the first ones are taken for the old ones.
        """
        from jfml_policies.linter.baseline import Known
        from jfml_policies.text.lasting_name import lasting_name

        file = name_in_baseline(settings.path, self._folder)
        self._checked[file] = settings.codes
        new: list[Finding] = []
        old: list[Finding] = []
        for finding in findings:
            known = Known(file, lasting_name(finding, text))
            if self._left[known] > 0:
                self._left[known] -= 1
                old.append(finding)
            else:
                new.append(finding)
        return new, old

    def gone(self) -> int:
        """How many findings no longer occur in the files that were checked, or whose file is no longer there."""
        return sum(count for known, count in self._left.items() if count > 0 and self._is_judged(known))

    def _is_judged(self, known: Known) -> bool:
        codes = self._checked.get(known.file)
        if codes is not None:
            return known.name.code in codes
        return known.file != "-" and not os.path.lexists(os.path.join(self._folder, known.file))


def name_in_baseline(path: str, folder: str) -> str:
    """How a baseline in a folder calls the file of an absolute path; standard input stays `-`."""
    return path if path == "-" else os.path.relpath(path, folder).replace(os.sep, "/")
