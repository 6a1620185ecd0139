from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256

import pytest

from jfml_policies.report.html_page import closing, contents, opening, stylesheet
from jfml_policies.report.html_tags import Markup

#: Which colour of text, or of a sign, stands on which ground. WCAG 2.1 AA asks for 4.5 of text and 3 of the rest.
TONES = ("error", "security-warning", "warning", "suggestion", "good", "added", "removed")
TEXTS = [
    *[(ink, ground) for ink in ("ink", "soft", "link") for ground in ("page", "card", "code")],
    *[("ink", f"{tone}-tint") for tone in (*TONES, "related")],
    *[("soft", f"{tone}-tint") for tone in (*TONES, "related")],
    *[(tone, f"{tone}-tint") for tone in TONES],
    *[(tone, ground) for tone in TONES for ground in ("card", "page")],
    ("related", "code"),
    ("related", "card"),
]
SIGNS = [
    ("same", "card"),
    ("same", "code"),
    ("added", "track"),
    ("removed", "card"),
    ("focus", "page"),
    ("focus", "card"),
]


def themes() -> dict[str, dict[str, str]]:
    """The colours of both themes, as the style names them."""
    light, dark = re.findall(r":root \{(.*?)\}", stylesheet(), re.DOTALL)
    colours = re.compile(r"--([a-z-]+): (#[0-9a-f]{6});")
    return {"light": dict(colours.findall(light)), "dark": dict(colours.findall(dark))}


def luminance(colour: str) -> float:
    """Relative luminance, as WCAG 2.1 defines it."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in channels]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXTS)
def test_text_stands_out(theme: str, ink: str, ground: str) -> None:
    """Text has a contrast of at least 4.5 on every ground that it stands on, in both themes."""
    colours = themes()[theme]

    assert contrast(colours[ink], colours[ground]) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), SIGNS)
def test_signs_stand_out(theme: str, ink: str, ground: str) -> None:
    """Bars, borders and the focus have a contrast of at least 3, in both themes."""
    colours = themes()[theme]

    assert contrast(colours[ink], colours[ground]) >= 3


def test_both_themes_have_the_same_colours() -> None:
    """None is left to the other theme."""
    both = themes()

    assert both["light"].keys() == both["dark"].keys()


def test_the_style_uses_only_its_own_colours() -> None:
    """Colours stand in one place, so that the contrast of all of them is measured."""
    style = stylesheet()
    rules = style.split("* { box-sizing", 1)[1]

    assert [] == re.findall(r"#[0-9a-f]{3,8}\b|rgba?\(|hsla?\(", rules)
    assert set(re.findall(r"var\(--([a-z-]+)\)", style)) <= themes()["light"].keys()


def test_the_style_asks_for_nothing() -> None:
    """No font, no image, no import: what it refers to stands in the page."""
    style = stylesheet()

    assert [] == re.findall(r"@import|@font-face|https?:|//", style)
    assert all(one.startswith("#") for one in re.findall(r"url\(([^)]*)\)", style))


def test_the_style_cannot_end_its_element() -> None:
    """It stands in the page as it is, whatever the encoding of the output."""
    assert "<" not in stylesheet()
    assert stylesheet().isascii()


def test_only_the_style_is_let_in() -> None:
    """The policy of the page names the style by the hash of what stands in it, and forbids everything else."""
    page = opening("t", subject="s", tone="good", word="w", sentence=Markup("x"))

    style = re.search("<style>(.*?)</style>", page, re.DOTALL)
    assert style is not None
    digest = b64encode(sha256(style[1].encode()).digest()).decode()
    assert f"default-src &#x27;none&#x27;; style-src &#x27;sha256-{digest}&#x27;" in page


def test_the_frame_says_what_a_reader_needs() -> None:
    """Language, letters, width, both themes, a way past the head, and one heading."""
    page = opening("t", subject="s", tone="good", word="w", sentence=Markup("x")) + closing("1.2", "a fact")

    assert page.startswith('<!doctype html>\n<html lang="en">\n<head><meta charset="utf-8">')
    assert 'content="width=device-width, initial-scale=1"' in page
    assert 'content="light dark"' in page
    assert '<a href="#report" class="skip">' in page
    assert 1 == page.count("<h1>")
    assert page.endswith("<footer><p>jfml-policies 1.2 &#183; a fact</p></footer>\n</body>\n</html>\n")


def test_the_style_has_both_themes_and_paper() -> None:
    """Dark where the reader wants it, fit for a narrow screen and for paper."""
    style = stylesheet()

    assert all(
        one in style for one in ("prefers-color-scheme: dark", "@media print", "max-width: 40rem", ":focus-visible")
    )


def test_contents_of_nothing() -> None:
    """Without sections there is nothing to list."""
    assert not contents([])
