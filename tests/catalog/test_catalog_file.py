"""The catalogue file's layout, and what happens to files that are none."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jfml_policies.catalog.catalog_file import CatalogFile, assemble, take_apart
from jfml_policies.errors import CatalogError

_CONTENT = CatalogFile({"date": "2026-01-02"}, ("s3\tGetObject\t[]\t{}\t{}", "sts\t\t[]\t{}\t{}"), ("s3\ts3",), ())
_BYTES = assemble(_CONTENT)


def test_round_trip() -> None:
    """What was put together comes apart the same."""
    assert _CONTENT == take_apart(_BYTES, name="f")


def test_same_content_same_bytes() -> None:
    """Writing has no hidden input."""
    assert _BYTES == assemble(take_apart(_BYTES, name="f"))


@given(st.integers(0, len(_BYTES) - 1))
def test_every_truncation_is_noticed(length: int) -> None:
    """A file that was cut off anywhere is refused."""
    with pytest.raises(CatalogError):
        take_apart(_BYTES[:length], name="f")


@given(st.integers(0, len(_BYTES) - 1), st.integers(1, 255))
def test_every_damaged_byte_of_the_content_is_noticed(place: int, change: int) -> None:
    """A changed byte is refused, or it stands in the header and changes nothing but a value there."""
    damaged = bytearray(_BYTES)
    damaged[place] ^= change
    try:
        content = take_apart(bytes(damaged), name="f")
    except CatalogError:
        return

    assert (_CONTENT.services, _CONTENT.arn_owners) == (content.services, content.arn_owners)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n",
        b"{}",
        b'{"Version":"2012-10-17","Statement":[]}',
        b'{"file":',
        b'{"file":"something else","format":1}\n',
        b'{"file":' + b"[" * 60_000,
        b'{"file":' + b" " * 70_000,
        b"\x00\xff" * 1000,
    ],
)
def test_foreign_files_are_called_so(data: bytes) -> None:
    """Anything else is refused as not being a catalogue, with a way out."""
    with pytest.raises(CatalogError, match=r"^`f` is not a catalogue file$") as caught:
        take_apart(data, name="f")

    assert caught.value.hint is not None


def test_another_format_is_named() -> None:
    """A file from another version says which format it has."""
    later = _BYTES.replace(b'"format":1', b'"format":7')

    with pytest.raises(CatalogError, match="has format `7`"):
        take_apart(later, name="f")


@pytest.mark.parametrize("lines", [None, [], [1, 1], [2, 1, 1], [3, 0, -1], ["2", 1, 0], [2, 1, 0, 0], {}])
def test_wrong_line_counts_are_damage(lines: object) -> None:
    """A header whose sections do not add up to the lines there are is refused."""
    first, _, body = _BYTES.partition(b"\n")
    header = json.loads(first) | {"lines": lines}

    with pytest.raises(CatalogError, match="damaged"):
        take_apart(json.dumps(header, separators=(",", ":")).encode() + b"\n" + body, name="f")
