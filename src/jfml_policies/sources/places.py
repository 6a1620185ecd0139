"""From offsets in the text of a policy to offsets in the file that holds it.

A policy inside another file is checked as a JSON text of its own. How that text came about, piece by piece, is all that
is needed to point into the file: a piece was either copied character by character, or it stands for some characters of
the file as a whole (an escape, a value in YAML's quotes, a reference that only deployment knows).
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from typing import TYPE_CHECKING, Final, Literal, TypeAlias
from urllib.parse import unquote

from jfml_policies.findings import Edit, Span
from jfml_policies.record import record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = [
    "Escaped",
    "Piece",
    "Pieces",
    "Places",
    "Through",
    "copied",
    "decode_escapes",
    "decode_json_string",
    "decode_url",
]

_JSON_ESCAPE: Final = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.")
#: Characters beyond ASCII are several bytes, each with its own escape.
_URL_ESCAPE: Final = re.compile(r"%[0-7][0-9a-fA-F]|(?:%[89a-fA-F][0-9a-fA-F])+")
_JSON_LETTERS: Final = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}


@record
class Piece:
    """Characters `start` to `end` of a policy's text, and where in the file they come from.

    Attributes:
        start: the first character in the policy's text.
        end: the place after the last one.
        host_start: where the piece starts in the file.
        host_end: where it ends there.
        copied: whether each character comes from one of the file, in order.
    """

    start: int
    end: int
    host_start: int
    host_end: int
    copied: bool


class Pieces:
    """The places of a text that was put together from pieces, sorted; between them stands punctuation."""

    __slots__ = ("_pieces", "_starts")

    def __init__(self, pieces: tuple[Piece, ...]) -> None:
        self._pieces: tuple[Piece, ...] = pieces
        self._starts: list[int] = [piece.start for piece in pieces]

    def host(self, span: Span) -> Span:
        r"""The place in the file that a place in the policy's text stands for.

        >>> text, places = decode_json_string(r'{"a": "{\"b\": 1}"}', 6, 18)
        >>> text, places.host(Span(1, 4))
        ('{"b": 1}', Span(start=8, end=13))
        """
        start = self._start(span.start)
        end = start if span.start == span.end else self._end(span.end)
        return Span(start, max(start, end))

    def edit(self, edit: Edit, /) -> Edit | None:
        """The edit in the file that makes an edit of the policy's text, or None when it touches more than a value."""
        piece = self._at(edit.span.start)
        if piece is None or not piece.copied or edit.span.end > piece.end or edit.span.start < piece.start:
            return None
        shift = piece.host_start - piece.start
        return Edit(Span(edit.span.start + shift, edit.span.end + shift), edit.text)

    def _at(self, offset: int) -> Piece | None:
        """The last piece that starts at or before an offset."""
        number = bisect_right(self._starts, offset) - 1
        return self._pieces[number] if number >= 0 else None

    def _start(self, offset: int) -> int:
        piece = self._at(offset)
        if piece is not None and offset < piece.end:
            return piece.host_start + (offset - piece.start if piece.copied else 0)
        number = bisect_right(self._starts, offset)
        if number < len(self._pieces):
            return self._pieces[number].host_start
        return self._pieces[-1].host_end if self._pieces else 0

    def _end(self, offset: int) -> int:
        piece = self._at(offset - 1)
        if piece is None:
            return 0
        return piece.host_start + (offset - piece.start) if piece.copied and offset <= piece.end else piece.host_end


class Through:
    """The places of a text that stands in a text that stands in the file: first the inner, then the outer places."""

    __slots__ = ("_inner", "_outer")

    def __init__(self, inner: Places, outer: Places) -> None:
        self._inner: Places = inner
        self._outer: Places = outer

    def host(self, span: Span) -> Span:
        """The place in the file."""
        return self._outer.host(self._inner.host(span))

    def edit(self, _edit: Edit, /) -> Edit | None:
        """None: what stands in a string of a string is not edited."""
        return None


class Escaped:
    """The places of a text that stands in the file with escapes.

    They are worked out when somebody asks, which nobody does of a policy without findings.

    Args:
        raw: the characters in the file.
        at: where they start there.
        form: how they are escaped.
    """

    __slots__ = ("_at", "_form", "_pieces", "_raw")

    def __init__(self, raw: str, at: int, form: Literal["json", "url"]) -> None:
        self._raw = raw
        self._at = at
        self._form = form
        self._pieces: Pieces | None = None

    def __reduce__(self) -> tuple[type[Escaped], tuple[str, int, str]]:
        return Escaped, (self._raw, self._at, self._form)

    def host(self, span: Span) -> Span:
        """The place in the file."""
        return self._worked_out().host(span)

    def edit(self, edit: Edit, /) -> Edit | None:
        """The edit in the file, or None when it touches more than a value."""
        return self._worked_out().edit(edit)

    def _worked_out(self) -> Pieces:
        if self._pieces is None:
            self._pieces = Pieces(tuple(_pieces(self._raw, self._at, *_FORMS[self._form])))
        return self._pieces


Places: TypeAlias = Pieces | Through | Escaped


def copied(start: int, end: int) -> Pieces:
    """The places of a text that stands in the file as it is."""
    return Pieces((Piece(0, end - start, start, end, copied=True),))


def decode_json_string(host: str, start: int, end: int) -> tuple[str, Places]:
    """The text of the JSON string that stands at `start` to `end` of a file, quotes included, and its places."""
    raw = host[start + 1 : end - 1]
    if "\\" not in raw:
        return raw, copied(start + 1, end - 1)
    places = Escaped(raw, start + 1, "json")
    try:
        text = json.loads(host[start:end])
    except ValueError:
        text = None
    # YAML has more escapes than JSON.
    return (text if isinstance(text, str) else _JSON_ESCAPE.sub(lambda match: _json_escape(match[0]), raw)), places


def decode_escapes(text: str) -> tuple[str, Places]:
    r"""The text that one with the escapes of a JSON string stands for, and its places in that one.

    >>> decode_escapes(r"{\"a\":1}")[0]
    '{"a":1}'
    """
    return _JSON_ESCAPE.sub(lambda match: _json_escape(match[0]), text), Escaped(text, 0, "json")


def decode_url(text: str) -> tuple[str, Places]:
    """The text that a URL-encoded one stands for, and its places in that one.

    Source: IAM API Reference, `GetRole` and others: documents are "URL-encoded compliant with RFC 3986".

    >>> decode_url("%7B%22a%22%3A1%7D")[0]
    '{"a":1}'
    """
    return unquote(text), Escaped(text, 0, "url")


def _pieces(raw: str, at: int, escape: re.Pattern[str], decode: Callable[[str], str]) -> Iterator[Piece]:
    """How a text came about: runs of copied characters and escapes in turn."""
    length, done = 0, 0
    for match in escape.finditer(raw):
        start, end = match.span()
        if start > done:
            yield Piece(length, length + start - done, at + done, at + start, copied=True)
            length += start - done
        decoded = len(decode(match[0]))
        yield Piece(length, length + decoded, at + start, at + end, copied=False)
        length += decoded
        done = end
    if done < len(raw):
        yield Piece(length, length + len(raw) - done, at + done, at + len(raw), copied=True)


def _json_escape(written: str) -> str:
    letter = written[1]
    if letter != "u":
        return _JSON_LETTERS.get(letter, letter)
    code = int(written[2:6], 16)
    if len(written) > 6:
        return chr(0x10000 + ((code - 0xD800) << 10) + (int(written[8:12], 16) - 0xDC00))
    return chr(code)


_FORMS: Final[dict[str, tuple[re.Pattern[str], Callable[[str], str]]]] = {
    "json": (_JSON_ESCAPE, _json_escape),
    "url": (_URL_ESCAPE, unquote),
}
