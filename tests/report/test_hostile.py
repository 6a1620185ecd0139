"""No text of a stranger steers whoever reads a report, in any format: not a terminal, a browser, a log or a parser."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jfml_policies.diff.remarks import Remark
from jfml_policies.diff.sides import Side
from jfml_policies.findings import Edit, Finding, Fix, Related, Span
from jfml_policies.report.answer import Answer
from jfml_policies.report.change_formats import CHANGE_FORMATS, change_renderer
from jfml_policies.report.formats import FORMATS, renderer
from jfml_policies.report.interface import FileReport, NotChecked, Settings
from jfml_policies.report.suppressed import Suppressed

markdown_it = pytest.importorskip("markdown_it")

#: Pieces that mean something to some reader of some format, and what must not come through as it is.
TEXTS = st.lists(
    st.sampled_from(
        [
            "<script>alert(1)</script>", "</summary></details>", "<img src=x onerror=y>", "![a](http://x)", "[a](b)",
            "@team", "`", "``", "|", "\n", "\r", "\n::error::x", "%0A", "::", "\x1b[31m", "\x00", "\u202e", "\u2028",
            "\ud800", "]]>", "-->", "&lt;", '"', "'", "\\", "{0}", "\n\n# H", "a" * 50, "ä",
        ]
    ),
    max_size=6,
).map("".join)  # fmt: skip


def made(nasty: str) -> tuple[FileReport, Answer]:
    """A report and an answer that hold the text in every place."""
    text = f'{{"{nasty}": 1}}'
    finding = Finding(
        "HOSTILE",
        "warning",
        f"`{nasty}` is odd",
        (nasty, 0),
        Span(1, len(text) - 4),
        hint=nasty,
        fix=Fix(nasty, (Edit(Span(1, 2), nasty),)),
        related=(Related((), Span(0, 1), nasty),),
        sid=nasty,
        resource=nasty,
    )
    suppressed = (Suppressed(finding, "configuration", nasty),)
    side = Side(nasty, text, nasty, nasty)
    remarks = (Remark(nasty), Remark(nasty, "document", side, (nasty, 0), Span(0, 2)))
    answer = Answer("diff", "unknown", nasty, nasty, unknown=remarks, notes=remarks, asked=(side,))
    not_checked = (NotChecked(nasty, nasty, 1),)
    return FileReport(f"{nasty}.json", text, (finding,), suppressed=suppressed, not_checked=not_checked), answer


def renderings(nasty: str) -> Iterator[tuple[str, str]]:
    """Every format's report on them."""
    report, answer = made(nasty)
    unread = FileReport(nasty, problem=nasty)
    for name in FORMATS:
        yield name, "".join(renderer(name)([report, unread], Settings()))
    for name in CHANGE_FORMATS:
        yield name, "".join(change_renderer(name)([answer], Settings()))


@given(TEXTS)
def test_hostile_text_is_inert_in_every_format(nasty: str) -> None:
    """Whatever names and policies hold, each format's reader sees text."""
    for name, text in renderings(nasty):
        assert all(char.isprintable() or char == "\n" for char in text), name
        match name:
            case "json" | "sarif" | "gitlab":
                json.loads(text)
                assert text.isascii()
            case "junit":
                root = ET.fromstring(text)  # noqa: S314 -- our own text
                tags = {one.tag for one in root.iter()}
                assert tags <= {"testsuites", "testsuite", "testcase", "failure", "error", "skipped"}
            case "github":
                assert all(re.match(r"::(error|warning|notice) title=", line) for line in text.splitlines())
            case "markdown":
                assert_inert_markdown(text)
            case "html":
                assert not re.search(r"<(script|img|summary></details)", text)


def assert_inert_markdown(text: str) -> None:
    """Of what a reader makes of the text, only our own tags are HTML, and all foreign text is code."""
    tokens = markdown_it.MarkdownIt("commonmark").enable("table").parse(text)
    inner = [child for token in tokens if token.type == "inline" for child in token.children]
    blocks = "".join(token.content for token in tokens if token.type == "html_block")

    assert {"text", "code_inline", "html_inline", "strong_open", "strong_close"} >= {one.type for one in inner}
    assert {"<br>"} >= {one.content for one in inner if one.type == "html_inline"}
    assert not {"@", "[", "<", "|"} & set("".join(one.content for one in inner if one.type == "text"))
    tags = set(re.findall(r"</?[a-z]+[^>]*>", blocks))
    assert {"<details>", "<details open>", "</details>", "<summary>", "</summary>", "<code>", "</code>"} >= tags
