"""Large JSON without a tree: the members and items of one value, each with its place, everything else passed over.

A plan or an account's policies may be a hundred megabytes, of which a thousandth is of interest. The standard library
passes over a value in C; only what somebody asks for is looked into.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final, NoReturn, final

from jfml_policies.errors import JsonSyntaxError
from jfml_policies.record import record
from jfml_policies.text.lines import BOM, LineIndex
from jfml_policies.text.tree import MAX_DEPTH

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Skimmed", "skim"]

_space = re.compile(r"[ \t\n\r]*")
_decode: Final = json.JSONDecoder(strict=True).raw_decode


@final
@record
class Skimmed:
    """A value that was passed over: where it starts and ends in the text, and its name in the object that holds it."""

    text: str
    start: int
    end: int
    name: str = ""

    @property
    def first(self) -> str:
        """Its first character, which tells what it is: `{`, `[`, a quote, or one of a number or word."""
        return self.text[self.start]

    def value(self) -> object:
        """The value as plain Python; of repeated names the last one counts."""
        return _passed(self.text, self.start)[0]

    def members(self) -> Iterator[Skimmed]:
        """The members of an object, in order, repeated names included; nothing where it is no object."""
        return _members(self.text, self.start) if self.first == "{" else iter(())

    def items(self) -> Iterator[Skimmed]:
        """The items of a list; nothing where it is no list."""
        return _items(self.text, self.start) if self.first == "[" else iter(())

    def get(self, *names: str) -> Skimmed | None:
        """The value that some names lead to, or None."""
        found: Skimmed | None = self
        for name in names:
            found = next((member for member in found.members() if member.name == name), None) if found else None
        return found


def skim(text: str) -> Skimmed:
    """The whole document, without having looked into it.

    Raises:
        JsonSyntaxError: it does not start like JSON. What is wrong further on is raised when it is looked at.

    >>> document = skim('{"a": {"b": [1, 2]}, "c": 3}')
    >>> [(one.name, one.start, one.end) for one in document.members()]
    [('a', 6, 19), ('c', 26, 27)]
    >>> document.get("a", "b").value()
    [1, 2]
    """
    start = _after_space(text, 1 if text.startswith(BOM) else 0)
    if start == len(text):
        _fail(text, start, "the document is empty")
    return Skimmed(text, start, len(text))


def _members(text: str, at: int) -> Iterator[Skimmed]:
    at = _after_space(text, at + 1)
    if text[at : at + 1] == "}":
        return
    while True:
        if text[at : at + 1] != '"':
            _fail(text, at, "expected a key in double quotes")
        name, at = _passed(text, at)
        at = _after_space(text, at)
        if text[at : at + 1] != ":":
            _fail(text, at, "expected `:` after the key")
        start = _after_space(text, at + 1)
        _, end = _passed(text, start)
        yield Skimmed(text, start, end, str(name))
        at = _after_space(text, end)
        if text[at : at + 1] == "}":
            return
        if text[at : at + 1] != ",":
            _fail(text, at, "expected `,` or `}`")
        at = _after_space(text, at + 1)


def _items(text: str, at: int) -> Iterator[Skimmed]:
    at = _after_space(text, at + 1)
    if text[at : at + 1] == "]":
        return
    while True:
        _, end = _passed(text, at)
        yield Skimmed(text, at, end)
        at = _after_space(text, end)
        if text[at : at + 1] == "]":
            return
        if text[at : at + 1] != ",":
            _fail(text, at, "expected `,` or `]`")
        at = _after_space(text, at + 1)


def _passed(text: str, at: int) -> tuple[object, int]:
    """A value and where it ends."""
    try:
        return _decode(text, at)
    except json.JSONDecodeError as error:
        _fail(text, error.pos, f"not JSON: {error.msg[:1].lower()}{error.msg[1:]}")
    except RecursionError:
        _fail(text, at, f"nested deeper than {MAX_DEPTH} levels")
    except (ValueError, StopIteration):  # a number of more digits than Python reads
        _fail(text, at, "not JSON: a value that can't be read")


def _after_space(text: str, at: int) -> int:
    match = _space.match(text, at)
    return match.end() if match else at


def _fail(text: str, at: int, message: str) -> NoReturn:
    line, column = LineIndex(text).position(at)
    raise JsonSyntaxError(message, offset=at, line=line, column=column)
