"""What a renderer is given and what it gives back.

A renderer takes the reports of files as they come and yields pieces of text to be written one after another. It never
prints, never fails on what a policy or file name holds, and gives the same text for the same input.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from jfml_policies.record import record
from jfml_policies.report.style import PLAIN, Style

if TYPE_CHECKING:
    from jfml_policies.findings import Finding, Severity
    from jfml_policies.report.suppressed import Suppressed

__all__ = ["FileReport", "NotChecked", "Renderer", "RuleNote", "Settings"]


@record
class NotChecked:
    """A policy inside a file that nobody could look at, as one that only deployment knows.

    Attributes:
        resource: the address of what it belongs to.
        reason: why, as a clause: `it is known only after apply`.
        line: the line of the file that it is about, or None where that is not known.
    """

    resource: str
    reason: str
    line: int | None = None


@record
class FileReport:
    """What a check has to say of one file.

    Attributes:
        file: the name to show, with forward slashes; `-` is standard input.
        text: the file's text, which the findings' spans count in; None when it could not be read.
        findings: the findings, sorted by place.
        problem: why the file could not be checked, one line, or None.
        suppressed: findings that do not count, sorted by place.
        not_checked: policies inside the file that could not be looked at, in the file's order.
    """

    file: str
    text: str | None = None
    findings: tuple[Finding, ...] = ()
    problem: str | None = None
    suppressed: tuple[Suppressed, ...] = ()
    not_checked: tuple[NotChecked, ...] = ()


@record
class RuleNote:
    """What a report tells of a rule beside its findings.

    Attributes:
        code: as in `INVALID_ACTION`.
        name: as in `invalid-action`.
        severity: the severity of its findings.
        summary: one line.
        page: the rule's page in Markdown.
        confidence: how likely a finding is right: `high`, `medium` or `low`.
        family: what it is about, as in `trust`; empty when that is not told.
        security: how bad it is for security, from above 0 to 10; None when that is not its subject.
    """

    code: str
    name: str
    severity: Severity
    summary: str
    page: str
    confidence: str = "high"
    family: str = ""
    security: float | None = None


def _no_rules() -> tuple[RuleNote, ...]:
    return ()


@record
class Settings:
    """What a renderer may want to know beside the findings.

    Attributes:
        style: colours, or none.
        width: columns of a line for people.
        version: of this program.
        rules: gives every rule; called only by formats that describe rules.
        skipped: gives how many files were left out because they hold no policy; asked after the last report.
        root: the folder that reports for programs name files from, absolute; empty when there is none.
        verb: which question was asked, as in `check`.
    """

    style: Style = PLAIN
    width: int = 120
    version: str = "0"
    rules: Callable[[], Iterable[RuleNote]] = _no_rules
    skipped: Callable[[], int] = int
    root: str = ""
    verb: str = "check"


Renderer = Callable[[Iterable[FileReport], Settings], Iterator[str]]
