from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jfml_policies.findings import SEVERITIES, Edit, Finding, Fix, Related, Span
from jfml_policies.record import replace
from jfml_policies.report.html_report import render
from jfml_policies.report.interface import FileReport, RuleNote, Settings
from jfml_policies.report.suppressed import Suppressed

Read = Callable[..., Any]


def test_a_page_tells_all_of_a_finding(read_page: Read, reports: list[FileReport]) -> None:
    """Severity, message, rule, place, element, Sid, lines, the marked place, notes, remedy and fix."""
    page = read_page(render(reports, Settings(version="1.2")))

    for part in (
        "2 problems in 1 of 2 files, 1 file could not be checked",
        "s3:GetObjct is not an action of s3",
        "invalid-action",
        "a.json:7:18",
        "Statement[0].Action[0]",
        "Read",
        "↑ on this resource",
        "did you mean s3:GetObject?",
        "replace s3:GetObjct by s3:GetObject (--fix, safe)",
        "c.json: no such file",
        "jfml-policies 1.2",
    ):
        assert part in page.text


def test_the_place_is_marked_in_its_lines(reports: list[FileReport]) -> None:
    """The primary place has the severity's mark, a related one a mark of its own, and lines have numbers."""
    page = "".join(render(reports, Settings()))

    assert (
        '<span class="number">7</span><span class="source">      &quot;Action&quot;: '
        '[<mark class="error">&quot;s3:GetObjct&quot;</mark>, &quot;s3:PutObject&quot;],</span>' in page
    )
    assert '<mark class="related">&quot;*&quot;</mark>' in page


def test_a_fix_shows_the_lines_before_and_after(reports: list[FileReport]) -> None:
    """As a change of lines, with signs."""
    page = "".join(render(reports, Settings()))

    assert (
        '<span class="number">&#8722;</span><span class="source">      &quot;Action&quot;: [&quot;s3:GetObjct' in page
    )
    assert '<span class="number">+</span><span class="source">      &quot;Action&quot;: [&quot;s3:GetObject' in page


def test_findings_are_counted_by_rule_and_by_file(read_page: Read, reports: list[FileReport]) -> None:
    """Two tables link to the findings, with the rule's summary where it is known."""
    note = RuleNote("INVALID_ACTION", "invalid-action", "error", "An action does `not` exist.", "")
    page = read_page(render(reports, Settings(rules=lambda: [note])))

    assert 2 == page.counts["table"]
    assert "An action does not exist." in page.text
    assert 2 == page.classes["finding"]


def test_severities_can_be_hidden(reports: list[FileReport]) -> None:
    """A box for each severity that occurs, ticked; the style does the rest."""
    page = "".join(render(reports, Settings()))

    assert 2 == page.count('<input type="checkbox" id="show-')
    assert '<input type="checkbox" id="show-security-warning" checked>' in page


def test_a_clean_check_says_so(read_page: Read) -> None:
    """No table, no filter, and how much was checked."""
    page = read_page(render([FileReport("a.json"), FileReport("b.json")], Settings(skipped=lambda: 3)))

    assert "clean No problem was found" in page.text
    assert "2 files checked · 3 passed over, as they hold no policy" in page.text
    assert 0 == page.counts["table"]


def test_a_check_that_failed_is_not_clean(read_page: Read) -> None:
    """Files that could not be checked stand first."""
    page = read_page(render([FileReport("a.json", problem="no such `file`")], Settings()))

    assert "incomplete No problem was found, 1 file could not be checked" in page.text
    assert "a.json: no such file" in page.text


def test_a_resource_is_named(read_page: Read, finding: Finding) -> None:
    """Where a file holds several policies, the finding says whose it is."""
    owned = replace(finding, resource="aws_iam_role.<reader>")
    page = read_page(render([FileReport("plan.json", None, (owned,))], Settings()))

    assert "in aws_iam_role.<reader>" in page.text


def test_findings_that_do_not_count_stand_apart(read_page: Read, finding: Finding) -> None:
    """With who took them out and why; a check with nothing else is clean."""
    suppressed = Suppressed(finding, "configuration", "known, see `TICKET-1`")
    page = read_page(render([FileReport("a.json", "{}", suppressed=(suppressed,) * 250)], Settings()))

    assert "clean No problem was found" in page.text
    assert "a.json:1:3errorinvalid-actionconfigurationknown, see TICKET-1" in page.text
    assert "50 more suppressed findings are not shown here" in page.text


def test_hostile_text_stays_text(read_page: Read, hostile: FileReport) -> None:
    """Nothing that a policy or a file name holds becomes an element, an attribute or an invisible character."""
    suppressed = (Suppressed(hostile.findings[0], "baseline", hostile.file),)
    failed = FileReport(hostile.file, problem=hostile.file)
    page = read_page(render([replace(hostile, suppressed=suppressed), failed], Settings()))

    assert "\\x1b[31m\\u202e\\x0d\\x0a::error::x\\u2028\\ud800" in page.text


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.text(), st.text(max_size=40), st.integers(0, 60), st.integers(0, 60), st.integers(0, 60))
def test_any_text_and_any_place_make_a_page(
    read_page: Read, source: str, words: str, start: int, end: int, other: int
) -> None:
    """Whatever the texts are and wherever the spans lie, in the text or not, the page is whole."""
    span = Span(start, max(start, end))
    finding = Finding(
        code=words,
        severity="warning",
        message=words,
        path=(words, 1),
        span=span,
        hint=words,
        fix=Fix(words, (Edit(Span(min(start, len(source)), min(span.end, len(source))), words),)),
        related=(Related((), Span(other, other + 3), words), Related((), None, words)),
        sid=words,
        resource=words,
    )
    read_page(render([FileReport(words, source, (finding,))], Settings()))


def test_a_page_of_ten_thousand_findings_stays_usable(read_page: Read, finding: Finding) -> None:
    """Some of each severity are shown, the counts tell of all, and the page says how many are left out."""
    reports = [
        FileReport(
            f"{number}.json", "{}\n" * 40, (replace(finding, span=Span(3, 5), severity=SEVERITIES[number % 4]),) * 100
        )
        for number in range(100)
    ]
    pieces = list(render(reports, Settings()))
    page = read_page(pieces)

    assert 1_200 == page.classes["finding"]
    assert (
        "8,800 of 10,000 findings (2,200 errors, 2,200 security warnings, 2,200 warnings, 2,200 suggestions)"
        in page.text
    )
    assert sum(map(len, pieces)) < 4_000_000


def test_one_file_does_not_fill_the_page(read_page: Read, finding: Finding) -> None:
    """Of a file with very many findings a part is shown."""
    page = read_page(render([FileReport("a.json", None, (finding,) * 1_000)], Settings()))

    assert 150 == page.classes["finding"]
    assert "850 more findings of this file are not shown here; --output-format json has all." in page.text


def test_very_many_files_are_counted(read_page: Read, finding: Finding) -> None:
    """The table of files is cut, and says so."""
    page = read_page(render([FileReport(f"{number}", None, (finding,)) for number in range(700)], Settings()))

    assert "200 more files with findings are not shown here" in page.text


def test_a_line_of_megabytes_is_cut(read_page: Read, finding: Finding) -> None:
    """Only what lies around the place is shown."""
    source = '["' + "x" * 2_000_000 + '", "here"]'
    span = Span(source.index('"here"'), len(source) - 1)
    pieces = list(
        render([FileReport("a.json", source, (replace(finding, span=span, fix=None, related=()),))], Settings())
    )
    read_page(pieces)

    assert '<mark class="error">&quot;here&quot;</mark>' in "".join(pieces)
    assert sum(map(len, pieces)) < 40_000


def test_the_same_reports_make_the_same_page(reports: list[FileReport], hostile: FileReport) -> None:
    """No clock, no chance."""
    pages = ["".join(render([*reports, hostile], Settings())) for _ in range(2)]

    assert pages[0] == pages[1]
