from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from jfml_policies.findings import Finding, Related, Span
from jfml_policies.report.full import render
from jfml_policies.report.interface import FileReport, Settings
from jfml_policies.report.style import Style

EXPECTED = """\
a.json:4:5: security-warning[broad-statement]: everybody may write
  |
4 |     {
  |     ^
...
9 |     }
  |     ^
  = at: Statement[0], Sid `Read`
  = rule: `jfml-policies explain broad-statement`

a.json:7:18: error[invalid-action]: `s3:GetObjct` is not an action of s3
  |
7 |       "Action": ["s3:GetObjct", "s3:PutObject"],
  |                  ^^^^^^^^^^^^^
8 |       "Resource": "*"
  |                   --- on this resource
  = help: did you mean `s3:GetObject`?
  = fix: replace `s3:GetObjct` by `s3:GetObject` (`--fix`)
  = at: Statement[0].Action[0], Sid `Read`
  = rule: `jfml-policies explain invalid-action`

"""


def show(*reports: FileReport, width: int = 120, color: bool = False) -> str:
    return "".join(render(reports, Settings(width=width, style=Style(color=color))))


def test_a_report_for_people(reports: list[FileReport]) -> None:
    """Each finding shows its lines, carets under the place, remedy, fix, path and rule."""
    assert EXPECTED == show(*reports)


def test_colour_only_adds_escape_sequences(reports: list[FileReport]) -> None:
    """The coloured report is the plain one between escape sequences."""
    colored = show(*reports, color=True)

    assert "\x1b[1;31m^^^^^^^^^^^^^\x1b[0m" in colored
    assert re.sub(r"\x1b\[[0-9;]*m", "", colored) == EXPECTED


def test_without_text_the_path_stands_for_the_place() -> None:
    """A finding about plain Python values has no line; its path is shown instead."""
    finding = Finding("MISSING_VERSION", "warning", "there is no Version", ("Statement", 0))

    assert show(FileReport("x", None, (finding,))) == (
        "x:Statement[0]: warning[missing-version]: there is no Version\n"
        "  = at: Statement[0]\n"
        "  = rule: `jfml-policies explain missing-version`\n\n"
    )


def one(text: str, span: Span, *, width: int = 60) -> list[str]:
    finding = Finding("CODE", "error", "message", (), span)
    return show(FileReport("f", text, (finding,)), width=width).splitlines()[2:-2]


def test_tabs_and_wide_letters_keep_carets_in_place() -> None:
    """A tab is four columns, an ideograph two, a combining mark none."""
    text = '\t{"\u65e5\u672ce\u0301": bad}'

    assert one(text, Span(text.index("bad"), text.index("bad") + 3)) == [
        '1 |     {"\u65e5\u672ce\u0301": bad}',
        "  |               ^^^",
    ]


def test_invisible_characters_are_shown_as_escapes() -> None:
    """What a reader could not see, or a terminal would obey, stands in the excerpt as an escape, carets below it."""
    text = '"a\u202e\x1b\xa0b"'

    assert one(text, Span(2, 3)) == [
        '1 | "a\\u202e\\x1b\\xa0b"',
        "  |   ^^^^^^",
    ]


def test_a_long_line_is_shown_around_the_place() -> None:
    """Of a line of a million characters only the neighbourhood of the place is shown."""
    text = f'{"x" * 500_000}"bad"{"y" * 500_000}'

    assert one(text, Span(500_000, 500_005)) == [
        '1 | ...xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"bad"yyyyyyyyyyyy...',
        "  |                                     ^^^^^",
    ]


def test_places_far_apart_on_one_line_get_rows_of_their_own() -> None:
    """A related place that does not fit beside the main one is shown in a second row of the same line."""
    text = '{"first": 1, ' + " " * 300 + '"second": 2}'
    second = text.index('"second"')
    finding = Finding("CODE", "error", "m", (), Span(1, 8), related=(Related((), Span(second, second + 8), "here"),))
    lines = show(FileReport("f", text, (finding,)), width=60).splitlines()

    first, second_row = (line for line in lines if line.startswith("1 |"))

    assert first.startswith('1 | {"first": 1')
    assert second_row.endswith('"second": 2}')
    assert any(line.endswith("-------- here") for line in lines)


def test_line_ends_of_every_kind() -> None:
    """CRLF and lone CR end lines in the excerpt as they do in positions."""
    assert one("{\r\n  bad\r\n}", Span(5, 8)) == ["2 |   bad", "  |   ^^^"]
    assert one("{\r  bad\r}", Span(4, 7)) == ["2 |   bad", "  |   ^^^"]


def test_a_byte_order_mark_takes_no_column() -> None:
    """Carets count as an editor does, which hides the byte order mark."""
    assert one("\ufeff{bad}", Span(2, 5)) == ["1 | {bad}", "  |  ^^^"]
    assert one("\ufeff", Span(0, 1)) == ["1 |", "  | ^"]


def test_the_end_of_the_text_has_a_caret() -> None:
    """A place behind the last character is still pointed at."""
    assert one("{", Span(1, 2)) == ["1 | {", "  |  ^"]
    assert one("", Span(0, 1)) == ["1 |", "  | ^"]


def test_short_spans_of_several_lines_are_shown_whole() -> None:
    """Up to four lines every line of the place is marked, without its indentation."""
    text = '[\n  {\n    "a": 1\n  }\n]'

    assert one(text, Span(4, text.index("}") + 1)) == [
        "2 |   {",
        "  |   ^",
        '3 |     "a": 1',
        "  |     ^^^^^^",
        "4 |   }",
        "  |   ^",
    ]


@given(
    st.text(st.sampled_from('ab"{}: ,\n\t'), max_size=60),
    st.integers(min_value=0, max_value=60),
    st.integers(min_value=1, max_value=8),
)
def test_the_carets_are_under_the_place(text: str, start: int, length: int) -> None:
    """On one line of plain characters, what stands above the carets is the place's own text."""
    start = min(start, len(text))
    stop = text.find("\n", start)
    end = min(start + length, len(text) if stop < 0 else stop)
    code, carets = one(text, Span(start, end), width=400)
    first = carets.index("^")
    under = code[first : first + carets.count("^")]

    assert text[start:end].replace("\t", "    ").rstrip() == under.rstrip()


@given(st.text(), st.integers(-5, 50), st.integers(-5, 50), st.integers(1, 60))
def test_any_text_and_span_can_be_shown(text: str, start: int, end: int, width: int) -> None:
    """No text and no span makes rendering fail, and nothing but printable characters and line ends comes out."""
    shown = show(FileReport("f", text, (Finding("CODE", "error", "m", (), Span(start, end)),)), width=width)

    assert shown.replace("\n", "").isprintable()


def test_hostile_text_is_inert(hostile: FileReport) -> None:
    """Names, keys, Sids, messages and fixes can't steer a terminal or start a line of their own."""
    shown = show(hostile)

    assert shown.replace("\n", "").isprintable()
    assert not any(line.startswith("::") for line in shown.splitlines())
    shown.encode()
