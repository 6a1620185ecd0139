from __future__ import annotations

from pathlib import Path

import pytest

from jfml_policies.errors import InputError
from jfml_policies.text.read import MAX_BYTES, decode, read_text


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"\xff\xfe{\x00}\x00", "UTF-16 text"),
        (b"\x7fELF\x00\xff\x00", "a binary file, not text"),
        (b'{\n"a": "\xe9"}', "not UTF-8: byte 0xe9 in line 2"),
        (b" " * (MAX_BYTES + 1), "larger than 100 MB, so not read"),
    ],
)
def test_bytes_that_are_no_text_are_refused(data: bytes, message: str) -> None:
    """The error says in one line what the bytes are instead."""
    with pytest.raises(InputError) as caught:
        decode(data, "x.json")

    assert f"x.json: {message}" == str(caught.value)


def test_files_that_are_none_are_refused(tmp_path: Path) -> None:
    """A directory, a missing file and an impossible name are our errors."""
    for path in (tmp_path, tmp_path / "missing.json", "nul\0.json"):
        with pytest.raises(InputError):
            read_text(path)


def test_text_is_kept_as_it_stands(tmp_path: Path) -> None:
    """Line ends and byte order mark are part of the text, so that edits keep them."""
    path = tmp_path / "a.json"
    path.write_bytes(b"\xef\xbb\xbf{\r\n}")

    assert "\ufeff{\r\n}" == read_text(path)
