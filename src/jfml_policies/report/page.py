"""A rule's page, which is Markdown, for a terminal: headings, code and quoted names stand out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jfml_policies.report.style import Style

__all__ = ["page_lines"]

_code = re.compile(r"`[^`\n]+`")


def page_lines(page: str, style: Style) -> Iterator[str]:
    r"""The lines of a Markdown page, painted; without colour they stay as they are written.

    >>> from jfml_policies.report.style import PLAIN
    >>> list(page_lines("## Why\nBecause.", PLAIN))
    ['## Why', 'Because.']
    """
    fenced = False
    for line in page.splitlines():
        if line.startswith("```"):
            fenced = not fenced
            yield style.paint(line, "faint")
        elif fenced:
            yield style.paint(line, "code")
        elif line.startswith("#"):
            yield style.paint(line, "strong")
        else:
            yield _code.sub(lambda match: style.paint(match[0], "code"), line)
