"""Fixes of operators, keys and lists."""

from __future__ import annotations

import json

import pytest

from jfml_policies.linter.fixes.condition_fixes import change_operator, rename_key
from jfml_policies.linter.fixes.list_addition import add_entries
from jfml_policies.policy.parse import parse_document, parse_text
from jfml_policies.text.edits import apply_edits


def _text(condition: object, action: object = "s3:GetObject") -> str:
    return json.dumps({"Statement": {"Action": action, "Condition": condition}})


def test_operator_of_one_key_is_changed() -> None:
    """Only the operator's name changes."""
    text = _text({"StringEquals": {"aws:userid": "*:ann"}, "Bool": {"aws:SecureTransport": True}})
    statement = parse_text(text).statements[0]
    fix = change_operator(statement.tests[0], statement.condition, "StringLike")

    assert fix is not None
    assert text.replace("StringEquals", "StringLike") == apply_edits(text, fix.edits)


@pytest.mark.parametrize(
    "condition",
    [
        {"StringEquals": {"aws:userid": "*:ann", "aws:username": "ann"}},
        {"StringEquals": {"aws:userid": "*:ann"}, "StringLike": {"aws:username": "ann"}},
        {"StringEquals": {"aws:userid": "*:ann"}, "Bool": {f"k:{number}": True for number in range(300)}},
    ],
)
def test_operator_that_cannot_change_alone_stays(condition: object) -> None:
    """Other keys under it, the new operator beside it, or too large a block: no fix."""
    statement = parse_text(_text(condition)).statements[0]

    assert change_operator(statement.tests[0], statement.condition, "StringLike") is None


def test_key_is_renamed_unless_it_would_stand_twice() -> None:
    """The new key may stand under another operator, but not under the same, in whatever letter case."""
    statement = parse_text(_text({"StringEquals": {"aws:user": "a"}, "StringLike": {"aws:userid": "b"}})).statements[0]
    twice = parse_text(_text({"StringEquals": {"aws:user": "a", "AWS:UserId": "b"}})).statements[0]

    assert rename_key(statement.tests[0], statement, "aws:userid") is not None
    assert rename_key(twice.tests[0], twice, "aws:userid") is None


@pytest.mark.parametrize(
    ("action", "expected"),
    [("a:A", ["a:A", "b:B", "c:C"]), (["a:A"], ["a:A", "b:B", "c:C"]), (["a:A", "d:D"], ["a:A", "d:D", "b:B", "c:C"])],
)
def test_entries_are_added_behind_the_last(action: object, expected: list[str]) -> None:
    """A bare value becomes a list; a list keeps what it has."""
    text = _text({}, action)
    listing = parse_text(text).statements[0].action
    assert listing is not None
    fix = add_entries(listing, ["b:B", "c:C"])
    assert fix is not None

    assert expected == json.loads(apply_edits(text, fix.edits))["Statement"]["Action"]


def test_nothing_is_added_to_an_empty_list() -> None:
    """There is no entry to stand behind."""
    listing = parse_document({"Statement": {"Action": []}}).statements[0].action
    assert listing is not None

    assert add_entries(listing, ["a:A"]) is None
