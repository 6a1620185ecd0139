"""HTML from parts: whatever is not `Markup` already is text of a stranger, and can open neither a tag nor an attribute.

`tag` is the only way to make markup from text, so that this holds for a page as a whole.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Final, final

from jfml_policies.report.headline import LONGEST_LINE
from jfml_policies.report.inert import cut, inert

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Markup", "code", "codes", "joined", "prose", "tag", "text"]

_VOID: Final = frozenset(("br", "hr", "input", "meta"))
_quoted = re.compile(r"`([^`]+)`")


@final
class Markup(str):
    """HTML that needs no escaping any more."""

    __slots__ = ()


def text(value: str, *, limit: int = LONGEST_LINE) -> Markup:
    r"""Text as HTML shows it, of bearable length; what is not plainly visible becomes an escape.

    >>> text("<b>\u202e&")
    '&lt;b&gt;\\u202e&amp;'
    """
    return value if isinstance(value, Markup) else Markup(_escaped(cut(value, limit)))


def tag(name: str, /, *children: str, **attributes: str | bool | None) -> Markup:
    r"""An element; children and values that are no markup are text.

    Args:
        name: of the element, never of a stranger.
        children: what stands in it.
        attributes: by name, an underscore for a hyphen and at the end of Python's own words; True stands for an
            attribute without a value, False and None leave it out.

    >>> tag("a", "<x>", href='#a"b', class_="row")
    '<a href="#a&quot;b" class="row">&lt;x&gt;</a>'
    """
    pieces = [f"<{name}"]
    for key, value in attributes.items():
        if value is True:
            pieces.append(f" {_attribute(key)}")
        elif value is not None and value is not False:
            pieces.append(f' {_attribute(key)}="{_escaped(value)}"')
    pieces.append(">")
    if name not in _VOID:
        pieces += [*map(text, children), f"</{name}>"]
    return Markup("".join(pieces))


def joined(parts: Iterable[str], between: str = "") -> Markup:
    """Parts one after another.

    >>> joined([tag("b", "x"), "<"], ", ")
    '<b>x</b>, &lt;'
    """
    return Markup(text(between).join(map(text, parts)))


def code(value: str) -> Markup:
    """Text in a typewriter's letters, which keeps its direction to itself."""
    return tag("code", value or Markup("&nbsp;"), dir="ltr")


def codes(values: Iterable[str], between: str = ", ") -> Markup:
    """Several of them."""
    return joined(map(code, values), between)


def prose(value: str) -> Markup:
    """A message of ours, in which backticks mark what somebody else wrote.

    >>> prose("`<a>` is no action")
    '<code dir="ltr">&lt;a&gt;</code> is no action'
    """
    parts = _quoted.split(cut(value, LONGEST_LINE))
    return joined(code(part) if number % 2 else part for number, part in enumerate(parts))


def _escaped(value: str) -> str:
    # References keep a page whole where standard output has another encoding than the page says.
    shown = escape(inert(value))
    return shown if shown.isascii() else shown.encode("ascii", "xmlcharrefreplace").decode()


def _attribute(key: str) -> str:
    return key.rstrip("_").replace("_", "-")
