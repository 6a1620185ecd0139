"""The frame of every page: one file that asks for nothing else, and that a browser lets ask for nothing else."""

from __future__ import annotations

import os
from base64 import b64encode
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from jfml_policies.report.html_tags import Markup, joined, tag, text

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["closing", "contents", "more", "opening", "stylesheet"]

_STYLE: Final = os.path.join(os.path.dirname(__file__), "html_page.css")


@cache
def stylesheet() -> str:
    """The style of all pages."""
    with open(_STYLE, encoding="utf-8", newline="\n") as file:
        return file.read()


def opening(title: str, *, subject: str, tone: str, word: str, sentence: Markup) -> Markup:
    """The page up to its first section.

    Args:
        title: of the page, which a browser shows in its tab.
        subject: what kind of report it is.
        tone: one of the tones of the style, such as `error`.
        word: the answer in a word.
        sentence: the answer in a sentence.
    """
    style = stylesheet()
    digest = b64encode(sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        # The style alone is let in, by its hash: whatever else got into the page would do nothing.
        tag("meta", http_equiv="Content-Security-Policy", content=policy),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="color-scheme", content="light dark"),
        tag("meta", name="referrer", content="no-referrer"),
        tag("meta", name="generator", content="jfml-policies"),
        tag("title", title),
        tag("style", Markup(style)),
    )
    top = tag(
        "header",
        tag("p", subject, class_="subject"),
        tag("h1", tag("span", word, class_=f"word {tone}"), " ", tag("span", sentence, class_="sentence")),
    )
    skip = tag("a", "Skip to the report", href="#report", class_="skip")
    return Markup(f'<!doctype html>\n<html lang="en">\n{head}\n<body>\n{skip}\n{top}\n<main id="report">\n')


def closing(version: str, *facts: str) -> Markup:
    """The end of the page."""
    said = joined([f"jfml-policies {version}", *facts], " · ")
    return Markup(f"</main>\n{tag('footer', tag('p', said))}\n</body>\n</html>\n")


def contents(entries: Iterable[tuple[str, str, str]]) -> Markup:
    """Where to go on the page: anchors, titles and counts."""
    items = [
        tag("li", tag("a", title, href=f"#{anchor}"), *([" ", tag("span", count, class_="count")] if count else []))
        for anchor, title, count in entries
    ]
    return tag("nav", tag("ul", *items), aria_label="On this page") if items else Markup()


def more(what: str, where: str = "--output-format json") -> Markup:
    """Says that something is left out, and where it is."""
    return tag("p", tag("strong", text(what)), " not shown here; ", tag("code", where), " has all.", class_="more")
