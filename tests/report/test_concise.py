from __future__ import annotations

from jfml_policies.findings import Finding
from jfml_policies.report.concise import render
from jfml_policies.report.interface import FileReport, Settings


def test_one_line_a_finding(reports: list[FileReport]) -> None:
    """Place, severity, rule and message, and a mark where a safe fix exists."""
    assert [
        "a.json:4:5: security-warning[broad-statement]: everybody may write\n",
        "a.json:7:18: error[invalid-action]: `s3:GetObjct` is not an action of s3 [*]\n",
    ] == list(render(reports, Settings()))


def test_hostile_text_stays_on_its_line(hostile: FileReport) -> None:
    """Line ends and escape sequences in names and messages are written as escapes."""
    (line,) = render([hostile], Settings())

    assert line.removesuffix("\n").isprintable()


def test_endless_messages_are_cut() -> None:
    """A message that quotes megabytes of a policy is cut to a bearable length."""
    (line,) = render([FileReport("f", None, (Finding("C", "error", "x" * 5_000_000),))], Settings())

    assert len(line) < 1_100
