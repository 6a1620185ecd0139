from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jfml_policies.errors import InputError
from jfml_policies.privilege.usage import trails
from jfml_policies.privilege.usage.trails import Unread, records_in, trail_files

RECORDS: list[dict[str, Any]] = [{"eventName": "One", "text": '"]}\\ ü\u2028'}, {"eventName": "Two", "list": [{}, []]}]


@pytest.mark.parametrize(
    "text",
    [
        json.dumps({"Records": RECORDS}),
        json.dumps({"Records": RECORDS}, indent=4, ensure_ascii=False),
        "\ufeff" + json.dumps(RECORDS),
        "\n".join(map(json.dumps, RECORDS)),
        "".join(json.dumps(record, indent=2) for record in RECORDS),
        json.dumps({"Records": RECORDS[:1]}) + "\n" + json.dumps({"Records": RECORDS[1:]}),
        json.dumps({"Records": []}) + json.dumps(RECORDS),
        json.dumps({"Events": [{"EventId": "1", "CloudTrailEvent": json.dumps(one)} for one in RECORDS], "Next": [1]}),
    ],
)
@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_every_form_gives_the_same_records(tmp_path: Path, text: str, pack: Any) -> None:
    """What CloudTrail delivers, lookups, lists and lines hold the same records, plain or gzip."""
    file = tmp_path / "some.json"
    file.write_bytes(pack(text.encode()))

    assert RECORDS == list(records_in(str(file)))


@given(st.lists(st.dictionaries(st.text(), st.text() | st.integers() | st.lists(st.text())), max_size=6))
def test_where_a_chunk_ends_does_not_matter(tmp_path_factory: pytest.TempPathFactory, records: list[Any]) -> None:
    """Records come out whole although a file is read in small chunks that cut texts and characters."""
    file = tmp_path_factory.mktemp("trail") / "some.json"
    file.write_text(json.dumps({"Records": records}, ensure_ascii=False).encode("utf-8", "replace").decode())
    expected = json.loads(file.read_text())["Records"]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(trails, "_CHUNK", 3)
        assert expected == list(records_in(str(file)))


WHOLE = json.dumps({"Records": RECORDS}).encode()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (WHOLE[:-1], "does not end"),
        (WHOLE[:-2], "does not end"),
        (WHOLE[:40], "broken or cut short"),
        (gzip.compress(WHOLE, mtime=0)[:-12], "cut short or damaged"),
        (b"\x1f\x8b" + b"nonsense" * 9, "cut short or damaged"),
        (b"\x80" + WHOLE, "not UTF-8"),
        (b"hello", "no JSON object"),
        (b'[{"eventName": "One"} {"eventName": "Two"}]', "does not go on"),
        (b'{"Records": [1]}', "an object, not a number"),
        (b'{"Records": [null]}', "an object, not null"),
        (b'{"Records": [{"a": ' + b"[" * 200_000, "nested too deeply"),
        (b'{"Events": [{"CloudTrailEvent": "{"}]}', "holds no JSON"),
        (b'{"a": ' + b"9" * 10_000 + b"}", "broken"),
    ],
)
def test_what_is_no_trail_is_one_clear_error(tmp_path: Path, data: bytes, reason: str) -> None:
    """Files that are cut short, damaged or something else are refused, with the place."""
    file = tmp_path / "some.json"
    file.write_bytes(data)

    with pytest.raises(InputError, match=reason):
        list(records_in(str(file)))


@pytest.mark.parametrize(
    "broken", ['{"a": 1', '{"a": tru}', "{", '{"a": "b', "a text", "[ERROR] x", '{"a": [1,}', '{"a": 1}}']
)
@pytest.mark.parametrize("chunk", [3, 1_000_000])
def test_a_broken_line_costs_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: str, chunk: int) -> None:
    """It is told with its number, wherever a chunk of the file ends; all others are read."""
    monkeypatch.setattr(trails, "_CHUNK", chunk)
    lines = [*map(json.dumps, RECORDS), broken, json.dumps({"c": [{"d": "}{"}]}), broken]
    file = tmp_path / "some.jsonl"
    file.write_text("\n".join(lines))

    found = list(records_in(str(file)))

    unread = [one.line for one in found if isinstance(one, Unread)]
    assert [*RECORDS, {"c": [{"d": "}{"}]}] == [one for one in found if isinstance(one, dict) and one != {"a": 1}]
    assert [3, 5] == unread


def test_bytes_that_are_not_utf_8_cost_their_own_line_alone(tmp_path: Path) -> None:
    """Also where they would not hinder reading."""
    one, other = (json.dumps(record).encode() for record in RECORDS)
    lines = [one, b'{"a": "\x80"}', other, b"\xff", one]
    file = tmp_path / "some.jsonl"
    file.write_bytes(b"\n".join(lines))

    bad = [Unread(line, "not UTF-8") for line in (2, 4)]
    assert [RECORDS[0], bad[0], RECORDS[1], bad[1], RECORDS[0]] == list(records_in(str(file)))


def test_records_over_many_lines_are_whole_wherever_a_chunk_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is not there yet is not broken."""
    file = tmp_path / "some.json"
    file.write_text("\n".join(json.dumps(record, indent=2) for record in RECORDS))

    for chunk in range(1, 90):
        monkeypatch.setattr(trails, "_CHUNK", chunk)
        assert RECORDS == list(records_in(str(file)))


def test_what_is_no_record_in_a_list_costs_no_other(tmp_path: Path) -> None:
    """It is told in its place."""
    file = tmp_path / "some.json"
    file.write_text(json.dumps({"Records": [RECORDS[0], 7, RECORDS[1]]}))

    assert [RECORDS[0], Unread(1, "a record should be an object, not a number"), RECORDS[1]] == list(
        records_in(str(file))
    )


def test_a_record_without_end_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A text that goes on and on is refused before all of it is held."""
    monkeypatch.setattr(trails, "_LARGEST_RECORD", 1_000)
    monkeypatch.setattr(trails, "_CHUNK", 100)
    file = tmp_path / "some.json"
    file.write_text('{"Records": [{"a": "' + "x" * 100_000)

    with pytest.raises(InputError, match="larger than"):
        list(records_in(str(file)))


def test_a_folder_stands_for_the_files_below_it(tmp_path: Path) -> None:
    """Files that end like CloudTrail's are read in order, others are passed over."""
    (tmp_path / "b").mkdir()
    for name in ("b/2.json.gz", "b/1.jsonl", "a.json", "digest.txt"):
        (tmp_path / name).write_text("{}")

    found = [Path(file).relative_to(tmp_path).as_posix() for file in trail_files(str(tmp_path))]
    assert ["a.json", "b/1.jsonl", "b/2.json.gz"] == found


def test_a_folder_without_records_is_an_error(tmp_path: Path) -> None:
    """Nothing to read is not the same as nothing used."""
    with pytest.raises(InputError, match="no records here"):
        list(trail_files(str(tmp_path)))
