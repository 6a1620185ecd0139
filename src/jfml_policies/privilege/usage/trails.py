"""CloudTrail records from files, one after another, however large the files are.

A file is what CloudTrail delivers (`{"Records": [...]}`), what `aws cloudtrail lookup-events` prints
(`{"Events": [{"CloudTrailEvent": "..."}]}`), a list of records, or records one after another, as JSON lines; plain or
gzip. Only a part of a file is ever held. A line or record that is broken is told and passed over; where a list does not
go on, nothing more can be told from what follows.

Source: "CloudTrail log file examples" in the AWS CloudTrail User Guide,
https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-examples.html
"""

from __future__ import annotations

import gzip
import io
import json
import os
import re
import stat
import zlib
from typing import IO, TYPE_CHECKING, Any, Final, NamedTuple

from jfml_policies.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Unread", "records_in", "trail_files"]

_ENDINGS: Final = (".json", ".json.gz", ".jsonl", ".jsonl.gz")
_CHUNK: Final = 1_000_000
#: CloudTrail cuts what makes a record larger than 256 KB; one that is printed with indents takes more.
_LARGEST_RECORD: Final = 8_000_000
_GZIP: Final = b"\x1f\x8b"

_wrapper: Final = re.compile(r'\{\s*"(?:Records|Events)"\s*:\s*\[')
_blank: Final = re.compile(r"[\s\ufeff\x1e]*")
_foreign: Final = re.compile("[\udc80-\udcff]")
_NOT_UTF_8: Final = "not UTF-8"
_decoder: Final = json.JSONDecoder()
#: Where the next record may begin after a broken one: lines within a record that is printed with indents begin blank.
_LINE_WITH_RECORD: Final = "\n{"


class Unread(NamedTuple):
    """What stands where a record should and is none.

    Attributes:
        line: where it begins, from 1 up.
        reason: what is wrong with it.
    """

    line: int
    reason: str


def trail_files(path: str) -> Iterator[str]:
    """The files that a path stands for: itself, or those below the folder that end like CloudTrail's, sorted.

    Raises:
        InputError: there is no such file, or a folder holds none or cannot be listed.
    """
    if not os.path.isdir(path):
        yield path
        return
    found = False

    def fail(error: OSError) -> None:
        raise InputError(error.strerror or "cannot be listed", file=str(error.filename or path))

    for parent, folders, files in os.walk(path, onerror=fail):
        folders.sort()
        for name in sorted(files):
            file = os.path.join(parent, name)
            if name.lower().endswith(_ENDINGS) and _is_regular(file):
                found = True
                yield file
    if not found:
        raise InputError("no records here", file=path, hint=f"files that end in {', '.join(_ENDINGS)} are read")


def records_in(path: str, stream: IO[bytes] | None = None) -> Iterator[dict[str, Any] | Unread]:
    """The records of one file, and in their places what is none.

    Args:
        path: the file.
        stream: what to read instead, where it is open already; `path` is its name then.

    Raises:
        InputError: the file cannot be read, is cut short, or holds no record at all; the message says where.
    """
    number = 0
    first: Unread | None = None
    try:
        with io.BufferedReader(open(path, "rb", 0) if stream is None else stream) as raw:  # type: ignore[type-var]
            packed = raw.peek(2)[:2] == _GZIP
            plain: IO[bytes] = gzip.GzipFile(fileobj=raw) if packed else raw  # type: ignore[assignment]
            reader = _Reader(plain)
            for found in reader.records():
                record = found if isinstance(found, Unread) else _unwrapped(found, reader)
                if isinstance(record, Unread):
                    first = first or record
                else:
                    number += 1
                yield record
    except _BrokenError as error:
        raise InputError(f"{error}, after {number:,} records", file=path) from None
    except (EOFError, zlib.error, gzip.BadGzipFile):
        raise InputError(f"the gzip data is cut short or damaged, after {number:,} records", file=path) from None
    except FileNotFoundError:
        raise InputError("no such file", file=path) from None
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror or error}", file=path) from None
    if first is not None and not number:
        raise InputError(f"line {first.line:,}: {first.reason}, and there is no record", file=path)


class _BrokenError(Exception):
    """The text is not what it should be."""


class _Reader:
    """Takes JSON values off a stream, one by one."""

    def __init__(self, stream: IO[bytes]) -> None:
        # Bytes are decoded in whole lines or chunks; a character that is cut in two waits for its rest.
        import codecs

        self._stream = stream
        # Bytes that are not UTF-8 become single surrogates, so that they break no record but that which they are in.
        self._decode = codecs.getincrementaldecoder("utf-8")("surrogateescape")
        self._has_foreign = False
        self._text = ""
        self._at = 0
        self._ended = False
        self._line = 1
        self._counted = 0

    @property
    def line(self) -> int:
        """The line of what is read next."""
        self._line += self._text.count("\n", self._counted, self._at)
        self._counted = self._at
        return self._line

    def records(self) -> Iterator[Any]:
        """All values that can be records, and what stands in their places."""
        while self._next() is not None:
            wrapper = _wrapper.match(self._text, self._at)
            if wrapper is not None:
                self._at = wrapper.end()
                yield from self._items()
                self._rest_of_wrapper()
            elif self._text[self._at] == "[":
                yield from self._list_by_itself()
            else:
                yield self._value_by_itself()

    def _list_by_itself(self) -> Iterator[Any]:
        self._at += 1
        begun = False
        try:
            for item in self._items():
                begun = True
                yield item
        except _BrokenError as error:
            if begun:
                raise
            yield self._passed_over(error)

    def _value_by_itself(self) -> Any:
        try:
            if self._text[self._at] != "{":
                is_foreign = _foreign.match(self._text, self._at) is not None
                raise _BrokenError(_NOT_UTF_8 if is_foreign else "no JSON object where a record should begin")
            return self._value(may_break=True)
        except _BrokenError as error:
            return self._passed_over(error)

    def _passed_over(self, error: _BrokenError) -> Unread:
        """What is broken here; reading goes on at the next line that may be a record."""
        found = Unread(self.line, str(error))
        while (place := self._text.find(_LINE_WITH_RECORD, self._at)) < 0 and not self._ended:
            # A line's end may be the last that was read.
            self._at = max(self._at, len(self._text) - 1)
            self._fill(_CHUNK)
        self._at = place + 1 if place >= 0 else len(self._text)
        return found

    def _items(self) -> Iterator[Any]:
        """The values up to the bracket that closes a list."""
        if self._next() == "]":
            self._at += 1
            return
        while True:
            if self._next() is None:
                raise _BrokenError("the list of records does not end")
            yield self._value()
            sign = self._next()
            self._at += 1
            if sign == "]":
                return
            if sign != ",":
                raise _BrokenError("the list of records does not go on" if sign else "the list of records does not end")

    def _rest_of_wrapper(self) -> None:
        """Passes over what follows the list: the brace, or more members."""
        sign = self._next()
        if sign == "}":
            self._at += 1
        elif sign == ",":
            # The members that are left make an object of their own.
            self._line = self.line
            self._counted = 0
            self._text = "{" + self._text[self._at + 1 :]
            self._at = 0
            self._value()
        else:
            raise _BrokenError("the document does not end after its records")

    def _next(self) -> str | None:
        """The next character that is not blank; None at the end."""
        while True:
            blank = _blank.match(self._text, self._at)
            self._at = blank.end() if blank else self._at
            # A wrapper is recognised by its beginning, which must be there as a whole.
            if len(self._text) - self._at >= 64 or self._ended:
                return self._text[self._at] if self._at < len(self._text) else None
            self._fill(_CHUNK)

    def _value(self, *, may_break: bool = False) -> Any:
        size = _CHUNK
        while True:
            try:
                value, end = _decoder.raw_decode(self._text, self._at)
            except RecursionError:
                raise _BrokenError("a record is nested too deeply") from None
            except ValueError as error:
                left = len(self._text) - self._at
                # Of a line that ends behind the fault, no more text makes a record.
                fault = error.pos if isinstance(error, json.JSONDecodeError) else self._at
                if self._ended or (may_break and self._text.find("\n", fault) >= 0):
                    raise _BrokenError(f"a record is broken or cut short ({_reason(error)})") from None
                if left > _LARGEST_RECORD:
                    raise _BrokenError(f"a record is broken, or larger than {_LARGEST_RECORD:,} characters") from None
                # Twice as much each time, so that a large value is not decoded over and over.
                size = max(size, left)
                self._fill(size)
            else:
                if self._has_foreign and _foreign.search(self._text, self._at, end) is not None:
                    raise _BrokenError(_NOT_UTF_8)
                self._at = end
                return value

    def _fill(self, size: int) -> None:
        data = self._stream.read(size)
        self._ended = not data
        self._line = self.line
        self._counted = 0
        text = self._decode.decode(data, final=self._ended)
        # Looked for only where there can be any, as it is slow.
        self._has_foreign = self._has_foreign or not (text.isascii() or _foreign.search(text) is None)
        self._text = self._text[self._at :] + text
        self._at = 0


def _reason(error: ValueError) -> str:
    return error.msg.lower() if isinstance(error, json.JSONDecodeError) else "a number that is too long"


def _unwrapped(record: Any, reader: _Reader) -> dict[str, Any] | Unread:
    """A record, also one that `lookup-events` put into a text."""
    if isinstance(record, dict) and isinstance(record.get("CloudTrailEvent"), str):
        try:
            record = json.loads(record["CloudTrailEvent"])
        except (ValueError, RecursionError):
            return Unread(reader.line, "`CloudTrailEvent` holds no JSON")
    if not isinstance(record, dict):
        return Unread(reader.line, f"a record should be an object, not {_kind_of(record)}")
    return record


def _kind_of(value: object) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "a boolean"
        case str():
            return "a text"
        case list():
            return "a list"
        case _:
            return "a number"


def _is_regular(path: str) -> bool:
    try:
        return stat.S_ISREG(os.stat(path).st_mode)
    except OSError:
        return True
