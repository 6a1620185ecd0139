"""Files to text, with one clear line for whatever is wrong with them."""

from __future__ import annotations

import os
from typing import Final

from jfml_policies.errors import InputError

__all__ = ["MAX_BYTES", "decode", "read_text"]

#: Larger files are refused. AWS's largest policy document has 51,200 characters, but a plan or account holds many.
MAX_BYTES: Final = 100_000_000


def read_text(path: str | os.PathLike[str]) -> str:
    """The text of a file, line ends and byte order mark as they stand in it.

    Raises:
        InputError: the file is missing, a directory, unreadable, larger than `MAX_BYTES`, or not UTF-8 text.
    """
    name = os.fspath(path)
    try:
        with open(name, "rb") as file:
            data = file.read(MAX_BYTES + 1)
    except IsADirectoryError:
        raise InputError("is a directory, not a policy document", file=name) from None
    except FileNotFoundError:
        raise InputError("no such file", file=name) from None
    except PermissionError:
        raise InputError("permission denied", file=name) from None
    except (OSError, ValueError) as error:
        raise InputError(f"cannot be read: {getattr(error, 'strerror', None) or error}", file=name) from None
    return decode(data, name)


def decode(data: bytes, name: str | None = None) -> str:
    """The text in some bytes.

    Raises:
        InputError: more than `MAX_BYTES`, or not UTF-8; the message says where.

    >>> decode(b'{"a": 1}')
    '{"a": 1}'
    """
    if len(data) > MAX_BYTES:
        raise InputError(f"larger than {MAX_BYTES // 1_000_000} MB, so not read", file=name)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            raise InputError("UTF-16 text", file=name, hint="save the file as UTF-8") from None
        if b"\0" in data[:8192]:
            raise InputError("a binary file, not text", file=name) from None
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError(
            f"not UTF-8: byte 0x{data[error.start]:02x} in line {line}", file=name, hint="save the file as UTF-8"
        ) from None
