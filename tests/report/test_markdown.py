from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jfml_policies.report.interface import FileReport, Settings
from jfml_policies.report.markdown import code_span, render

EXPECTED = """\
### `a.json`

| place | severity | rule | problem |
| --- | --- | --- | --- |
| 4:5 | security-warning | `broad-statement` | `everybody may write` |
| 7:18 | error | `invalid-action` | `` `s3:GetObjct` is not an action of s3 ``<br>\
help: ``did you mean `s3:GetObject`?`` |

found 2 problems in 1 of 2 files: 1 error, 1 security warning; `--fix` mends 1
"""


def test_a_table_a_file(reports: list[FileReport]) -> None:
    """Files with findings have a heading and a table; the counts close the report."""
    assert "".join(render(reports, Settings())) == EXPECTED


@given(st.text(st.sampled_from("ab`|<>[]()!*_\\@#&; \n\x1b\u202e"), max_size=40))
def test_nothing_ends_a_code_span_early(text: str) -> None:
    """No run of backticks within is as long as the fence, and no bar or line end can end a table's cell."""
    shown = code_span(text)
    fence = "`" * (len(shown) - len(shown.lstrip("`")))
    inside = shown.removeprefix(fence).removesuffix(fence)

    assert fence not in re.findall("`+", inside)
    assert not {"|", "\n"} & set(inside)


def test_hostile_text_is_code(hostile: FileReport) -> None:
    """Of a hostile policy a Markdown reader makes no link, image, HTML or line of its own."""
    markdown_it = pytest.importorskip("markdown_it")
    tokens = markdown_it.MarkdownIt("commonmark").enable("table").parse("".join(render([hostile], Settings())))
    pieces = [child for token in tokens if token.type == "inline" for child in token.children]

    assert {"text", "code_inline", "html_inline"} == {piece.type for piece in pieces}
    assert {"<br>"} == {piece.content for piece in pieces if piece.type == "html_inline"}
