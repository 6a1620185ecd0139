"""One line a piece of access, as editors and `grep` like it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jfml_policies.report.answer import INKS, SIGNS
from jfml_policies.report.headline import one_line
from jfml_policies.report.inert import inert
from jfml_policies.report.region_words import one_line_region
from jfml_policies.text.lines import LineIndex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jfml_policies.report.answer import Answer, Piece
    from jfml_policies.report.interface import Settings

__all__ = ["render"]


def render(answers: Iterable[Answer], settings: Settings) -> Iterator[str]:
    """`file:line: + region`, and a line for each reason why an answer is not complete."""
    style = settings.style
    for answer in answers:
        for reason in answer.unknown:
            label = style.paint("unknown", "warning")
            yield f"{style.paint(inert(answer.file), 'strong')}: {label}: {one_line(reason)}\n"
        for piece in answer.pieces:
            sign = style.paint(SIGNS[piece.effect], INKS[piece.effect])
            text = one_line(one_line_region(piece.region, piece.effect, answer.catalog_date))
            yield f"{style.paint(_where(piece), 'strong')}: {sign} {text}\n"


def _where(piece: Piece) -> str:
    file = inert(piece.file)
    if piece.span is None or piece.text is None:
        return file
    return f"{file}:{LineIndex(piece.text).position(piece.span.start)[0]}"
