"""For GitHub Actions: workflow commands that become annotations on the statements that changed something."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jfml_policies.findings import Span
from jfml_policies.report.annotations import Annotation, Kind, commands
from jfml_policies.report.file_name import below
from jfml_policies.report.place import Place, place_of
from jfml_policies.report.region_words import one_line_region, request_text
from jfml_policies.report.remark_words import label, placed_text
from jfml_policies.text.lines import LineIndex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jfml_policies.diff.sides import Side
    from jfml_policies.report.answer import Answer, Effect, Piece
    from jfml_policies.report.interface import Settings

__all__ = ["render"]

_KINDS: Final[dict[Effect, Kind]] = {
    "added": "error",
    "granted": "error",
    "undenied": "warning",
    "denied": "notice",
    "removed": "notice",
    "excess": "error",
    "shortage": "error",
}
_LEADS: Final[dict[Effect, str]] = {
    "added": "newly allowed",
    "granted": "granted",
    "undenied": "no longer denied",
    "denied": "newly denied",
    "removed": "no longer allowed",
    "excess": "not needed",
    "shortage": "needed and not granted",
}


def render(answers: Iterable[Answer], settings: Settings) -> Iterator[str]:
    """One workflow command a piece of access, and one for each reason why an answer is not complete."""
    yield from commands(_annotations(answers, settings))


def _annotations(answers: Iterable[Answer], settings: Settings) -> Iterator[Annotation]:
    for answer in answers:
        title = f"jfml-policies {answer.question}: {answer.word}"
        home = below(answer.home.file, settings.root)
        whole = _beginning(answer.home)
        for remark in (*answer.unknown, *answer.notes):
            kind: Kind = "notice" if label(remark) == "note" else "warning"
            side, span, place = remark.side, remark.span, whole
            if side is not None and side.name == answer.file and span is not None and side.text is not None:
                place = place_of(span, LineIndex(side.text))
            text = remark.text if place is not whole else placed_text(remark)
            message = f"{label(remark)}: {text}{_owner(answer.home)}"
            yield Annotation(kind, home, place, title, message)
        for piece in answer.pieces:
            place, file = whole, home
            # What went has no line in the file as it is now.
            side = answer.side_of(piece.file)
            if side is not None and piece.span is not None and piece.text is not None:
                place, file = place_of(piece.span, LineIndex(piece.text)), below(side.file, settings.root)
            message = _message(piece, answer) + _owner(side or answer.home)
            yield Annotation(_KINDS[piece.effect], file, place, title, message)


def _beginning(side: Side) -> Place | None:
    """Where a policy begins in a file that holds several, for what is said of it as a whole."""
    if side.start is None or side.text is None:
        return None
    line = place_of(Span(side.start, side.start + 1), LineIndex(side.text)).line
    return Place(line, 1, line, 1)


def _owner(side: Side) -> str:
    """Whose policy it is in a file that holds several, as the annotation may have no line."""
    return "" if side.resource is None else f" (in {side.resource})"


def _message(piece: Piece, answer: Answer) -> str:
    example = request_text(piece.region.witness)
    region = one_line_region(piece.region, piece.effect, answer.catalog_date)
    remedy = f"; {piece.remedy}" if piece.remedy else ""
    return f"{_LEADS[piece.effect]}: {region}; for example {example}{remedy}"
