"""For pull requests: an answer as a heading and a list, in which nothing of a policy is read as Markdown or HTML."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from jfml_policies.report.answer import HEADINGS, sentence
from jfml_policies.report.comment import fitting, folded
from jfml_policies.report.markdown import code_span
from jfml_policies.report.region_words import by_service, counts, exception_text, is_everybody, request_text
from jfml_policies.report.remark_words import label, placed_text
from jfml_policies.report.tally import count_of
from jfml_policies.text.lines import LineIndex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from jfml_policies.report.answer import Answer, Effect, Piece
    from jfml_policies.report.interface import Settings

__all__ = ["render"]

#: What nobody has to look at before the change is made.
_FOLDED: Final[frozenset[Effect]] = frozenset(("removed", "denied"))
#: Beyond these, headings alone are told.
_MOST_CHARACTERS: Final = 50_000
#: Longer lists are cut; the JSON format has them whole.
_MOST_ENTRIES: Final = 30
_MOST_SERVICES: Final = 40
_FEW_ACTIONS: Final = 10


def render(answers: Iterable[Answer], settings: Settings) -> Iterator[str]:  # noqa: ARG001 -- one signature for all
    """A section for each answer; past what a comment may hold only the headings, and how much is left out."""
    yield from fitting(_sections(answers), "and {} more that are left out here; the JSON format has all.")


def _sections(answers: Iterable[Answer]) -> Iterator[str]:
    between = ""
    room = _MOST_CHARACTERS
    for answer in answers:
        section = "\n".join(_answer(answer, room)) + "\n"
        room = max(0, room - len(section))
        yield between + section
        between = "\n"


def _answer(answer: Answer, room: int) -> Iterator[str]:
    yield f"### {answer.word}: {sentence(answer, code_span)}"
    remarks = (*answer.unknown, *answer.notes)
    for remark in remarks[:_MOST_ENTRIES]:
        yield ""
        yield f"{label(remark).capitalize()}: {code_span(placed_text(remark))}"
    if len(remarks) > _MOST_ENTRIES:
        yield ""
        yield f"And {len(remarks) - _MOST_ENTRIES:,} more notes."
    left_out = 0
    for effect, pieces in groupby(answer.pieces, key=lambda piece: piece.effect):
        blocks: list[str] = []
        for piece in pieces:
            block = "\n".join(_piece(piece, answer))
            room -= len(block)
            if room < 0 or left_out:
                left_out += 1
            else:
                blocks.append(block)
        if not blocks:
            continue
        yield ""
        if effect in _FOLDED:
            title = f"{HEADINGS[effect]}: {count_of(len(blocks), 'piece')} of access"
            yield folded(title, "\n".join(blocks) + "\n").removesuffix("\n")
        else:
            yield f"**{HEADINGS[effect]}**\n"
            yield from blocks
    if left_out:
        yield ""
        yield f"{count_of(left_out, 'piece')} of access left out here; the JSON format has all."


def _piece(piece: Piece, answer: Answer) -> Iterator[str]:
    region = piece.region
    known = counts(region, answer.catalog_date)
    known = f" ({known})" if known else ""
    if len(region.actions) <= _FEW_ACTIONS:
        actions = "every action" if region.actions == ("*",) else _spans(region.actions)
        yield f"- {actions}{known}"
    else:
        yield f"- {len(region.actions):,} actions{known}"
        yield from _services(region.actions)
    yield from _clause("but", region.except_actions)
    yield from _clause("on", region.resources)
    yield from _clause("but", region.except_resources)
    if is_everybody(region.principals) or (region.except_principals and not region.principals):
        yield "  - by everybody"
    else:
        yield from _clause("by", region.principals)
    yield from _clause("but", region.except_principals)
    for condition in region.conditions:
        yield f"  - when {code_span(condition)}"
    for exception in region.exceptions:
        lead, _, text = exception_text(exception, piece.effect).partition(": ")
        yield f"  - {lead}: {code_span(text)}"
    if piece.span is not None and piece.text is not None:
        line = LineIndex(piece.text).position(piece.span.start)[0]
        sid = f", Sid {code_span(region.sid)}" if region.sid else ""
        yield f"  - at {code_span(piece.file)}, line {line}{sid}"
    if piece.deny is not None and piece.deny.span is not None and piece.deny.side.text is not None:
        when = "before" if piece.effect == "added" else "now"
        line = LineIndex(piece.deny.side.text).position(piece.deny.span.start)[0]
        yield f"  - denied {when} at {code_span(piece.deny.side.name)}, line {line}"
    yield f"  - for example {code_span(request_text(region.witness))}"
    if piece.remedy:
        yield f"  - remedy: {code_span(piece.remedy)}"


def _services(actions: Sequence[str]) -> Iterator[str]:
    services = by_service(actions)
    for name, short in list(services.items())[:_MOST_SERVICES]:
        yield f"  - {code_span(name) if name else 'any service'}: {_spans(short)}"
    if len(services) > _MOST_SERVICES:
        yield f"  - and {len(services) - _MOST_SERVICES:,} more services"


def _clause(lead: str, texts: Sequence[str]) -> Iterator[str]:
    if texts:
        yield f"  - {lead} {_spans(texts)}"


def _spans(texts: Sequence[str]) -> str:
    more = len(texts) - _MOST_ENTRIES
    spans = ", ".join(code_span(text) for text in texts[:_MOST_ENTRIES])
    return f"{spans} and {more:,} more" if more > 0 else spans
