from __future__ import annotations

import re

from jfml_policies.findings import Edit, Fix, Span
from jfml_policies.report.html_excerpt import Place, excerpt, fix_preview
from jfml_policies.report.html_tags import Markup
from jfml_policies.text.lines import BOM, LineIndex


def shown(source: str, *places: Place, around: int = 0) -> list[str]:
    """The lines of an excerpt without elements but those of marks."""
    page = excerpt(source, LineIndex(source), places, caption=Markup("c"), around=around)
    body = re.search('<code dir="ltr">(.*)</code>', page, re.DOTALL)
    assert body is not None
    return re.sub(r"</?span[^>]*>", "|", body[1]).replace("||", "|").splitlines()


def test_a_place_with_lines_around_it() -> None:
    """Numbers, the lines around, the mark."""
    lines = shown("a\nb\nc\nd\ne", Place(Span(4, 5), "error"), around=1)

    assert ["|2|b|", '|3|<mark class="error">c</mark>|', "|4|d|"] == lines


def test_lines_between_two_places_are_counted() -> None:
    """What is left out is said."""
    lines = shown("a\nb\nc\nd\ne", Place(Span(0, 1), "error"), Place(Span(8, 9), "related", "why"))

    assert [
        '|1|<mark class="error">a</mark>|',
        "|&#8942;|3 lines|",
        '|5|<mark class="related">e</mark>|',
        "||&#8593; why||",
    ] == [line.replace("|||", "||") for line in lines]


def test_places_inside_each_other() -> None:
    """A part that belongs to two places has both marks."""
    lines = shown("abcd", Place(Span(0, 4), "error"), Place(Span(1, 2), "related"))

    assert [
        '|1|<mark class="error">a</mark><mark class="error related">b</mark><mark class="error">cd</mark>|'
    ] == lines


def test_a_place_of_several_lines_marks_them_as_wholes() -> None:
    """Their rows have the tone, and nothing in them is marked."""
    source = "a\nb\nc"
    page = excerpt(source, LineIndex(source), [Place(Span(0, 5), "warning")], caption=Markup("c"))

    assert 3 == page.count('class="line warning"')
    assert "<mark" not in page


def test_a_long_place_shows_its_ends() -> None:
    """Of a statement of a thousand lines the first and the last lines."""
    source = "\n".join(f"l{number}" for number in range(1, 1_001))
    lines = shown(source, Place(Span(0, len(source)), "added"))

    assert ["|1|l1|", "|&#8942;|977 lines|", "|1000|l1000|"] == [lines[0], lines[16], lines[-1]]


def test_a_place_behind_the_text_is_marked() -> None:
    """Where something is missing there is no character, and the mark stands all the same."""
    lines = shown("{\n", Place(Span(2, 2), "error"))

    assert ['|2|<mark class="error">&nbsp;</mark>|'] == lines


def test_a_byte_order_mark_is_not_shown() -> None:
    """Editors do not show it either."""
    lines = shown(f"{BOM}ab", Place(Span(1, 2), "error"))

    assert ['|1|<mark class="error">a</mark>b|'] == lines


def test_tabs_are_wide_and_escapes_are_seen() -> None:
    """The note stands below its place."""
    lines = shown("\t\x1b<x", Place(Span(2, 3), "related", "n"))

    assert ['|1|    \\x1b<mark class="related">&lt;</mark>x|', "||        |&#8593; n||"] == lines


def test_what_a_note_quotes_is_code() -> None:
    """Backticks mark what somebody else wrote, as in every message."""
    lines = shown("ab", Place(Span(0, 1), "related", "allows `<x>`"))

    assert '<code dir="ltr">&lt;x&gt;</code>' in lines[1]


def test_a_fix_of_many_lines_is_not_previewed() -> None:
    """The title says enough."""
    source = "a\n" * 50
    many = Fix("t", (Edit(Span(0, 100), "b\n" * 50),))

    assert not fix_preview(source, LineIndex(source), many)


def test_a_fix_that_can_not_be_made_is_not_previewed() -> None:
    """Edits that overlap are a fault of a rule, not of the page."""
    fix = Fix("t", (Edit(Span(0, 2), "x"), Edit(Span(1, 3), "y")))

    assert not fix_preview("abcd", LineIndex("abcd"), fix)
