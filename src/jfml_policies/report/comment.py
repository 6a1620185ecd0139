"""Comments on pull requests: what folds away, and how much one may hold.

Source of the limit: GitHub refuses a comment of more than 65,536 characters. GitLab takes more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jfml_policies.report.headline import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["MOST_CHARACTERS", "fitting", "folded", "html_code"]

#: Leaves room for what a pipeline writes around the report.
MOST_CHARACTERS: Final = 60_000

_ESCAPES: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"}


def fitting(sections: Iterable[str], left_out: str) -> Iterator[str]:
    """The sections, as many as a comment may hold, then `left_out`.

    Args:
        sections: Markdown that can end after each.
        left_out: a sentence that says so, in which `{}` is how many sections are missing.
    """
    room = MOST_CHARACTERS
    missing = 0
    for section in sections:
        room -= len(section)
        if room >= 0 and not missing:
            yield section
        else:
            missing += 1
    if missing:
        yield f"\n{left_out.format(f'{missing:,}')}\n"


def folded(title: str, content: str, *, is_open: bool = False) -> str:
    """Content that a reader opens by its title, which is HTML; the content is Markdown."""
    return f"<details{' open' if is_open else ''}>\n<summary>{title}</summary>\n\n{content}\n</details>\n"


def html_code(text: str) -> str:
    """Any text as code in HTML, on one line; within it nothing is a mention, a link or a tag.

    >>> html_code("<b> @team")
    '<code>&lt;b&gt; @team</code>'
    """
    return f"<code>{''.join([_ESCAPES.get(char, char) for char in one_line(text)])}</code>"
