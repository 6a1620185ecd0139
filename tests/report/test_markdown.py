from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jfml_policies.findings import Finding
from jfml_policies.report.interface import FileReport, Settings
from jfml_policies.report.markdown import code_span, render

EXPECTED = """\
### found 2 problems in 1 of 2 files: 1 error, 1 security warning; `--fix` mends 1

- `c.json` could not be checked: `no such file`

<details open>
<summary><code>a.json</code>: 2 problems</summary>

| place | severity | rule | problem |
| --- | --- | --- | --- |
| 4:5 | security-warning | `broad-statement` | `everybody may write` |
| 7:18 | error | `invalid-action` | `` `s3:GetObjct` is not an action of s3 ``<br>\
help: ``did you mean `s3:GetObject`?`` |

</details>
"""


def test_a_table_a_file(reports: list[FileReport]) -> None:
    """The counts come first, and what could not be checked; each file with findings has a table."""
    assert EXPECTED == "".join(render(reports, Settings()))


def test_nothing_found_is_nothing_to_say() -> None:
    """A comment without a problem is empty."""
    assert "" == "".join(render([FileReport("a.json")], Settings()))


def test_a_comment_has_an_end(finding: Finding) -> None:
    """Past what GitHub takes, problems are counted, and tables are closed until somebody asks for them."""
    many = [FileReport(f"{number}.json", None, (finding,) * 100) for number in range(50)]
    text = "".join(render(many, Settings()))

    assert 50_000 < len(text) < 65_536
    assert text.startswith("### found 5,000 problems in 50 of 50 files: 5,000 errors")
    assert "<details open>" not in text
    left_out = int(text.splitlines()[-1].split()[0].replace(",", ""))
    assert 5_000 - text.count("`invalid-action`") == left_out


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
