"""Counts over a whole check, and the closing line made from them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from jfml_policies.findings import SEVERITIES, Severity

if TYPE_CHECKING:
    from jfml_policies.report.interface import FileReport
    from jfml_policies.report.style import Style

__all__ = ["Tally", "count_of"]


class Tally:
    """What was counted so far.

    Attributes:
        checked: files that were checked.
        failed: files that could not be.
        with_findings: files that have at least one finding.
        not_checked: policies inside files that could not be looked at.
        severities: findings by severity.
        safe: findings that a safe fix mends.
        unsafe: findings that only an unsafe fix mends.
    """

    __slots__ = ("checked", "failed", "not_checked", "safe", "severities", "unsafe", "with_findings")

    def __init__(self) -> None:
        self.checked: int = 0
        self.failed: int = 0
        self.with_findings: int = 0
        self.not_checked: int = 0
        self.severities: Counter[Severity] = Counter()
        self.safe: int = 0
        self.unsafe: int = 0

    @property
    def findings(self) -> int:
        """How many findings there are."""
        return self.severities.total()

    def add(self, report: FileReport) -> None:
        """Counts one more file."""
        if report.problem is not None:
            self.failed += 1
            return
        self.checked += 1
        self.with_findings += bool(report.findings)
        self.not_checked += len(report.not_checked)
        for finding in report.findings:
            self.severities[finding.severity] += 1
            if finding.fix is not None and finding.fix.edits:
                if finding.fix.safe:
                    self.safe += 1
                else:
                    self.unsafe += 1

    def as_json(self, *, skipped: int) -> dict[str, object]:
        """The `summary` of the JSON report."""
        return {
            "files_checked": self.checked,
            "files_skipped": skipped,
            "files_failed": self.failed,
            "files_with_findings": self.with_findings,
            "findings": self.findings,
            "not_checked": self.not_checked,
            "severities": {severity: self.severities[severity] for severity in SEVERITIES},
            "fixable": self.safe,
            "fixable_unsafe": self.unsafe,
        }

    def sentence(self, style: Style) -> str:
        """`found 3 problems in 1 of 2 files: 2 errors, 1 warning`, without a line end; for people."""
        kinds = ", ".join(
            style.paint(count_of(self.severities[severity], severity.replace("-", " ")), severity)
            for severity in SEVERITIES
            if self.severities[severity]
        )
        files = f"{self.with_findings} of {count_of(self.checked, 'file')}" if self.checked > 1 else "1 file"
        text = f"found {count_of(self.findings, 'problem')} in {files}: {kinds}"
        if self.safe:
            text += f"; `--fix` mends {self.safe}"
        if self.unsafe:
            text += (
                f"{', ' if self.safe else '; '}`--fix --unsafe-fixes` mends {self.unsafe}{' more' * bool(self.safe)}"
            )
        return text


def count_of(number: int, noun: str) -> str:
    """A count with its noun.

    >>> count_of(1, "file"), count_of(1200, "file")
    ('1 file', '1,200 files')
    """
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
