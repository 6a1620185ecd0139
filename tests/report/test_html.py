"""The page stands alone, is well-formed whatever a policy holds, and can be read by everybody."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jfml_policies.findings import Finding, Span
from jfml_policies.record import replace
from jfml_policies.report.html import MOST_FINDINGS, render
from jfml_policies.report.html_style import COLOURS
from jfml_policies.report.interface import FileReport, Settings

ALLOWED = {
    *("html", "head", "meta", "title", "style", "body", "main", "header", "footer", "section", "article"),
    *("h1", "h2", "h3", "p", "ul", "li", "strong", "span", "pre", "mark", "code", "dl", "dt", "dd"),
}


class Page(HTMLParser):
    """The elements of a page, balanced or not, and its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.open: list[str] = []
        self.words: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert tag == self.open.pop()

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return "".join(self.words)


def show(*reports: FileReport) -> str:
    return "".join(render(reports, Settings(version="1")))


def test_findings_are_shown_with_the_marked_text(reports: list[FileReport]) -> None:
    text = show(*reports)
    page = Page(text)

    assert [] == page.open
    assert "<mark>&quot;s3:GetObjct&quot;</mark>" in text
    for words in (
        "2 problems in 1 of 2 files checked; 1 file could not be",
        "did you mean s3:GetObject?",
        "not checked: no such file",
    ):
        assert words in page.text


def test_nothing_comes_from_elsewhere_and_no_script_runs(reports: list[FileReport]) -> None:
    text = show(*reports)

    assert "default-src 'none'" in text
    assert not re.search(r"<script|<link|<img|url\(|https?:|@import", text)


def test_a_clean_run_says_so() -> None:
    assert "1 file checked, nothing found" in Page(show(FileReport("a.json"))).text


def test_hostile_text_stays_text(hostile: FileReport) -> None:
    page = Page(show(hostile))

    assert set(page.tags) <= ALLOWED
    assert "\u202e" not in page.text
    assert "\x1b" not in page.text


@given(st.text(alphabet="<>&\"'/ab=\n\u2028\ud800`-!", max_size=30))
def test_no_text_opens_a_tag_or_an_attribute(text: str) -> None:
    finding = Finding("X", "error", text, (text,), Span(0, len(text)), hint=text, sid=text, resource=text)

    page = Page(show(FileReport(text, text, (finding,)), FileReport(text, problem=text)))

    assert set(page.tags) <= ALLOWED
    assert page.attributes <= {"lang", "charset", "http-equiv", "content", "name", "class", "tabindex", "aria-label"}
    assert [] == page.open


def test_a_very_long_line_is_cut(finding: Finding) -> None:
    text = "x" * 1_000_000
    long = replace(finding, span=Span(500_000, 500_003))

    assert len(show(FileReport("plan.json", text, (long,)))) < 20_000


def test_more_findings_than_anybody_reads_are_counted(finding: Finding, reports: list[FileReport]) -> None:
    many = replace(reports[0], findings=(finding,) * (MOST_FINDINGS + 5))

    page = Page(show(many))

    assert MOST_FINDINGS == page.tags.count("article")
    assert "5 more findings not shown here" in page.text


def luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in channels]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, two: str) -> float:
    light, dark = sorted((luminance(one), luminance(two)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_contrast_is_enough_to_read(theme: str) -> None:
    """WCAG 2.2, level AA: 4.5 to 1 for text."""
    colours = COLOURS[theme]
    pairs = [(text, back) for text in ("text", "faint") for back in ("back", "panel", "code-back")]
    pairs += [(name, name.replace("-text", "-back")) for name in colours if name.endswith("-text")]

    assert [] == [pair for pair in pairs if contrast(colours[pair[0]], colours[pair[1]]) < 4.5]
