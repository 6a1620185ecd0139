"""Strict JSON (RFC 8259) with a span for every key and value.

One pass, no recursion: the nesting is a stack of our own, so that no text can exhaust Python's.
"""

from __future__ import annotations

import re
from typing import Final, NoReturn

from jfml_policies.errors import JsonSyntaxError
from jfml_policies.text.lines import BOM, LineIndex
from jfml_policies.text.tree import (
    MAX_DEPTH,
    Json,
    JsonArray,
    JsonBoolean,
    JsonNull,
    JsonNumber,
    JsonObject,
    JsonString,
    Member,
)

__all__ = ["parse_json"]

_skip_space = re.compile(r"[ \t\n\r]*").match
_plain_string = re.compile(r'"([^"\\\x00-\x1f]*)"').match
_string_piece = re.compile(r'[^"\\\x00-\x1f]*').match
_number = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?").match
_word = re.compile(r"[A-Za-z_$][A-Za-z0-9_$]*|[+-]?[0-9.][A-Za-z0-9_.+-]*").match
_hex4 = re.compile(r"[0-9a-fA-F]{4}").match

_ESCAPES: Final = {'"': '"', "\\": "\\", "/": "/", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_HIGH, _LOW, _AFTER_LOW = 0xD800, 0xDC00, 0xE000
_NOT_JSON_WORDS: Final = {
    "None": "null",
    "True": "true",
    "False": "false",
    "NULL": "null",
    "TRUE": "true",
    "FALSE": "false",
    "undefined": "null",
}


def parse_json(text: str) -> Json:
    """The tree of a JSON text; offsets count characters of `text` as given, a byte order mark included.

    Raises:
        JsonSyntaxError: the text is not well-formed JSON, or nested deeper than `MAX_DEPTH`.

    >>> tree = parse_json('{"Version": "2012-10-17"}')
    >>> tree.members[0].value.start, tree.members[0].value.end
    (12, 24)
    """
    return _Parser(text).document()


class _Frame:
    """An object or array that is still open."""

    __slots__ = ("is_object", "items", "key", "members", "start")

    def __init__(self, start: int, *, is_object: bool) -> None:
        self.start = start
        self.is_object = is_object
        self.items: list[Json] = []
        self.members: list[Member] = []
        self.key: JsonString | None = None


class _Parser:
    """State of one parse."""

    def __init__(self, text: str) -> None:
        self.text = text

    def document(self) -> Json:
        text = self.text
        at = self._space(1 if text.startswith(BOM) else 0)
        if at == len(text):
            self._fail(at, "the document is empty", "write a policy document, an object that starts with `{`")
        root, at = self._values(at)
        at = self._space(at)
        if at < len(text):
            self._fail(at, f"text continues after the end of the document with {self._quoted(at)}", self._extra(at))
        return root

    def _values(self, at: int) -> tuple[Json, int]:
        """The value that starts at `at`, and where it ends."""
        stack: list[_Frame] = []
        while True:
            value, at = self._opened_or_scalar(at, stack)
            # `value` is complete: hand it to the frames around it until one of them wants more.
            while value is not None:
                if not stack:
                    return value, at
                frame = stack[-1]
                if frame.is_object:
                    assert frame.key is not None
                    frame.members.append(Member(frame.key, value))
                else:
                    frame.items.append(value)
                value, at = self._after_item(self._space(at), stack)

    def _opened_or_scalar(self, at: int, stack: list[_Frame]) -> tuple[Json | None, int]:
        """A complete value, or None where a container was opened and `at` stands at its first value."""
        first = self.text[at : at + 1]
        if first == '"':
            return self._string(at)
        if first not in ("{", "["):
            return self._scalar(at)
        if len(stack) == MAX_DEPTH:
            self._fail(at, f"nested deeper than {MAX_DEPTH} levels")
        inside = self._space(at + 1)
        if first == "{":
            if self.text[inside : inside + 1] == "}":
                return JsonObject((), at, inside + 1), inside + 1
            frame = _Frame(at, is_object=True)
            stack.append(frame)
            return None, self._key(inside, frame)
        if self.text[inside : inside + 1] == "]":
            return JsonArray((), at, inside + 1), inside + 1
        stack.append(_Frame(at, is_object=False))
        return None, inside

    def _after_item(self, at: int, stack: list[_Frame]) -> tuple[Json | None, int]:
        """After an item: the closed container, or None where a comma leads to the next value."""
        frame = stack[-1]
        closer = "}" if frame.is_object else "]"
        found = self.text[at : at + 1]
        if found == closer:
            stack.pop()
            end = at + 1
            if frame.is_object:
                return JsonObject(tuple(frame.members), frame.start, end), end
            return JsonArray(tuple(frame.items), frame.start, end), end
        if found != ",":
            self._fail_between(at, frame, closer)
        after = self._space(at + 1)
        if self.text[after : after + 1] == closer:
            self._fail(at, f"trailing comma before `{closer}`", "remove the comma")
        if frame.is_object:
            return None, self._key(after, frame)
        return None, after

    def _key(self, at: int, frame: _Frame) -> int:
        """Reads `"key":` and returns where the value starts."""
        if self.text[at : at + 1] != '"':
            self._fail(at, f"expected a key in double quotes but found {self._quoted(at)}", self._extra(at))
        frame.key, at = self._string(at)
        at = self._space(at)
        if self.text[at : at + 1] != ":":
            self._fail(at, f"expected `:` after the key but found {self._quoted(at)}", self._extra(at))
        return self._space(at + 1)

    def _string(self, at: int) -> tuple[JsonString, int]:
        match = _plain_string(self.text, at)
        if match is None:
            return self._escaped_string(at)
        end = match.end()
        return JsonString(match[1], at, end), end

    def _escaped_string(self, start: int) -> tuple[JsonString, int]:
        text, pieces, at = self.text, [], start + 1
        while True:
            match = _string_piece(text, at)
            assert match is not None
            pieces.append(match[0])
            at = match.end()
            stop = text[at : at + 1]
            if stop == '"':
                return JsonString("".join(pieces), start, at + 1), at + 1
            if stop == "":
                self._fail(start, "the string that starts here is never closed", 'add the closing `"`')
            if stop != "\\":
                if stop in "\r\n":
                    self._fail(start, "the string that starts here is not closed on its line", 'add the closing `"`')
                self._fail(at, f"control character U+{ord(stop):04X} inside a string", f"write `\\u{ord(stop):04x}`")
            piece, at = self._escape(at)
            pieces.append(piece)

    def _escape(self, at: int) -> tuple[str, int]:
        """The character of the escape at `at`; an unpaired surrogate stays one, as JSON allows."""
        letter = self.text[at + 1 : at + 2]
        if letter != "u":
            if letter not in _ESCAPES or not letter:
                self._fail(at, f"unknown escape `\\{letter}` in a string", "write `\\\\` for a backslash")
            return _ESCAPES[letter], at + 2
        code = self._code_unit(at)
        at += 6
        if _HIGH <= code < _LOW and self.text.startswith("\\u", at) and _hex4(self.text, at + 2):
            low = self._code_unit(at)
            if _LOW <= low < _AFTER_LOW:
                return chr(0x10000 + ((code - _HIGH) << 10) + (low - _LOW)), at + 6
        return chr(code), at

    def _code_unit(self, at: int) -> int:
        match = _hex4(self.text, at + 2)
        if match is None:
            self._fail(at, "`\\u` needs four hexadecimal digits")
        return int(match[0], 16)

    def _scalar(self, at: int) -> tuple[Json, int]:
        text = self.text
        match = _word(text, at)
        word = match[0] if match else ""
        end = at + len(word)
        if word == "true":
            return JsonBoolean(True, at, end), end  # noqa: FBT003
        if word == "false":
            return JsonBoolean(False, at, end), end  # noqa: FBT003
        if word == "null":
            return JsonNull(at, end), end
        number = _number(text, at)
        if number is not None and number.end() >= end:
            return JsonNumber(number[0], at, number.end()), number.end()
        return self._fail(at, f"expected a value but found {self._quoted(at)}", self._extra(at))

    def _space(self, at: int) -> int:
        match = _skip_space(self.text, at)
        return match.end() if match else at

    def _quoted(self, at: int) -> str:
        """What stands at `at`, for a message."""
        if at >= len(self.text):
            return "the end of the text"
        match = _word(self.text, at)
        found = match[0][:30] if match else self.text[at]
        return f"`{found}`" if found.isprintable() and found != "`" else f"the character U+{ord(found[0]):04X}"

    def _extra(self, at: int) -> str | None:
        """A remedy for what people write instead of JSON."""
        text = self.text
        match = _word(text, at)
        word = match[0] if match else ""
        if text.startswith(("//", "/*", "#"), at):
            return "remove the comment; JSON has none"
        if text.startswith(("'", "\u2018", "\u2019", "\u201c", "\u201d"), at):
            return 'use double quotes: `"`'
        if word in _NOT_JSON_WORDS:
            return f"write `{_NOT_JSON_WORDS[word]}`"
        if word in ("NaN", "Infinity", "-Infinity"):
            return "JSON has no such number"
        if word[:1].isalpha():
            return "put the text in double quotes"
        if text.startswith("<", at):
            return "replace the placeholder, in double quotes"
        return None

    def _fail_between(self, at: int, frame: _Frame, closer: str) -> NoReturn:
        what = "object" if frame.is_object else "array"
        if at >= len(self.text):
            self._fail(frame.start, f"the {what} that starts here is never closed", f"add the closing `{closer}`")
        hint = self._extra(at)
        if hint is None and self.text[at] in '"{[':
            hint = "add the comma"
        self._fail(at, f"expected `,` or `{closer}` but found {self._quoted(at)}", hint)

    def _fail(self, at: int, message: str, hint: str | None = None) -> NoReturn:
        line, column = LineIndex(self.text).position(at)
        raise JsonSyntaxError(message, offset=at, line=line, column=column, hint=hint)
