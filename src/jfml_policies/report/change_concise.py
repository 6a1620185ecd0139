"""One line a piece of access, as editors and `grep` like it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jfml_policies.report.answer import INKS, SIGNS
from jfml_policies.report.headline import one_line
from jfml_policies.report.inert import inert
from jfml_policies.report.region_words import one_line_region
from jfml_policies.report.remark_words import label
from jfml_policies.text.lines import LineIndex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jfml_policies.diff.remarks import Remark
    from jfml_policies.findings import Span
    from jfml_policies.report.answer import Answer
    from jfml_policies.report.interface import Settings

__all__ = ["render"]


def render(answers: Iterable[Answer], settings: Settings) -> Iterator[str]:
    """`file:line: + region`, and a line for each reason why an answer is not complete and for each note."""
    style = settings.style
    for answer in answers:
        for remark in (*answer.unknown, *answer.notes):
            where = style.paint(_remarked(remark, answer), "strong")
            name = label(remark)
            yield f"{where}: {style.paint(name, 'strong' if name == 'note' else 'warning')}: {one_line(remark.text)}\n"
        for piece in answer.pieces:
            sign = style.paint(SIGNS[piece.effect], INKS[piece.effect])
            text = one_line(one_line_region(piece.region, piece.effect, answer.catalog_date))
            yield f"{style.paint(_where(piece.file, piece.text, piece.span), 'strong')}: {sign} {text}\n"


def _remarked(remark: Remark, answer: Answer) -> str:
    if remark.side is None:
        return inert(answer.file)
    return _where(remark.side.name, remark.side.text, remark.span)


def _where(file: str, text: str | None, span: Span | None) -> str:
    if span is None or text is None:
        return inert(file)
    return f"{inert(file)}:{LineIndex(text).position(span.start)[0]}"
