from __future__ import annotations

import json

import pytest

from jfml_policies.findings import Finding, Path, Span
from jfml_policies.text.lasting_name import lasting_name


def named(text: str, quoted: str, path: Path, sid: str | None = None) -> tuple[str, str]:
    start = text.index(quoted)
    finding = Finding("X", "error", "m", path=path, span=Span(start, start + len(quoted)), sid=sid)
    name = lasting_name(finding, text)
    return name.at, name.value


def test_escapes_make_no_difference() -> None:
    """A value is known again however it is spelled."""
    path = ("Statement", 3, "Action", 1)

    assert ("/Statement/Action", '"s3:*"') == named('["s3:*"]', '"s3:*"', path)
    assert ("/Statement/Action", '"s3:*"') == named('["s3:\\u002a"]', '"s3:\\u002a"', path)


def test_a_statement_without_sid_is_known_by_its_content() -> None:
    """Layout and order do not count in it, content does."""
    path = ("Statement", 0)
    one = '{"Effect": "Allow", "Action": ["a:b", "c:d"]}'
    other = '{\n  "Action": ["c:d", "a:b"],\n  "Effect": "Allow"}'

    assert named(one, one, path) == named(other, other, path)
    assert named(one, one, path) != named(one.replace("c:d", "c:*"), one.replace("c:d", "c:*"), path)


@pytest.mark.parametrize(
    ("path", "sid"), [(("Statement", 0), "Read"), ((), None), (("Version",), None)], ids=["sid", "document", "element"]
)
def test_elsewhere_content_does_not_count(path: Path, sid: str | None) -> None:
    """A statement with a Sid is known by that, and the document by being the document."""
    assert named('{"a": 1}', '{"a": 1}', path, sid)[1] == ""


def test_the_list_of_statements_is_known_without_its_content() -> None:
    """A finding about all statements stays the same when one is added."""
    assert named('[{"a": 1}]', '[{"a": 1}]', ("Statement",))[1] == ""


@pytest.mark.parametrize("quoted", ["[" * 50_000, '{"a"', "{'a'}", '"\\ud800"', '"\\q"', "\ud800"], ids=range(6))
def test_no_value_is_too_odd(quoted: str) -> None:
    """What is no JSON has a name, too, which can be written."""
    _, value = named(quoted, quoted, ("Statement", 0, "Action"))

    assert json.loads(json.dumps(value)) == value


def test_long_values_are_short_names() -> None:
    """The beginning is kept, and the rest tells them apart."""
    one, other = (named(f'"{"x" * 1_000}{end}"', f'"{"x" * 1_000}{end}"', ("Id",))[1] for end in "ab")

    assert len(one) < 150
    assert one != other
