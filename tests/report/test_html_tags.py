from __future__ import annotations

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from jfml_policies.report.html_tags import Markup, code, codes, joined, prose, tag, text
from jfml_policies.report.inert import inert

#: Texts made of what HTML gives a meaning to, and of what no page should hold.
NASTY = (
    st.lists(
        st.sampled_from(
            (
                *("<", ">", "&", '"', "'", "`", "=", "/", " ", "<script>", "</p>", "<!--", "]]>", "&lt;", "&#60;"),
                *("onload=", "\x00", "\x1b", "\u202e", "\u2066", "\ud800", "\n", "\u2028", "a"),
            )
        )
    ).map("".join)
    | st.text()
)


class Text(str):
    """Text, told from the names of ends."""

    __slots__ = ()


class Events(HTMLParser):
    """What a browser would see."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.seen: list[object] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, attrs))

    def handle_endtag(self, tag: str) -> None:
        self.seen.append(f"/{tag}")

    def handle_data(self, data: str) -> None:
        if self.seen and isinstance(self.seen[-1], Text):
            data = f"{self.seen.pop()}{data}"
        self.seen.append(Text(data))

    def handle_comment(self, data: str) -> None:
        self.seen.append(("comment", data))

    def handle_decl(self, decl: str) -> None:
        self.seen.append(("declaration", decl))

    def handle_pi(self, data: str) -> None:
        self.seen.append(("instruction", data))

    def unknown_decl(self, data: str) -> None:
        self.seen.append(("unknown", data))


@given(NASTY, NASTY)
def test_no_text_opens_a_tag_or_an_attribute(content: str, value: str) -> None:
    """Whatever text and value hold, a browser sees one element with one attribute, and the text, made harmless."""
    seen = Events(tag("p", content, title=value)).seen

    shown = [Text(inert(content))] if content else []
    assert [("p", [("title", inert(value))]), *shown, "/p"] == seen


@given(NASTY)
def test_code_and_prose_open_nothing_else(content: str) -> None:
    """Of a message, of code and of lists a browser sees code elements and text alone."""
    page = joined([code(content), prose(content), codes([content, content], content), text(content)], content)

    assert {"code"} == {one[0] for one in Events(page).seen if isinstance(one, tuple)}


@given(NASTY)
def test_no_invisible_character_reaches_the_page(content: str) -> None:
    """Control characters, direction overrides and halves are shown as escapes, other letters as references."""
    page = joined([code(content), tag("p", content, title=content), prose(content)])

    assert page.isprintable()
    assert page.isascii()


def test_attributes_say_what_they_are() -> None:
    """Python's own words lose their underscore, True stands alone, False and None are left out."""
    made = tag("label", "x", class_="a", aria_hidden="true", open=True, hidden=False, id=None)

    assert '<label class="a" aria-hidden="true" open>x</label>' == made


def test_elements_without_content_have_no_end() -> None:
    """A browser would read the end of such an element as another one."""
    made = tag("input", type="checkbox")

    assert '<input type="checkbox">' == made


def test_long_text_is_cut_before_it_is_escaped() -> None:
    """So that no escape is cut in half."""
    shown = text("<" * 5_000)

    assert "&lt;" * 997 + "..." == shown


def test_markup_stays_as_it_is() -> None:
    """What is markup already is not escaped again."""
    shown = text(Markup("<b>x</b>"))

    assert "<b>x</b>" == shown
