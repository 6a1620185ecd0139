from __future__ import annotations

from jfml_policies.findings import Edit, Finding, Fix, Span
from jfml_policies.report.interface import FileReport
from jfml_policies.report.style import PLAIN
from jfml_policies.report.tally import Tally


def sentence(*reports: FileReport) -> str:
    tally = Tally()
    for report in reports:
        tally.add(report)
    return tally.sentence(PLAIN)


def finding(*, safe: bool | None = None) -> Finding:
    fix = None if safe is None else Fix("t", (Edit(Span(0, 1), "x"),), safe=safe)
    return Finding("CODE", "warning", "m", fix=fix)


def test_the_closing_line_counts_and_offers_fixes() -> None:
    """One file is `1 file`, more are a share; safe and unsafe fixes are offered apart."""
    assert sentence(FileReport("a", None, (finding(),))) == "found 1 problem in 1 file: 1 warning"
    assert sentence(FileReport("a", None, (finding(safe=True), finding(safe=False))), FileReport("b")) == (
        "found 2 problems in 1 of 2 files: 2 warnings; `--fix` mends 1, `--fix --unsafe-fixes` mends 1 more"
    )
    assert sentence(FileReport("a", None, (finding(safe=False),))) == (
        "found 1 problem in 1 file: 1 warning; `--fix --unsafe-fixes` mends 1"
    )


def test_a_file_that_failed_was_not_checked() -> None:
    """What could not be read counts apart."""
    tally = Tally()
    tally.add(FileReport("a", problem="no such file"))

    assert (tally.checked, tally.failed, tally.findings) == (0, 1, 0)
