"""What a renderer of answers about access is given: a comparison, or a question that a policy passes or fails.

As with findings, a renderer yields pieces of text, never prints, and never fails on what a policy or name holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from jfml_policies.diff.sides import Side
from jfml_policies.report.tally import count_of

if TYPE_CHECKING:
    from jfml_policies.access.regions import Region
    from jfml_policies.diff.picture import Picture
    from jfml_policies.diff.remarks import Remark
    from jfml_policies.findings import Path, Span
    from jfml_policies.privilege.risk import Risk
    from jfml_policies.report.interface import Settings
    from jfml_policies.report.style import Ink

__all__ = [
    "HEADINGS",
    "INKS",
    "SIGNS",
    "Answer",
    "AnswerRenderer",
    "Effect",
    "Piece",
    "Question",
    "Spot",
    "Word",
    "sentence",
]

Question = Literal["diff", "no-new-access", "not-granted", "no-public-access", "needs"]
Word = Literal["equivalent", "narrower", "wider", "incomparable", "unknown", "pass", "fail"]
#: Access came or went; is no longer denied, or newly denied, to those whom another policy allows it; or is there and
#: must not be; or it is granted beyond a need, or needed and not granted.
Effect = Literal["added", "removed", "undenied", "denied", "granted", "excess", "shortage"]

#: What pieces of an effect stand below, in reports that have headings.
HEADINGS: Final[dict[Effect, str]] = {
    "added": "Newly allowed",
    "removed": "No longer allowed",
    "undenied": "No longer denied, where another policy allows it",
    "denied": "Newly denied, where another policy allows it",
    "granted": "Granted",
    "excess": "Excess: granted and not needed",
    "shortage": "Shortage: needed and not granted",
}
SIGNS: Final[dict[Effect, str]] = {
    "added": "+",
    "removed": "-",
    "undenied": "~",
    "denied": "~",
    "granted": "!",
    "excess": "+",
    "shortage": "-",
}
INKS: Final[dict[str, Ink]] = {
    "equivalent": "added",
    "narrower": "added",
    "pass": "added",
    "wider": "error",
    "incomparable": "error",
    "fail": "error",
    "unknown": "warning",
    "added": "added",
    "removed": "removed",
    "undenied": "warning",
    "denied": "removed",
    "granted": "removed",
    "excess": "removed",
    "shortage": "warning",
}


class Spot(NamedTuple):
    """A statement in a document: the document, its path in it, and where it stands in the text."""

    side: Side
    path: Path
    span: Span | None = None


class Piece(NamedTuple):
    """A region in a report.

    Attributes:
        effect: what is the matter with it.
        region: the access.
        file: the name of the document that holds its statement.
        text: that document's text, or None.
        span: where the statement stands in the text, or None.
        deny: where the Deny stands that makes the difference, or None.
        remedy: what to do about it, one clause; empty where that is not asked.
        risk: how much it matters, or None where that is not asked.
    """

    effect: Effect
    region: Region
    file: str
    text: str | None = None
    span: Span | None = None
    deny: Spot | None = None
    remedy: str = ""
    risk: Risk | None = None


class Answer(NamedTuple):
    """The answer to one question.

    Attributes:
        question: which.
        word: the answer in a word.
        file: the name of the document that was asked about.
        old: the name of what it was compared with, or None.
        pieces: the access that matters, those with the same effect together.
        unknown: why the answer is not complete; empty when it is.
        notes: what to know beside.
        catalog_date: of the catalogue that knows the actions.
        asked: the documents that were asked about; empty where `file` says all.
        is_well: whether nobody needs to look at it.
        picture: access before and after, or needed and granted, where the format shows it; else None.
    """

    question: Question
    word: Word
    file: str
    old: str | None = None
    pieces: tuple[Piece, ...] = ()
    unknown: tuple[Remark, ...] = ()
    notes: tuple[Remark, ...] = ()
    catalog_date: str = ""
    asked: tuple[Side, ...] = ()
    is_well: bool = False
    picture: Picture | None = None

    @property
    def home(self) -> Side:
        """The document at which to show what has no place in any that was asked about."""
        return self.asked[0] if self.asked else Side(self.file, None)

    def side_of(self, name: str) -> Side | None:
        """The document of that name among those that were asked about."""
        return next((side for side in self.asked or (self.home,) if side.name == name), None)

    @property
    def ink(self) -> Ink:
        """The colour of its word: less that is denied is nothing to be calm about."""
        calm = INKS[self.word] == "added"
        return "warning" if calm and any(piece.effect == "undenied" for piece in self.pieces) else INKS[self.word]


AnswerRenderer = Callable[[Iterable[Answer], "Settings"], Iterator[str]]


def sentence(answer: Answer, quote: Callable[[str], str]) -> str:
    """The answer in one sentence, such as "`new.json` is wider than `old.json`: 1 piece of access added".

    Args:
        answer: the answer.
        quote: what to do with the names of documents.

    >>> sentence(Answer("diff", "equivalent", "new.json", "old.json"), lambda name: name)
    'new.json allows the same as old.json'
    """
    file, old = quote(answer.file), quote(answer.old or "")
    counts = _counts(answer)
    match answer.question, answer.word:
        case "diff", "equivalent":
            text = f"{file} allows the same as {old}{_denies(answer)}"
        case "diff", "incomparable":
            text = f"{file} is incomparable with {old}"
        case "diff", "unknown":
            text = f"whether {file} allows more or less than {old} is not known"
        case "diff", _:
            text = f"{file} is {answer.word} than {old}"
        case "no-new-access", "pass":
            text = f"{file} allows nothing that {old} does not"
        case "no-new-access", "fail" if _denies(answer):
            text = f"{file} no longer denies what {old} does"
        case "no-new-access", "fail":
            text = f"{file} allows what {old} does not"
        case "not-granted", "pass":
            text = f"{file} grants nothing of what must not be granted"
        case "not-granted", "fail":
            text = f"{file} grants what must not be granted"
        case "no-public-access", "pass":
            text = f"{file} is not public: only those that it names or pins have access"
        case "no-public-access", "fail":
            text = f"{file} is public: others than those that it names or pins have access"
        case "needs", "pass":
            text = f"{file} grants exactly the need of {old}"
        case "needs", "fail":
            text = f"{file} does not grant exactly the need of {old}"
        case "needs", _:
            text = f"whether {file} grants exactly the need of {old} is not known"
        case _:
            text = f"whether {file} passes {answer.question} is not known"
    return f"{text}: {counts}" if counts else text


def _denies(answer: Answer) -> str:
    """What else there is to say of documents that allow the same."""
    effects = {piece.effect for piece in answer.pieces}
    if "undenied" in effects:
        return " and denies other things" if "denied" in effects else " and denies less"
    return " and denies more" if "denied" in effects else ""


def _counts(answer: Answer) -> str:
    words: dict[Effect, str] = {
        "added": "added",
        "removed": "removed",
        "undenied": "no longer denied",
        "denied": "newly denied",
        "excess": "beyond the need",
        "shortage": "lacking",
    }
    parts: list[str] = []
    for effect, word in words.items():
        number = sum(piece.effect == effect for piece in answer.pieces)
        if number:
            parts.append(f"{number:,} {word}" if parts else f"{count_of(number, 'piece')} of access {word}")
    return ", ".join(parts)
