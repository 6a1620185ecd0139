"""For programs: relation or outcome, regions and witnesses; later versions only add to it."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

from jfml_policies.report.inert import well_formed
from jfml_policies.report.place import place_of
from jfml_policies.report.remark_words import placed_text
from jfml_policies.text.lines import LineIndex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from jfml_policies.access.regions import Region
    from jfml_policies.access.request import Request
    from jfml_policies.diff.remarks import Remark
    from jfml_policies.findings import Path, Span
    from jfml_policies.privilege.risk import Risk
    from jfml_policies.report.answer import Answer, Effect, Piece, Spot
    from jfml_policies.report.interface import Settings

__all__ = ["render", "render_list"]

_Object = dict[str, object]


def render(answers: Iterable[Answer], settings: Settings) -> Iterator[str]:  # noqa: ARG001 -- one signature for all
    """One JSON document for one answer."""
    for answer in answers:
        yield json.dumps({"version": 1, **_answer(answer)}, indent=1) + "\n"


def render_list(answers: Iterable[Answer], settings: Settings) -> Iterator[str]:
    """One JSON document for the answers of several files, a line a file."""
    words: Counter[str] = Counter()
    counted = "relations"
    separator = "\n"
    yield '{"version": 1, "files": ['
    for answer in answers:
        words[answer.word] += 1
        counted = "relations" if answer.question == "diff" else "outcomes"
        # Escapes alone, so that nothing in it needs the output's encoding or steers a terminal.
        yield separator + json.dumps(_answer(answer))
        separator = ",\n"
    summary = {"compared": words.total(), "skipped": settings.skipped(), counted: dict(sorted(words.items()))}
    line_end = "\n" if words else ""
    yield f'{line_end}], "summary": {json.dumps(summary)}}}\n'


def _answer(answer: Answer) -> _Object:
    if answer.question == "diff":
        return {
            "old": _text(answer.old),
            "new": _text(answer.file),
            "relation": answer.word,
            "added": _regions(answer, "added"),
            "removed": _regions(answer, "removed"),
            "no_longer_denied": _regions(answer, "undenied"),
            "newly_denied": _regions(answer, "denied"),
            "witnesses": {"added": _first(answer, "added"), "removed": _first(answer, "removed")},
            **_remarks(answer),
        }
    if answer.question == "needs":
        return {
            "check": answer.question,
            "file": _text(answer.file),
            "need": _text(answer.old),
            "outcome": answer.word,
            "excess": _mendable(answer, "excess"),
            "shortage": _mendable(answer, "shortage"),
            "witnesses": {"excess": _first(answer, "excess"), "shortage": _first(answer, "shortage")},
            **_remarks(answer),
        }
    regions = [_piece(piece) for piece in answer.pieces]
    return {
        "check": answer.question,
        "file": _text(answer.file),
        "outcome": answer.word,
        "regions": regions,
        "witness": regions[0]["witness"] if regions else None,
        **_remarks(answer),
    }


def _remarks(answer: Answer) -> _Object:
    return {
        "unknown": _texts([placed_text(remark) for remark in answer.unknown]),
        "notes": _texts([placed_text(remark) for remark in answer.notes]),
        "remarks": [_remark(remark) for remark in (*answer.unknown, *answer.notes)],
    }


def _remark(remark: Remark) -> _Object:
    side = remark.side
    return {
        "code": remark.code,
        "message": _text(remark.text),
        "file": side and _text(side.name),
        "path": None if remark.path is None else _path(remark.path),
        **_place(remark.span, side and side.text),
    }


def _place(span: Span | None, text: str | None) -> _Object:
    place = place_of(span, LineIndex(text)) if span is not None and text is not None else None
    return {
        "line": place and place.line,
        "column": place and place.column,
        "end_line": place and place.end_line,
        "end_column": place and place.end_column,
    }


def _path(path: Path) -> list[str | int]:
    return [well_formed(step) if isinstance(step, str) else step for step in path]


def _deny(spot: Spot | None) -> _Object | None:
    if spot is None:
        return None
    return {"file": _text(spot.side.name), "path": _path(spot.path), **_place(spot.span, spot.side.text)}


def _regions(answer: Answer, effect: Effect) -> list[_Object]:
    return [_piece(piece) for piece in answer.pieces if piece.effect == effect]


def _mendable(answer: Answer, effect: Effect) -> list[_Object]:
    return [
        {**_piece(one), "remedy": _text(one.remedy), "risk": _risk(one.risk)}
        for one in answer.pieces
        if one.effect == effect
    ]


def _risk(risk: Risk | None) -> _Object | None:
    if risk is None:
        return None
    return {"level": risk.level, "breadth": risk.breadth, "exposure": risk.exposure, "actions": risk.actions}


def _first(answer: Answer, effect: Effect) -> _Object | None:
    return next((_request(piece.region.witness) for piece in answer.pieces if piece.effect == effect), None)


def _piece(piece: Piece) -> _Object:
    return {
        **_region(piece.region),
        "file": _text(piece.file),
        **_place(piece.span, piece.text),
        "deny": _deny(piece.deny),
    }


def _region(region: Region) -> _Object:
    return {
        "actions": _texts(region.actions),
        "except_actions": _texts(region.except_actions),
        "resources": _texts(region.resources),
        "except_resources": _texts(region.except_resources),
        "principals": _texts(region.principals),
        "except_principals": _texts(region.except_principals),
        "conditions": _texts(region.conditions),
        "exceptions": _texts(region.exceptions),
        "access_levels": dict(region.access_levels),
        "only_unknown_actions": region.only_unknown_actions,
        "lifted": region.lifted,
        "path": _path(region.path),
        "sid": _text(region.sid),
        "witness": _request(region.witness),
    }


def _request(request: Request) -> _Object:
    return {
        "action": _text(request.action),
        "resource": _text(request.resource),
        "principal": _text(request.principal),
        "context": {well_formed(key): _texts(request.values(key)) for key in request.context},
    }


def _texts(texts: Sequence[str]) -> list[str]:
    return [well_formed(text) for text in texts]


def _text(text: str | None) -> str | None:
    return None if text is None else well_formed(text)
