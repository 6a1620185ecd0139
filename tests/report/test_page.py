from __future__ import annotations

from jfml_policies.report.page import page_lines
from jfml_policies.report.style import PLAIN, Style

PAGE = "Finds `x`.\n\n## Why\n```json\n# not a heading\n```\n"


def test_without_colour_markdown_stays_markdown() -> None:
    """A page in a pipe is the Markdown it was written in."""
    assert list(page_lines(PAGE, PLAIN)) == PAGE.splitlines()


def test_colour_sets_headings_and_code_apart() -> None:
    """Headings are strong, code is coloured, and a comment within code is no heading."""
    assert list(page_lines(PAGE, Style(color=True))) == [
        "Finds \x1b[36m`x`\x1b[0m.",
        "",
        "\x1b[1m## Why\x1b[0m",
        "\x1b[2m```json\x1b[0m",
        "\x1b[36m# not a heading\x1b[0m",
        "\x1b[2m```\x1b[0m",
    ]
