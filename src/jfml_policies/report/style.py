"""Colour, where a terminal wants it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from jfml_policies.findings import Severity

__all__ = ["PLAIN", "Ink", "Style"]

Ink = Literal[
    "strong", "faint", "gutter", "code", "added", "removed", "error", "security-warning", "warning", "suggestion"
]

_CODES: Final[dict[Ink, str]] = {
    "strong": "1",
    "faint": "2",
    "gutter": "1;34",
    "code": "36",
    "added": "32",
    "removed": "31",
    "error": "1;31",
    "security-warning": "1;35",
    "warning": "1;33",
    "suggestion": "1;36",
}


class Style:
    """Paints text when colour is on; otherwise leaves it as it is."""

    __slots__ = ("_on",)

    def __init__(self, *, color: bool) -> None:
        self._on = color

    def paint(self, text: str, ink: Ink | Severity) -> str:
        r"""`text` between the escape sequences of `ink`.

        >>> Style(color=True).paint("x", "error")
        '\x1b[1;31mx\x1b[0m'
        """
        return f"\x1b[{_CODES[ink]}m{text}\x1b[0m" if self._on and text else text


PLAIN: Final = Style(color=False)
