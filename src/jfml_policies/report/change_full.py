"""For people: the answer in one line, then each piece of access with its conditions, exceptions and an example."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from jfml_policies.report.answer import INKS, SIGNS, sentence
from jfml_policies.report.headline import one_line
from jfml_policies.report.inert import inert
from jfml_policies.report.region_words import by_service, counts, exception_text, first_few, is_everybody, request_text
from jfml_policies.report.remark_words import label, placed_text
from jfml_policies.report.tally import count_of
from jfml_policies.text.lines import LineIndex
from jfml_policies.text.path import path_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from jfml_policies.diff.remarks import Remark
    from jfml_policies.report.answer import Answer, Effect, Piece, Spot
    from jfml_policies.report.interface import Settings
    from jfml_policies.report.style import Ink

__all__ = ["render"]

#: Longer lists are cut: nobody reads them at a terminal, and the JSON format has them whole.
_MOST_ENTRIES: Final = 20
_MOST_SERVICES: Final = 20
_MOST_PIECES: Final = 20
_MOST_REMARKS: Final = 10
#: Of so many actions each service shows fewer.
_MANY_ACTIONS: Final = 100
_FEW_ENTRIES: Final = 6
#: So many actions stand in the first line; more are listed by service.
_FEW_ACTIONS: Final = 5
_INDENT: Final = "    "
_VERBS: Final[dict[Effect, str]] = {
    "undenied": "no longer denied:",
    "denied": "newly denied:",
    "excess": "not needed:",
    "shortage": "lacking:",
}


def render(answers: Iterable[Answer], settings: Settings) -> Iterator[str]:
    """Each answer as a block of lines, an empty line between two pieces and between two answers."""
    between = ""
    for answer in answers:
        yield between + "\n".join(_answer(answer, settings)) + "\n"
        between = "\n"


def _answer(answer: Answer, settings: Settings) -> Iterator[str]:
    style = settings.style
    word = style.paint(answer.word, answer.ink)
    yield f"{word}: {inert(sentence(answer, lambda name: f'`{name}`'))}"
    for remarks, ink in _inked(answer):
        for remark in remarks[:_MOST_REMARKS]:
            yield f"  {style.paint(label(remark), ink)}: {one_line(placed_text(remark))}"
        if len(remarks) > _MOST_REMARKS:
            yield f"  and {count_of(len(remarks) - _MOST_REMARKS, 'more remark')}; --output-format json lists all"
    for effect, pieces in groupby(answer.pieces, key=lambda piece: piece.effect):
        these = list(pieces)
        for piece in these[:_MOST_PIECES]:
            yield ""
            yield from _piece(piece, answer, settings)
        if len(these) > _MOST_PIECES:
            yield ""
            yield _rest(effect, these[_MOST_PIECES:])


def _inked(answer: Answer) -> tuple[tuple[tuple[Remark, ...], Ink], ...]:
    return ((answer.unknown, "warning"), (answer.notes, "strong"))


def _rest(effect: Effect, pieces: Sequence[Piece]) -> str:
    """The pieces that are too many to show, in one line: how many, and of which services."""
    services = sorted({service or "every service" for piece in pieces for service in by_service(piece.region.actions)})
    of = f" of {one_line(first_few(services))}" if services else ""
    return f"{SIGNS[effect]} {count_of(len(pieces), 'more piece')} of access{of}; --output-format concise lists all"


def _piece(piece: Piece, answer: Answer, settings: Settings) -> Iterator[str]:
    style, width = settings.style, settings.width
    region = piece.region
    verb = f"{SIGNS[piece.effect]} {_verb(piece)}"
    sign = style.paint(verb, INKS[piece.effect])
    known = counts(region, answer.catalog_date)
    known = f"  ({known})" if known else ""
    if region.actions == ("*",):
        yield f"{sign} every action{known}"
    elif len(region.actions) <= _FEW_ACTIONS:
        first, *more = _filled(f"{verb} ", region.actions, _INDENT, width)
        yield sign + first.removeprefix(verb) + ("" if more else known)
        yield from more[:-1]
        if more:
            yield more[-1] + known
    else:
        yield f"{sign} {len(region.actions):,} actions{known}"
        yield from _services(region.actions, width)
    yield from _clause("but", region.except_actions, width)
    yield from _clause("on", region.resources, width)
    yield from _clause("but", region.except_resources, width)
    if is_everybody(region.principals) or (region.except_principals and not region.principals):
        yield f"{_INDENT}by everybody"
    else:
        yield from _clause("by", region.principals, width)
    yield from _clause("but", region.except_principals, width)
    for number, condition in enumerate(region.conditions):
        yield f"{_INDENT}{'and' if number else 'when'} {one_line(condition)}"
    for exception in region.exceptions:
        lead, colon, text = exception_text(exception, piece.effect).partition(":")
        yield f"{_INDENT}{lead}{colon}{style.paint(one_line(text), 'faint')}"
    where = _where(piece)
    if where:
        yield f"{_INDENT}{style.paint('at', 'faint')} {where}"
    if piece.deny is not None:
        lead = "denied before at" if piece.effect == "added" else "denied now at"
        yield f"{_INDENT}{style.paint(lead, 'faint')} {_spot(piece.deny)}"
    yield f"{_INDENT}{style.paint('for example:', 'faint')} {one_line(request_text(region.witness))}"
    if piece.remedy:
        yield f"{_INDENT}{style.paint('remedy:', 'faint')} {one_line(piece.remedy)}"


def _verb(piece: Piece) -> str:
    if piece.effect == "added" and piece.region.lifted:
        return "no longer denied, so allowed:"
    if piece.effect == "removed" and piece.region.lifted:
        return "newly denied, so not allowed:"
    return _VERBS.get(piece.effect, "Allow")


def _where(piece: Piece) -> str:
    """The statement's place; empty where the region comes from no statement of the document."""
    if piece.span is None:
        return ""
    line = f":{LineIndex(piece.text).position(piece.span.start)[0]}" if piece.text is not None else ""
    sid = f", Sid `{inert(piece.region.sid)}`" if piece.region.sid else ""
    return one_line(f"{piece.file}{line} ({path_text(piece.region.path)}{sid})")


def _spot(spot: Spot) -> str:
    line = ""
    if spot.span is not None and spot.side.text is not None:
        line = f":{LineIndex(spot.side.text).position(spot.span.start)[0]}"
    return one_line(f"{spot.side.name}{line} ({path_text(spot.path)})")


def _clause(lead: str, texts: Sequence[str], width: int) -> Iterator[str]:
    if texts:
        yield from _filled(f"{_INDENT}{lead} ", texts, _INDENT + " " * (len(lead) + 1), width)


def _services(actions: Sequence[str], width: int) -> Iterator[str]:
    services = by_service(actions)
    names = list(services)[:_MOST_SERVICES]
    column = max(len(inert(name)) for name in names) + 1
    most = _MOST_ENTRIES if len(actions) <= _MANY_ACTIONS else _FEW_ENTRIES
    for name in names:
        lead = f"{_INDENT}{inert(name) + ':':<{column}} "
        yield from _filled(lead if name else _INDENT, services[name], " " * len(lead), width, most)
    if len(services) > _MOST_SERVICES:
        yield f"{_INDENT}and {len(services) - _MOST_SERVICES:,} more services; --output-format json lists all"


def _filled(lead: str, texts: Sequence[str], indent: str, width: int, most: int = _MOST_ENTRIES) -> Iterator[str]:
    """The texts with commas between them, in lines that are as long as the width allows."""
    shown = [one_line(text) for text in texts[:most]]
    more = len(texts) - len(shown)
    line = lead
    for number, text in enumerate(shown):
        last = number == len(shown) - 1 and not more
        word = text if last else f"{text},"
        if line not in (lead, indent) and len(line) + len(word) + 1 > width:
            yield line.rstrip()
            line = indent
        line += word if line in (lead, indent) else f" {word}"
    yield f"{line} and {more:,} more" if more else line
