from __future__ import annotations

from jfml_policies.report.interface import FileReport, Settings
from jfml_policies.report.statistics import render


def test_rules_by_number_of_findings(reports: list[FileReport]) -> None:
    """The rule with most findings comes first; a mark tells of safe fixes."""
    twice = [*reports, FileReport("d.json", None, reports[0].findings[1:])]

    assert "".join(render(twice, Settings())) == (
        "2  error             invalid-action  [*]\n1  security-warning  broad-statement\n"
    )


def test_nothing_found_is_nothing_said() -> None:
    """Without findings there is no table."""
    assert not list(render([FileReport("a.json")], Settings()))
