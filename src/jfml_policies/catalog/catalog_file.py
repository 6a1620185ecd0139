"""The catalogue file: one text file, made by `compile` and read by `reader`.

    line 1          JSON header: what the file is, its date, its sources, counts, a checksum of the rest
    S lines         prefix TAB action names TAB resource types TAB condition keys TAB actions
    A lines         service field of ARNs TAB prefixes of the services whose resource types use it
    K lines         prefix of condition keys TAB prefixes of the services that define such keys, where they differ

Prefixes and action names are plain text separated by spaces, a trailing `!` marks what AWS retired; so all names are
known after splitting. The last three columns of a service are JSON, parsed when a question needs them:

    resource types  [[name, ARN template, [index into condition keys, ...]], ...]
    condition keys  {name: published type, ...}; the order gives the index
    actions         {"shapes": [[level, [[index into resource types, required, keys?, actions?], ...],
                    [key index, ...], [dependent action, ...]], ...], "of": [index into shapes, one per action name]}

Lists lose their empty tail. Actions of a service often differ in nothing but the name: they share a shape.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from jfml_policies.errors import CatalogError
from jfml_policies.record import record

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["FORMAT", "MAXIMUM_BYTES", "CatalogFile", "JsonValue", "assemble", "compact", "take_apart"]

JsonValue = None | bool | int | float | str | list["JsonValue"] | dict[str, "JsonValue"]

#: The version of the layout above; a reader refuses any other.
FORMAT = 1

#: A file larger than this is not a catalogue (the shipped one has under 2 MB).
MAXIMUM_BYTES = 64 * 1024 * 1024

_NAME = "jfml-policies catalog"
_LONGEST_HEADER = 64 * 1024
_REBUILD = "build one with `jfml-policies catalog build --out FILE`"


@record
class CatalogFile:
    """A catalogue file's lines by section, not parsed further.

    Attributes:
        header: the first line's JSON object without what only the layout needs.
        services: one line a service, sorted by prefix.
        arn_owners: one line a service field of ARNs.
        key_owners: one line a prefix of condition keys.
    """

    header: Mapping[str, JsonValue]
    services: tuple[str, ...]
    arn_owners: tuple[str, ...]
    key_owners: tuple[str, ...]


def assemble(content: CatalogFile) -> bytes:
    """The file's bytes; the same content gives the same bytes."""
    sections = (content.services, content.arn_owners, content.key_owners)
    body = "".join(f"{line}\n" for section in sections for line in section).encode("ascii")
    header = {
        "file": _NAME,
        "format": FORMAT,
        **content.header,
        "lines": [len(section) for section in sections],
        "checksum": _checksum(body),
    }
    return json.dumps(header, separators=(",", ":")).encode("ascii") + b"\n" + body


def take_apart(data: bytes, *, name: str, is_trusted: bool = False) -> CatalogFile:
    """The sections of a catalogue file.

    Args:
        data: the file's bytes.
        name: how messages call the file.
        is_trusted: True for the file that was installed with the package, whose checksum is not worked out.

    Raises:
        CatalogError: the bytes are not a catalogue file, have another format, or are damaged.
    """
    first, _, body = data.partition(b"\n")
    header = _header(first, name=name)
    if not is_trusted and header.get("checksum") != _checksum(body):
        raise CatalogError(f"catalogue `{name}` is damaged: its content does not match its checksum", hint=_REBUILD)
    lines = _decoded(body, name=name).split("\n")
    match header.get("lines"):
        case [int(services), int(arn_owners), int(key_owners)] if min(
            services, arn_owners, key_owners
        ) >= 0 and services + arn_owners + key_owners + 1 == len(lines):
            middle = services + arn_owners
        case _:
            raise CatalogError(f"catalogue `{name}` is damaged: lines are missing", hint=_REBUILD)
    layout = ("file", "format", "lines", "checksum")
    return CatalogFile(
        {key: value for key, value in header.items() if key not in layout},
        tuple(lines[:services]),
        tuple(lines[services:middle]),
        tuple(lines[middle:-1]),
    )


def _checksum(body: bytes) -> str:
    from zlib import crc32

    return f"{crc32(body):08x}"


def _header(line: bytes, *, name: str) -> dict[str, JsonValue]:
    # INVARIANT: the line is short before it is parsed, so a foreign file of any size or nesting is refused cheaply.
    foreign = CatalogError(f"`{name}` is not a catalogue file", hint=_REBUILD)
    if len(line) > _LONGEST_HEADER or not line.startswith(b'{"file":'):
        raise foreign
    try:
        header: JsonValue = json.loads(line)
    except (ValueError, RecursionError):
        raise foreign from None
    if not isinstance(header, dict) or header.get("file") != _NAME:
        raise foreign
    if header.get("format") != FORMAT:
        raise CatalogError(
            f"catalogue `{name}` has format `{header.get('format')!s:.20}`, this version reads format `{FORMAT}`",
            hint=_REBUILD,
        )
    return header


def _decoded(body: bytes, *, name: str) -> str:
    try:
        return body.decode("ascii")
    except UnicodeDecodeError:
        raise CatalogError(f"catalogue `{name}` is damaged: it holds non-ASCII bytes", hint=_REBUILD) from None


def compact(value: JsonValue) -> str:
    """A JSON column: no spaces, so no tab and no line break either."""
    return json.dumps(value, separators=(",", ":"))
