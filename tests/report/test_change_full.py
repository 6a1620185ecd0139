from __future__ import annotations

from collections.abc import Callable

import pytest

from jfml_policies.access.request import Request
from jfml_policies.diff.remarks import Remark
from jfml_policies.diff.sides import Side
from jfml_policies.findings import Span
from jfml_policies.report.answer import Answer, Effect, Piece, Spot
from jfml_policies.report.change_full import render
from jfml_policies.report.interface import Settings
from jfml_policies.report.style import Style

EXPECTED = """\
incomparable: `new.json` is incomparable with `old.json`: 2 pieces of access added, 1 removed

+ Allow s3:GetObject, s3:PutObject  (1 Read, 1 Write)
    on arn:aws:s3:::b/*
    by AWS: 111122223333
    when `aws:SourceVpc` is `vpc-1`
    and `aws:TagKeys` has a value that is `a`
    except what old allows, too: s3:Get* on arn:aws:s3:::b/public/*
    except what is denied: s3:PutObject on *
    at new.json:4 (Statement[0], Sid `Read`)
    for example: s3:GetObject on arn:aws:s3:::b/k by arn:aws:iam::111122223333:root with aws:SourceVpc = vpc-1, \
aws:TagKeys = [a, b]

+ no longer denied, so allowed: every action
    but iam:*, sts:*
    on *
    but arn:aws:s3:::b/*
    by everybody
    but AWS: 111122223333
    at new.json:4 (Statement[0])
    for example: s3:GetObject on arn:aws:s3:::b/k

- Allow 41 actions  (only action names outside the catalogue of 2026-03-01)
    ec2: RunInstances
    s3:  Get00, Get01, Get02, Get03, Get04, Get05, Get06, Get07, Get08,
         Get09, Get10, Get11, Get12, Get13, Get14, Get15, Get16, Get17,
         Get18, Get19, and 20 more
    on arn:aws:s3:::b/*
    at old.json:4 (Statement[0], Sid `Read`)
    for example: s3:GetObject on arn:aws:s3:::b/k

unknown: whether `a.json` allows more or less than `HEAD:a.json` is not known
  unknown: too many cases
  note: a note

equivalent: `b.json` allows the same as `HEAD:b.json`
"""


def test_what_a_reviewer_reads(answers: list[Answer]) -> None:
    """The answer in one line, then each piece of access with everything that limits it, and a request as proof."""
    assert EXPECTED == "".join(render(answers, Settings(width=72)))


@pytest.mark.parametrize(
    ("effect", "lifted", "first"),
    [
        ("added", False, "+ Allow s3:GetObject, s3:PutObject  (1 Read, 1 Write)"),
        ("removed", True, "- newly denied, so not allowed: s3:GetObject, s3:PutObject  (1 Read, 1 Write)"),
        ("undenied", True, "~ no longer denied: s3:GetObject, s3:PutObject  (1 Read, 1 Write)"),
        ("denied", True, "~ newly denied: s3:GetObject, s3:PutObject  (1 Read, 1 Write)"),
        ("granted", False, "! Allow s3:GetObject, s3:PutObject  (1 Read, 1 Write)"),
    ],
)
def test_signs(make_piece: Callable[..., Piece], effect: Effect, lifted: bool, first: str) -> None:
    """The sign and the verb say whether access came or went, and whether a Deny is the cause."""
    (block,) = render([Answer("diff", "wider", "n", "o", pieces=(make_piece(effect, lifted=lifted),))], Settings())

    assert block.splitlines()[2] == first


def test_many_services_are_cut(make_piece: Callable[..., Piece]) -> None:
    """Of many services the first are listed, and how to see the rest is told."""
    piece = make_piece(actions=tuple(f"service{number}:Get" for number in range(100)))
    (block,) = render([Answer("diff", "wider", "n", "o", pieces=(piece,))], Settings())

    assert "\n    and 80 more services; --output-format json lists all\n" in block
    assert block.count("\n    service") == 20


def test_a_piece_without_a_place(make_piece: Callable[..., Piece]) -> None:
    """Access that comes from no statement of the document has no place, and an empty value is shown as such."""
    witness = Request("s3:GetObject", "*", None, {"aws:Referer": ""})
    piece = make_piece("undenied", witness=witness)._replace(span=None, text=None)
    (block,) = render([Answer("diff", "equivalent", "n", "o", pieces=(piece,))], Settings())

    assert "\n    at " not in block
    assert block.endswith('    for example: s3:GetObject with aws:Referer = ""\n')


def test_colours(answers: list[Answer]) -> None:
    """Colours change nothing but the looks."""
    painted = "".join(render(answers, Settings(style=Style(color=True), width=72)))
    plain = painted
    for code in ("1;31", "1;33", "31", "32", "2", "1", "0"):
        plain = plain.replace(f"\x1b[{code}m", "")

    assert plain == EXPECTED
    assert painted.startswith("\x1b[1;31mincomparable\x1b[0m: ")
    assert "\n\x1b[32m+ Allow\x1b[0m s3:GetObject" in painted


def test_hostile_text_is_inert(hostile_answer: Answer) -> None:
    """Whatever a policy holds, it steers no terminal and starts no line of its own."""
    text = "".join(render([hostile_answer], Settings(width=80)))

    assert text.replace("\n", "").isprintable()
    assert all(line.startswith((" ", "+ ", "- ", "~ ", "! ", "incomparable: ")) for line in text.splitlines() if line)


def test_many_pieces_are_summed_up(make_piece: Callable[..., Piece]) -> None:
    """Of a long policy the first pieces of each kind are shown, and of which services the others are."""
    added = [make_piece(actions=(f"service{number // 10}:Get",)) for number in range(50)]
    removed = [make_piece("removed") for _ in range(3)]
    answer = Answer("diff", "incomparable", "n", "o", pieces=(*added, *removed))
    (block,) = render([answer], Settings())

    assert 23 == block.count("for example:")
    assert "+ 30 more pieces of access of service2, service3, service4; --output-format concise lists all\n" in block


def test_many_remarks_are_counted() -> None:
    """Of many notes the first are told."""
    answer = Answer("diff", "equivalent", "n", "o", notes=tuple(Remark(f"note {number}", "x") for number in range(99)))
    (block,) = render([answer], Settings())

    assert block.endswith("  note: note 9\n  and 89 more remarks; --output-format json lists all\n")


@pytest.mark.parametrize(("effect", "lead"), [("added", "denied before at"), ("removed", "denied now at")])
def test_where_the_deny_stands(make_piece: Callable[..., Piece], effect: Effect, lead: str) -> None:
    """Where a Deny makes the difference, its place in the other document is told."""
    deny = Spot(Side("old.json", "[\n1]"), ("Statement", 1), Span(2, 3))
    piece = make_piece(effect, lifted=True)._replace(deny=deny)
    (block,) = render([Answer("diff", "wider", "n", "o", pieces=(piece,))], Settings())

    assert f"\n    {lead} old.json:2 (Statement[1])\n" in block


def test_long_first_lines_are_wrapped(make_piece: Callable[..., Piece]) -> None:
    """A few actions with long names take several lines, and their levels stand behind the last."""
    piece = make_piece(actions=tuple(f"service:{'X' * 20}{number}" for number in range(4)))
    (block,) = render([Answer("diff", "wider", "n", "o", pieces=(piece,))], Settings(width=60))

    assert max(map(len, block.splitlines()[2:6])) <= 60 + len("  (1 Read, 1 Write)")
    assert f"    service:{'X' * 20}3  (1 Read, 1 Write)\n" in block


def test_a_remark_has_its_place() -> None:
    """What is invalid is shown with file, line, column and path."""
    remark = Remark("no number", "invalid", Side("new.json", "{\n  1\n}"), ("Statement", 0), Span(4, 5))
    (block,) = render([Answer("diff", "unknown", "new.json", "o", unknown=(remark,))], Settings())

    assert block.endswith("\n  unknown (invalid): new.json:2:3 (Statement[0]): no number\n")
