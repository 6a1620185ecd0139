"""JSON as it is while someone types: whatever can be told of its shape, and never an error.

What is tolerated, and how it is read: a string that is not closed ends with its line; a bare word is a value; a comma
or colon may lack or be one too many; a bracket that closes something further out closes what is inside it; a string
before a colon is a key, and so ends an array that was never closed.
"""

from __future__ import annotations

import json
import re
from typing import Final, TypeAlias, final

from jfml_policies.editor.limits import MAX_CHARACTERS, MAX_TOKENS
from jfml_policies.text.tree import MAX_DEPTH

__all__ = ["Loose", "LooseArray", "LooseMember", "LooseObject", "LooseText", "loose_json"]

# One alternative a kind of token. The string stops before a line end, closed or not.
_token = re.compile(r'"[^"\\\r\n]*(?:\\[^\r\n][^"\\\r\n]*)*(?:"|\\?(?=[\r\n]|\Z))|[{}\[\]:,]|[^\s"{}\[\]:,]+')
_colon_follows = re.compile(r"\s*:").match
_escape = re.compile(r"(?:\\u[0-9a-fA-F]{4})+|\\.?", re.DOTALL)


@final
class LooseText:
    """A string or a bare word.

    Attributes:
        raw: its characters as written, quotes included.
        start: where it starts.
        end: where it ends, excluded.
    """

    __slots__ = ("end", "raw", "start")

    def __init__(self, raw: str, start: int, end: int) -> None:
        self.raw: str = raw
        self.start: int = start
        self.end: int = end

    @property
    def quoted(self) -> bool:
        """Whether it starts with a quote."""
        return self.raw.startswith('"')

    @property
    def closed(self) -> bool:
        """Whether a quote ends it."""
        return self.quoted and len(self.raw) > 1 and self.raw[-1] == '"' and not _ends_in_escape(self.raw[1:-1])

    @property
    def inner_start(self) -> int:
        """Where its content starts."""
        return self.start + (1 if self.quoted else 0)

    @property
    def inner_end(self) -> int:
        """Where its content ends."""
        return self.end - (1 if self.closed else 0)

    @property
    def value(self) -> str:
        """Its content, decoded as far as that is possible."""
        return self.decoded(self.inner_end)

    def decoded(self, until: int) -> str:
        """Its content before the offset `until`."""
        piece = self.raw[self.inner_start - self.start : max(0, until - self.start)]
        return _escape.sub(lambda found: _decoded(found[0]), piece) if self.quoted and "\\" in piece else piece


@final
class LooseMember:
    """A key, and its value when there is one yet; `colon` is where its colon stands, or None."""

    __slots__ = ("colon", "key", "value")

    def __init__(self, key: LooseText) -> None:
        self.key: LooseText = key
        self.colon: int | None = None
        self.value: Loose | None = None


@final
class LooseObject:
    """An object; one that is never closed ends where the text around it goes on."""

    __slots__ = ("end", "members", "start")

    def __init__(self, start: int, end: int) -> None:
        self.start: int = start
        self.end: int = end
        self.members: list[LooseMember] = []

    def get(self, name: str) -> Loose | None:
        """The value of the first member of that name, in any letter case."""
        lowered = name.lower()
        for member in self.members:
            if member.key.value.lower() == lowered:
                return member.value
        return None


@final
class LooseArray:
    """An array, or the document itself: what stands one after the other."""

    __slots__ = ("end", "items", "start")

    def __init__(self, start: int, end: int) -> None:
        self.start: int = start
        self.end: int = end
        self.items: list[Loose] = []


Loose: TypeAlias = LooseText | LooseObject | LooseArray


def loose_json(text: str) -> LooseArray:
    """What can be told of a text's shape, as the list of its outermost values; empty past the limits of size.

    >>> document = loose_json('{"Statement": [{"Action": ["s3:Get')
    >>> statement = document.items[0].get("Statement").items[0]
    >>> statement.get("action").items[0].value
    's3:Get'
    """
    root = LooseArray(0, len(text))
    if len(text) <= MAX_CHARACTERS and not _read(text, root):
        return LooseArray(0, len(text))
    return root


def _read(text: str, root: LooseArray) -> bool:
    """Reads a text into `root`; False when it is too deep or holds too many tokens."""
    stack: list[LooseArray | LooseObject] = [root]
    for number, match in enumerate(_token.finditer(text)):
        mark, at = match[0], match.start()
        if number > MAX_TOKENS or len(stack) > MAX_DEPTH:
            return False
        if mark in "{[":
            opened: LooseArray | LooseObject
            opened = LooseObject(at, len(text)) if mark == "{" else LooseArray(at, len(text))
            _add(stack[-1], opened)
            stack.append(opened)
        elif mark in "}]":
            _close(stack, LooseObject if mark == "}" else LooseArray, at)
        elif mark == ":":
            top = stack[-1]
            if isinstance(top, LooseObject) and top.members and top.members[-1].value is None:
                top.members[-1].colon = at
        elif mark == ",":
            continue
        else:
            piece = LooseText(mark, at, match.end())
            if piece.quoted and _colon_follows(text, piece.end):
                _add_key(stack, piece)
            else:
                _add(stack[-1], piece)
    return True


def _add(top: LooseArray | LooseObject, value: Loose) -> None:
    if isinstance(top, LooseArray):
        top.items.append(value)
        return
    last = top.members[-1] if top.members else None
    if last is not None and last.colon is not None and last.value is None:
        last.value = value
    elif isinstance(value, LooseText):
        top.members.append(LooseMember(value))
    # An object or array without a key belongs to nothing.


def _add_key(stack: list[LooseArray | LooseObject], key: LooseText) -> None:
    around = _innermost(stack, LooseObject)
    if around is None:
        _add(stack[-1], key)
        return
    _end(stack, around + 1, key.start)
    top = stack[-1]
    assert isinstance(top, LooseObject)
    top.members.append(LooseMember(key))


def _close(stack: list[LooseArray | LooseObject], what: type[LooseArray | LooseObject], at: int) -> None:
    place = _innermost(stack, what)
    if place is not None:
        _end(stack, place + 1, at)
        stack.pop().end = at + 1


def _end(stack: list[LooseArray | LooseObject], depth: int, at: int) -> None:
    """Ends what is open beyond a depth: its bracket never came."""
    while len(stack) > depth:
        stack.pop().end = at


def _innermost(stack: list[LooseArray | LooseObject], what: type[LooseArray | LooseObject]) -> int | None:
    """The place of the innermost open object or array; the document itself, at 0, is never closed."""
    for place in range(len(stack) - 1, 0, -1):
        if isinstance(stack[place], what):
            return place
    return None


def _ends_in_escape(content: str) -> bool:
    return (len(content) - len(content.rstrip("\\"))) % 2 == 1


_LETTERS: Final = {"\\b": "\b", "\\f": "\f", "\\n": "\n", "\\r": "\r", "\\t": "\t"}


def _decoded(escape: str) -> str:
    # Halves of a pair stand side by side, so a run is decoded as one.
    if len(escape) > 2:
        decoded: str = json.loads(f'"{escape}"')
        return decoded
    return _LETTERS.get(escape, escape[1:])
