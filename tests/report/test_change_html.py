from __future__ import annotations

from collections.abc import Callable
from typing import Any

from jfml_policies.diff.picture import Cell, Picture, Row
from jfml_policies.report.answer import SIGNS, Answer, Piece
from jfml_policies.report.change_html import render
from jfml_policies.report.interface import Settings

Read = Callable[..., Any]
PICTURE = Picture(
    (
        Row("ecr", (Cell("Read", 20, 2, 2, {}),)),
        Row("s3", (Cell("Write", 50, 1, 2, {"added": ("PutObject",), "wider": ("DeleteObject",)}),)),
    )
)


def test_one_comparison_is_the_page(read_page: Read, answers: list[Answer]) -> None:
    """The answer is the heading, and each effect has a section with a card for each piece of access."""
    page = read_page(render(answers[:1], Settings(version="1.2")))

    assert [1, 2, 3, 3, 2, 3] == page.headings
    assert "incomparable new.json is incomparable with old.json: 2 pieces of access added, 1 removed" in page.text
    assert 3 == page.classes["piece"]
    assert "jfml-policies 1.2 · catalogue of 2026-03-01" in page.text


def test_a_card_tells_all_of_a_region(read_page: Read, answers: list[Answer]) -> None:
    """Actions, resources, principals, conditions, exceptions, the statement's lines and a request as proof."""
    page = read_page(render(answers[:1], Settings()))

    for part in (
        "s3:GetObject, s3:PutObject",
        "1 Read, 1 Write",
        "Onarn:aws:s3:::b/*",
        "ByAWS: 111122223333",
        "Whenaws:SourceVpc is vpc-1",
        "and aws:TagKeys has a value that is a",
        "what old allows, too: s3:Get* on arn:aws:s3:::b/public/*",
        "what is denied: s3:PutObject on *",
        "new.json:4 · Statement[0] · Sid Read",
        "by arn:aws:iam::111122223333:root with aws:SourceVpc = vpc-1 and aws:TagKeys = a, b",
        "+ added every action",
        "denied before",
        "Byeverybody",
        "only action names outside the catalogue of 2026-03-01",
    ):
        assert part in page.text


def test_a_picture_stands_before_the_pieces(read_page: Read, answers: list[Answer]) -> None:
    """Services by access levels, with signs, and the names of the actions that changed."""
    page = read_page(render([answers[0]._replace(picture=PICTURE)], Settings()))

    assert page.text.index("Access before and after") < page.text.index("Newly allowed")
    assert "1 piece of access of action names outside the catalogue" in page.text
    assert 1 == page.classes["picture"]


def test_a_need_has_words_of_its_own(read_page: Read, make_piece: Callable[..., Piece]) -> None:
    """What is needed and granted is not before and after."""
    piece = make_piece("excess")._replace(remedy="remove `s3:PutObject`")
    answer = Answer("needs", "fail", "new.json", "need.json", pieces=(piece,), picture=PICTURE)
    page = read_page(render([answer], Settings()))

    assert "needed → granted" in page.text
    assert "granted and not needed" in page.text
    assert "Remedyremove s3:PutObject" in page.text
    assert "before" not in page.text


def test_several_comparisons_share_a_page(read_page: Read, answers: list[Answer]) -> None:
    """A table of all comes first; those that have something to say have a section."""
    page = read_page(render([answers[0]._replace(picture=PICTURE), *answers[1:]], Settings(skipped=lambda: 2)))

    assert "1 incomparable, 1 unknown, 1 equivalent 3 comparisons" in page.text
    assert 2 == page.counts["section"]
    assert "2 passed over, as they hold no policy" in page.text


def test_nothing_changed(read_page: Read) -> None:
    """No answer is a page, too."""
    page = read_page(render([], Settings()))

    assert "nothing changed No policy changed" in page.text


def test_hostile_text_stays_text(read_page: Read, hostile_answer: Answer) -> None:
    """Nothing that a document holds becomes an element, an attribute or an invisible character."""
    nasty = hostile_answer.file
    picture = Picture((Row(nasty, (Cell("", 0, 0, 1, {"added": (nasty,)}),)),))
    for some in ([hostile_answer._replace(picture=picture)], [hostile_answer, hostile_answer]):
        page = read_page(render(some, Settings()))

        assert "\\x1b[31m\\u202e\\x0d\\x0a::error::x\\u2028\\ud800" in page.text


def test_every_effect_has_a_heading(read_page: Read, make_piece: Callable[..., Piece]) -> None:
    """None is passed over."""
    pieces = tuple(make_piece(effect) for effect in SIGNS)
    page = read_page(render([Answer("diff", "wider", "new", "old", pieces=pieces)], Settings()))

    assert len(SIGNS) == page.counts["h2"]


def test_long_lists_are_cut(read_page: Read, make_piece: Callable[..., Piece]) -> None:
    """The page says how much is left out, and stays of bearable size."""
    many = make_piece(actions=tuple(f"s{number % 90}:A{number}" for number in range(9_000)), conditions=("c",) * 3)
    answer = Answer("diff", "wider", "new", "old", pieces=(many,) * 500)
    pieces = list(render([answer] * 1_500, Settings()))
    page = read_page(pieces)

    assert "495 more pieces of access are not shown here" in page.text
    assert "and 70 more services" in page.text
    assert "500 more comparisons are not shown here" in page.text
    assert "The details of 1,440 more comparisons are not shown here" in page.text
    assert sum(map(len, pieces)) < 6_000_000


def test_the_same_answers_make_the_same_page(answers: list[Answer], hostile_answer: Answer) -> None:
    """No clock, no chance."""
    pages = ["".join(render([*answers, hostile_answer], Settings())) for _ in range(2)]

    assert pages[0] == pages[1]
