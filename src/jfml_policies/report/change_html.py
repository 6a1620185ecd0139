"""For reviews: answers about access as one HTML page, each with a picture of before and after and its regions."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from jfml_policies.report.answer import HEADINGS, sentence
from jfml_policies.report.html_page import closing, contents, more, opening
from jfml_policies.report.html_tags import Markup, code, joined, prose, tag
from jfml_policies.report.picture_html import PATTERNS, picture_of_change, picture_of_need, pictured
from jfml_policies.report.region_html import TONES, piece_article
from jfml_policies.report.remark_words import label, placed_text
from jfml_policies.report.tally import count_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jfml_policies.report.answer import Answer, Effect, Piece, Question
    from jfml_policies.report.interface import Settings

__all__ = ["render"]

_SUBJECTS: Final[dict[Question, str]] = {
    "diff": "Policy comparison",
    "no-new-access": "No new access",
    "not-granted": "Access that must not be granted",
    "no-public-access": "No public access",
    "needs": "Least privilege",
}
_INK_TONES: Final = {"added": "good", "error": "error", "warning": "warning"}
_TONES: Final = ("good", "warning", "error")
#: A browser shows a page of a few megabytes at once.
_MOST_PIECES: Final = 60
_MOST_OF_PAGE: Final = 300
_FEWEST_PIECES: Final = 5
_MOST_REMARKS: Final = 30
_MOST_SECTIONS: Final = 60
_MOST_LISTED: Final = 1_000
_BREAK: Final = "[]"


def render(answers: Iterable[Answer], settings: Settings) -> Iterator[str]:
    """The page; of several answers a table comes first, and then those that have something to say.

    The first piece comes after the last answer, as the page begins with what they come to; what is kept until then is
    bounded.
    """
    book = _Book()
    for answer in answers:
        book.add(answer)
    if book.number == 1:
        yield from _page_of_one(book.kept[0][1], settings)
    else:
        yield from book.page(settings)


class _Book:
    """What is kept of several answers: a row for each, and as many of them as have a section of their own."""

    def __init__(self) -> None:
        self.number = 0
        self.words: Counter[str] = Counter()
        self.rows: list[Markup] = []
        self.kept: list[tuple[str, Answer]] = []
        self.left = 0
        self.tone = "good"
        self.date = ""

    def add(self, answer: Answer) -> None:
        self.number += 1
        self.words[answer.word] += 1
        self.tone = max(self.tone, _tone(answer), key=_TONES.index)
        self.date = self.date or answer.catalog_date
        anchor = f"a{self.number}"
        says_more = bool(answer.pieces or answer.unknown or answer.notes)
        is_kept = (says_more or self.number == 1) and len(self.kept) < _MOST_SECTIONS
        if is_kept:
            self.kept.append((anchor, answer))
        self.left += says_more and not is_kept
        if len(self.rows) < _MOST_LISTED:
            self.rows.append(_row(answer, anchor if is_kept else None))

    def page(self, settings: Settings) -> Iterator[Markup]:
        """The page of several answers."""
        said = count_of(self.number, "comparison") if self.number else "No policy changed"
        words = ", ".join(f"{number:,} {word}" for word, number in self.words.items()) or "nothing changed"
        subject = "Policy comparison"
        yield opening(f"{subject}: {said}", subject=subject, tone=self.tone, word=words, sentence=Markup(said))
        yield PATTERNS
        if self.rows:
            titles = ("Answer", "Document", "Compared with", "Pieces of access")
            head = tag("thead", tag("tr", *[tag("th", title, scope="col") for title in titles]))
            table = tag("table", head, tag("tbody", *self.rows))
            yield tag("h2", "All comparisons")
            yield tag("div", table, class_="scroll", role="region", aria_label="All comparisons", tabindex="0")
        if self.number > len(self.rows):
            yield more(f"{count_of(self.number - len(self.rows), 'more comparison')} are")
        most = min(_MOST_PIECES, max(_FEWEST_PIECES, _MOST_OF_PAGE // max(1, len(self.kept))))
        for anchor, answer in self.kept:
            yield Markup(f'\n<section aria-labelledby="{anchor}">\n')
            yield tag("h2", _word(answer), " ", _sentence(answer), id=anchor)
            yield from _content(answer, anchor, level=3, most=most)
            yield Markup("\n</section>\n")
        if self.left:
            yield more(f"The details of {count_of(self.left, 'more comparison')} are")
        yield closing(settings.version, *_facts(self.date, settings))


def _page_of_one(answer: Answer, settings: Settings) -> Iterator[Markup]:
    title = f"{answer.word}: {sentence(answer, lambda name: name)}"
    subject = _SUBJECTS[answer.question]
    yield opening(title, subject=subject, tone=_tone(answer), word=answer.word, sentence=_sentence(answer))
    yield _contents(answer)
    yield PATTERNS
    yield from _content(answer, "a1", level=2)
    yield closing(settings.version, *_facts(answer.catalog_date, settings))


def _facts(date: str, settings: Settings) -> list[str]:
    skipped = settings.skipped()
    facts = [f"{skipped:,} passed over, as they hold no policy"] if skipped else []
    return [*facts, f"catalogue of {date}"] if date else facts


def _contents(answer: Answer) -> Markup:
    entries = [("a1-picture", _picture_title(answer), "")] if answer.picture is not None and answer.picture.rows else []
    for effect, pieces in _by_effect(answer).items():
        entries.append((f"a1-{effect}", HEADINGS[effect], f"{len(pieces):,}"))
    return contents(entries) if len(entries) > 1 else Markup()


def _picture_title(answer: Answer) -> str:
    return "Needed and granted" if answer.question == "needs" else "Access before and after"


def _row(answer: Answer, anchor: str | None) -> Markup:
    name = code(answer.file)
    numbers: list[Markup] = []
    for effect, pieces in _by_effect(answer).items():
        numbers += [tag("span", f"{len(pieces):,} {effect}", class_=f"badge {TONES[effect]}"), Markup(" ")]
    return tag(
        "tr",
        tag("td", _word(answer)),
        tag("th", tag("a", name, href=f"#{anchor}") if anchor else name, scope="row"),
        tag("td", code(answer.old) if answer.old else "\u2013"),
        tag("td", *numbers) if numbers else tag("td", "\u2013"),
    )


def _content(answer: Answer, anchor: str, *, level: int, most: int = _MOST_PIECES) -> Iterator[Markup]:
    """All of an answer but its sentence."""
    remarks = [(one, "warning") for one in answer.unknown] + [(one, "related") for one in answer.notes]
    if remarks:
        items = [
            tag("li", tag("strong", label(one).capitalize()), ": ", prose(placed_text(one)), class_=tone)
            for one, tone in remarks[:_MOST_REMARKS]
        ]
        yield tag("ul", *items, class_="remarks")
        if len(remarks) > _MOST_REMARKS:
            yield more(f"{count_of(len(remarks) - _MOST_REMARKS, 'more remark')} are")
    inner = f"h{level}"
    if answer.picture is not None and answer.picture.rows:
        wording = picture_of_need if answer.question == "needs" else picture_of_change
        yield tag(inner, _picture_title(answer), id=f"{anchor}-picture")
        yield from pictured(answer.picture, wording, numbered=anchor)
        outside = sum(piece.region.only_unknown_actions for piece in answer.pieces)
        if outside:
            yield tag(
                "p",
                f"{count_of(outside, 'piece')} of access of action names outside the catalogue: see below.",
                class_="soft",
            )
    for effect, pieces in _by_effect(answer).items():
        yield tag(
            inner, HEADINGS[effect], " ", tag("span", f"{len(pieces):,}", class_="count"), id=f"{anchor}-{effect}"
        )
        for piece in pieces[:most]:
            yield Markup(f"\n{piece_article(piece, answer.catalog_date, level=level + 1)}")
        if len(pieces) > most:
            yield more(f"{count_of(len(pieces) - most, 'more piece')} of access are")


def _by_effect(answer: Answer) -> dict[Effect, list[Piece]]:
    found: dict[Effect, list[Piece]] = {}
    for piece in answer.pieces:
        found.setdefault(piece.effect, []).append(piece)
    return found


def _word(answer: Answer) -> Markup:
    return tag("span", answer.word, class_=f"word {_tone(answer)}")


def _tone(answer: Answer) -> str:
    return _INK_TONES[answer.ink]


def _sentence(answer: Answer) -> Markup:
    # Names are set as code, whatever they hold: the sentence is made with marks that stand for them.
    marks = {"\0": answer.file, "\1": answer.old or ""}
    names = iter(marks)
    said = sentence(answer, lambda _: next(names))
    for part in ("\0", "\1"):
        said = said.replace(part, f"{_BREAK}{part}{_BREAK}")
    return joined(code(marks[part]) if part in marks else part for part in said.split(_BREAK))
