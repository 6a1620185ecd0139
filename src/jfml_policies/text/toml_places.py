"""Where the keys and list items of a TOML text stand, for messages; the standard library's reader does not say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jfml_policies.findings import Path

__all__ = ["toml_places"]

_blank: Final = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_spaces: Final = re.compile(r"[ \t]*")
_bare_key: Final = re.compile(r"[A-Za-z0-9_-]+")
_basic: Final = re.compile(r'"(?:[^"\\\n]|\\.)*"')
_literal: Final = re.compile(r"'[^'\n]*'")
#: Up to two quotes may stand right before the three that end such a text.
_long_basic: Final = re.compile(r'"""(?:[^"\\]|\\.|"(?!""))*"{3,5}', re.DOTALL)
_long_literal: Final = re.compile(r"'''(?:[^']|'(?!''))*'{3,5}", re.DOTALL)
_plain: Final = re.compile(r"[^,\]}#\r\n]*")


def toml_places(text: str) -> Mapping[Path, int]:
    r"""The offset of each key and list item of a TOML text, by its path of names and indexes.

    Args:
        text: well-formed TOML; of anything else only what stands before the fault is told.

    >>> toml_places('[a]\nb = ["x", "y"]')
    {('a',): 1, ('a', 'b'): 4, ('a', 'b', 0): 9, ('a', 'b', 1): 14}
    """
    scan = _Scan(text)
    try:
        scan.document()
    except (_StrayError, RecursionError):
        return scan.places
    return scan.places


class _StrayError(Exception):
    """The text is not what it was taken for."""


class _Scan:
    def __init__(self, text: str) -> None:
        self.places: dict[Path, int] = {}
        self._text = text
        self._at = 0
        self._tables: dict[Path, int] = {}

    def document(self) -> None:
        """Notes all places."""
        table: Path = ()
        self._skip(_blank)
        while self._at < len(self._text):
            if self._text.startswith("[", self._at):
                table = self._header()
            else:
                self._pair(table)
            self._skip(_blank)

    def _header(self) -> Path:
        is_list = self._text.startswith("[[", self._at)
        self._at += 1 + is_list
        keys = self._keys()
        self._expect("]]" if is_list else "]")
        path: Path = ()
        for number, (key, offset) in enumerate(keys, 1):
            path += (key,)
            if is_list and number == len(keys):
                self._tables[path] = self._tables.get(path, 0) + 1
            self.places.setdefault(path, offset)
            if path in self._tables:
                path += (self._tables[path] - 1,)
                self.places.setdefault(path, offset)
        return path

    def _pair(self, table: Path) -> None:
        path = table
        for key, offset in self._keys():
            path += (key,)
            self.places.setdefault(path, offset)
        self._expect("=")
        self._skip(_spaces)
        self._value(path)

    def _keys(self) -> list[tuple[str, int]]:
        keys: list[tuple[str, int]] = []
        while True:
            self._skip(_spaces)
            offset = self._at
            keys.append((self._key(), offset))
            self._skip(_spaces)
            if not self._text.startswith(".", self._at):
                return keys
            self._at += 1

    def _key(self) -> str:
        start = self._at
        if self._text.startswith('"', start):
            self._skip(_basic)
            import tomllib

            try:
                return str(tomllib.loads(f"key = {self._text[start : self._at]}")["key"])
            except tomllib.TOMLDecodeError:
                raise _StrayError from None
        if self._text.startswith("'", start):
            self._skip(_literal)
            return self._text[start + 1 : self._at - 1]
        self._skip(_bare_key)
        if start == self._at:
            raise _StrayError
        return self._text[start : self._at]

    def _value(self, path: Path) -> None:
        for opening, pattern in (('"""', _long_basic), ("'''", _long_literal), ('"', _basic), ("'", _literal)):
            if self._text.startswith(opening, self._at):
                self._skip(pattern)
                return
        if self._text.startswith("[", self._at):
            self._list(path)
        elif self._text.startswith("{", self._at):
            self._inline_table(path)
        else:
            self._skip(_plain)

    def _list(self, path: Path) -> None:
        self._at += 1
        index = 0
        self._skip(_blank)
        while not self._text.startswith("]", self._at):
            self.places[*path, index] = self._at
            self._value((*path, index))
            index += 1
            self._next("]")
        self._at += 1

    def _inline_table(self, path: Path) -> None:
        self._at += 1
        self._skip(_blank)
        while not self._text.startswith("}", self._at):
            self._pair(path)
            self._next("}")
        self._at += 1

    def _next(self, closing: str) -> None:
        """Goes to the next member of a list or table, or to its end."""
        self._skip(_blank)
        if self._text.startswith(",", self._at):
            self._at += 1
            self._skip(_blank)
        elif not self._text.startswith(closing, self._at):
            raise _StrayError

    def _expect(self, mark: str) -> None:
        self._skip(_spaces)
        if not self._text.startswith(mark, self._at):
            raise _StrayError
        self._at += len(mark)

    def _skip(self, pattern: re.Pattern[str]) -> None:
        found = pattern.match(self._text, self._at)
        if found is None:
            raise _StrayError
        self._at = found.end()
