from __future__ import annotations

from collections.abc import Callable

from jfml_policies.report.answer import Answer, Piece
from jfml_policies.report.change_concise import render
from jfml_policies.report.interface import Settings

EXPECTED = [
    (
        "new.json:4: + s3:GetObject, s3:PutObject (1 Read, 1 Write) on arn:aws:s3:::b/* by AWS: 111122223333 "
        "when `aws:SourceVpc` is `vpc-1` and `aws:TagKeys` has a value that is `a`, except what old allows, too: "
        "s3:Get* on arn:aws:s3:::b/public/*, except what is denied: s3:PutObject on *\n"
    ),
    (
        "new.json:4: + every action but iam:*, sts:* on * but arn:aws:s3:::b/* by everybody but AWS: 111122223333 "
        "(denied before)\n"
    ),
    (
        "old.json:4: - s3:Get00, s3:Get01, s3:Get02, s3:Get03, s3:Get04, s3:Get05 and 35 more "
        "(only action names outside the catalogue of 2026-03-01) on arn:aws:s3:::b/*\n"
    ),
    "a.json: unknown: too many cases\n",
    "a.json: note: a note\n",
]


def test_a_line_a_piece(answers: list[Answer]) -> None:
    """Each piece of access and each reason to doubt and each note is one line; what is equivalent prints nothing."""
    assert list(render(answers, Settings())) == EXPECTED


def test_many_exceptions_are_counted(make_piece: Callable[..., Piece]) -> None:
    """The first two exceptions are told, and how many more there are."""
    piece = make_piece(exceptions=tuple(f"Deny s3:X{number} on *" for number in range(5)))
    (line,) = render([Answer("diff", "wider", "n", "o", pieces=(piece,))], Settings())

    assert line.endswith("except what is denied: s3:X1 on *, and 3 more exceptions\n")


def test_hostile_text_stays_on_its_line(hostile_answer: Answer) -> None:
    """No name and no policy ends a line or steers a terminal."""
    lines = list(render([hostile_answer], Settings()))

    assert len(lines) == 2 + len(hostile_answer.pieces)
    assert all(line.removesuffix("\n").isprintable() for line in lines)
