"""JUnit's XML is well-formed, whatever a policy holds, and says what failed where."""

from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from jfml_policies.findings import Finding, Span
from jfml_policies.report.interface import FileReport, Settings
from jfml_policies.report.junit import render
from jfml_policies.report.suppressed import Suppressed


def show(*reports: FileReport) -> ET.Element:
    return ET.fromstring("".join(render(reports, Settings())))  # noqa: S314 -- our own text


def test_a_suite_a_file_and_a_case_a_finding(reports: list[FileReport]) -> None:
    suites = list(show(*reports))

    assert [("a.json", "2", "2", "0"), ("b.json", "1", "0", "0"), ("c.json", "1", "0", "1")] == [
        tuple(suite.attrib[name] for name in ("name", "tests", "failures", "errors")) for suite in suites
    ]
    assert [("broad-statement Read", "4"), ('invalid-action Read Action "s3:GetObjct"', "7")] == [
        (case.attrib["name"], case.attrib["line"]) for case in suites[0]
    ]
    assert "at: line 7, column 18 (Statement[0].Action[0])" in (suites[0][1][0].text or "")
    assert "`s3:GetObjct` is not an action of s3" == suites[0][1][0].attrib["message"]


def test_cases_have_names_of_their_own(finding: Finding) -> None:
    """GitLab reads only the first of cases with the same name."""
    [suite] = show(FileReport("a.json", None, (finding, finding)))
    first, second = [case.attrib["name"] for case in suite]

    assert f"{first} (2)" == second


def test_a_suppressed_finding_is_skipped(finding: Finding) -> None:
    """What somebody accepted is a case that did not run, with the reason."""
    [suite] = show(FileReport("a.json", suppressed=(Suppressed(finding, "configuration", "we know"),)))

    assert ("1", "0", "1") == tuple(suite.attrib[name] for name in ("tests", "failures", "skipped"))
    assert [("skipped", "we know")] == [(part.tag, part.attrib["message"]) for part in suite[0]]


def test_hostile_text_stays_data(hostile: FileReport) -> None:
    [suite] = show(hostile)

    assert ["testcase"] == [case.tag for case in suite]
    assert ["failure"] == [part.tag for part in suite[0]]
    assert [] == list(suite[0][0])


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_text_gives_well_formed_xml(name: str, text: str) -> None:
    finding = Finding("X", "error", text, (text, 0), Span(0, 1), hint=text, resource=text)

    [suite] = show(FileReport(name, text or "x", (finding,)))

    assert 1 == len(suite)
