from __future__ import annotations

import json
from collections.abc import Callable

import jsonschema
import pytest

from jfml_policies.diff.remarks import Remark
from jfml_policies.diff.sides import Side
from jfml_policies.findings import Span
from jfml_policies.report.answer import Answer, Piece, Spot
from jfml_policies.report.change_json import render, render_list
from jfml_policies.report.change_schema import DIFF_OUTPUT_SCHEMA, QUESTION_OUTPUT_SCHEMA
from jfml_policies.report.interface import Settings


def valid(document: object, schema: dict[str, object]) -> None:
    jsonschema.Draft7Validator.check_schema(schema)
    jsonschema.Draft7Validator(schema).validate(document)


def test_one_comparison(answers: list[Answer]) -> None:
    """Relation, regions by effect, the witness of each side, and nothing cut short."""
    document = json.loads("".join(render(answers[:1], Settings())))
    valid(document, DIFF_OUTPUT_SCHEMA)

    assert (1, "incomparable", "old.json", "new.json") == tuple(
        document[name] for name in ("version", "relation", "old", "new")
    )
    assert [2, 1, 0, 0] == [len(document[name]) for name in ("added", "removed", "no_longer_denied", "newly_denied")]
    assert len(document["removed"][0]["actions"]) == 41
    assert document["witnesses"] == {
        "added": document["added"][0]["witness"],
        "removed": document["removed"][0]["witness"],
    }
    assert document["added"][0] == {
        "actions": ["s3:GetObject", "s3:PutObject"],
        "except_actions": [],
        "resources": ["arn:aws:s3:::b/*"],
        "except_resources": [],
        "principals": ["AWS: 111122223333"],
        "except_principals": [],
        "conditions": ["`aws:SourceVpc` is `vpc-1`", "`aws:TagKeys` has a value that is `a`"],
        "exceptions": ["Allow s3:Get* on arn:aws:s3:::b/public/*", "Deny s3:PutObject on *"],
        "access_levels": {"Read": 1, "Write": 1},
        "only_unknown_actions": False,
        "lifted": False,
        "path": ["Statement", 0],
        "sid": "Read",
        "witness": {
            "action": "s3:GetObject",
            "resource": "arn:aws:s3:::b/k",
            "principal": "arn:aws:iam::111122223333:root",
            "context": {"aws:SourceVpc": ["vpc-1"], "aws:TagKeys": ["a", "b"]},
        },
        "file": "new.json",
        "line": 4,
        "column": 5,
        "end_line": 9,
        "end_column": 6,
        "deny": None,
    }


@pytest.mark.parametrize("number", [1, 2])
def test_nothing_found(answers: list[Answer], number: int) -> None:
    """Without regions the lists are empty and the witnesses null."""
    document = json.loads("".join(render([answers[number]], Settings())))
    valid(document, DIFF_OUTPUT_SCHEMA)

    assert document["witnesses"] == {"added": None, "removed": None}
    assert document["added"] == document["removed"] == []


def test_remarks_have_places(make_piece: Callable[..., Piece]) -> None:
    """Reasons and notes are texts with their place in words, and once more with file, path, line and column."""
    side = Side("new.json", "{\n  1\n}")
    remark = Remark("no number", "invalid", side, ("Statement", 0), Span(4, 5))
    deny = Spot(Side("old.json", None), ("Statement", 1))
    piece = make_piece(lifted=True)._replace(deny=deny)
    answer = Answer("diff", "unknown", "new.json", "old.json", (piece,), (remark,), (Remark("so", "document"),))
    document = json.loads("".join(render([answer], Settings())))
    valid(document, DIFF_OUTPUT_SCHEMA)
    place = {"line": 2, "column": 3, "end_line": 2, "end_column": 4}
    nowhere = dict.fromkeys(place)

    assert (["new.json:2:3 (Statement[0]): no number"], ["so"]) == (document["unknown"], document["notes"])
    assert [
        {"code": "invalid", "message": "no number", "file": "new.json", "path": ["Statement", 0], **place},
        {"code": "document", "message": "so", "file": None, "path": None, **nowhere},
    ] == document["remarks"]
    assert {"file": "old.json", "path": ["Statement", 1], **nowhere} == document["added"][0]["deny"]


def test_several_files(answers: list[Answer]) -> None:
    """Several files are a list, a line a file, with counts at the end."""
    text = "".join(render_list(answers, Settings(skipped=lambda: 4)))
    document = json.loads(text)
    valid(document, DIFF_OUTPUT_SCHEMA)

    assert len(text.splitlines()) == 2 + len(answers)
    assert [file["relation"] for file in document["files"]] == ["incomparable", "unknown", "equivalent"]
    assert document["summary"] == {
        "compared": 3,
        "skipped": 4,
        "relations": {"equivalent": 1, "incomparable": 1, "unknown": 1},
    }


def test_no_file() -> None:
    """No file at all is a document, too."""
    document = json.loads("".join(render_list([], Settings())))
    valid(document, DIFF_OUTPUT_SCHEMA)

    assert document == {"version": 1, "files": [], "summary": {"compared": 0, "skipped": 0, "relations": {}}}


def test_a_question(answers: list[Answer]) -> None:
    """A question has an outcome, the access that must not be, and the first witness."""
    pieces = tuple(piece._replace(effect="granted") for piece in answers[0].pieces[:1])
    document = json.loads("".join(render([Answer("not-granted", "fail", "p.json", pieces=pieces)], Settings())))
    valid(document, QUESTION_OUTPUT_SCHEMA)

    assert ("not-granted", "fail", "p.json") == tuple(document[name] for name in ("check", "outcome", "file"))
    assert document["witness"] == document["regions"][0]["witness"]


def test_a_question_that_is_passed() -> None:
    """A pass has neither regions nor a witness."""
    document = json.loads("".join(render([Answer("no-public-access", "pass", "p.json")], Settings())))
    valid(document, QUESTION_OUTPUT_SCHEMA)

    assert ([], None) == (document["regions"], document["witness"])


def test_hostile_text_is_ascii(hostile_answer: Answer) -> None:
    """The document is plain ASCII without control characters, and holds no half of a character."""
    text = "".join(render([hostile_answer], Settings()))

    assert text.isascii()
    assert text.replace("\n", "").isprintable()
    assert "\\ud800" not in text.replace("\\\\", "")
    valid(json.loads(text), DIFF_OUTPUT_SCHEMA)
