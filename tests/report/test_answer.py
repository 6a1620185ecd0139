from __future__ import annotations

from collections.abc import Callable

import pytest

from jfml_policies.report.answer import Answer, Effect, Piece, Question, Word, sentence

MakePiece = Callable[..., Piece]


@pytest.mark.parametrize(
    ("question", "word", "effects", "expected"),
    [
        ("diff", "equivalent", [], "<new> allows the same as <old>"),
        ("diff", "wider", ["added"], "<new> is wider than <old>: 1 piece of access added"),
        ("diff", "narrower", ["removed"] * 2, "<new> is narrower than <old>: 2 pieces of access removed"),
        (
            "diff",
            "incomparable",
            ["added", "removed", "removed"],
            "<new> is incomparable with <old>: 1 piece of access added, 2 removed",
        ),
        ("diff", "unknown", [], "whether <new> allows more or less than <old> is not known"),
        (
            "diff",
            "equivalent",
            ["undenied", "denied"],
            (
                "<new> allows the same as <old> and denies other things: "
                "1 piece of access no longer denied, 1 newly denied"
            ),
        ),
        (
            "diff",
            "equivalent",
            ["undenied"],
            "<new> allows the same as <old> and denies less: 1 piece of access no longer denied",
        ),
        (
            "diff",
            "equivalent",
            ["denied"],
            "<new> allows the same as <old> and denies more: 1 piece of access newly denied",
        ),
        ("no-new-access", "pass", [], "<new> allows nothing that <old> does not"),
        ("no-new-access", "fail", ["added"], "<new> allows what <old> does not: 1 piece of access added"),
        (
            "no-new-access",
            "fail",
            ["undenied"],
            "<new> no longer denies what <old> does: 1 piece of access no longer denied",
        ),
        ("not-granted", "pass", [], "<new> grants nothing of what must not be granted"),
        ("not-granted", "fail", ["granted"], "<new> grants what must not be granted"),
        ("no-public-access", "pass", [], "<new> is not public: only those that it names or pins have access"),
        (
            "no-public-access",
            "fail",
            ["granted"],
            "<new> is public: others than those that it names or pins have access",
        ),
        ("no-public-access", "unknown", [], "whether <new> passes no-public-access is not known"),
    ],
)
def test_sentences(make_piece: MakePiece, question: Question, word: Word, effects: list[Effect], expected: str) -> None:
    """Each answer is one sentence with counts, in which names are quoted by whoever renders it."""
    answer = Answer(question, word, "new", "old", pieces=tuple(make_piece(effect) for effect in effects))

    assert expected == sentence(answer, lambda name: f"<{name}>")


def test_less_that_is_denied_is_no_good_news(make_piece: MakePiece) -> None:
    """The word of an equivalent policy that denies less is not green."""
    assert Answer("diff", "equivalent", "new", "old").ink == "added"
    assert Answer("diff", "equivalent", "new", "old", pieces=(make_piece("undenied"),)).ink == "warning"
    assert Answer("diff", "wider", "new", "old", pieces=(make_piece("undenied"),)).ink == "error"
