"""A piece of access on a page: what is allowed, to whom, on what and when, beside the statement that does it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jfml_policies.privilege.exposed_actions import EXPOSURES
from jfml_policies.report.html_excerpt import Place, excerpt
from jfml_policies.report.html_tags import Markup, code, codes, joined, prose, tag
from jfml_policies.report.region_words import by_service, counts, exception_text, is_everybody
from jfml_policies.text.lines import LineIndex
from jfml_policies.text.path import path_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jfml_policies.access.request import Request
    from jfml_policies.findings import Path, Span
    from jfml_policies.report.answer import Effect, Piece

__all__ = ["TONES", "example", "piece_article", "statement_excerpt"]

TONES: Final[dict[Effect, str]] = {
    "added": "added",
    "removed": "removed",
    "undenied": "warning",
    "denied": "removed",
    "granted": "error",
    "excess": "added",
    "shortage": "removed",
}
_SIGNS: Final[dict[Effect, str]] = {
    "added": "+ added",
    "removed": "\u2212 removed",
    "undenied": "~ no longer denied",
    "denied": "~ newly denied",
    "granted": "! granted",
    "excess": "+ excess",
    "shortage": "\u2212 shortage",
}
#: How far the resources of a region reach, by the number that tells its risk.
_BREADTHS: Final = (
    "on resources named in full",
    "on a part of a bucket, table or the like",
    "on a whole bucket, table or the like",
    "on every resource of a type or account",
    "on every resource",
)
#: Longer lists are cut; the JSON format has them whole.
_MOST_ENTRIES: Final = 30
_MOST_SERVICES: Final = 20
_FEW_ACTIONS: Final = 4
#: Of so many actions each service shows fewer.
_MANY_ACTIONS: Final = 100
_FEW_ENTRIES: Final = 8


def piece_article(piece: Piece, catalog_date: str, *, level: int) -> Markup:
    """A card for one piece of access, with a heading of a level."""
    region = piece.region
    if region.actions == ("*",):
        title = Markup("every action")
    elif len(region.actions) <= _FEW_ACTIONS:
        title = codes(region.actions)
    else:
        title = Markup(f"{len(region.actions):,} actions")
    known = counts(region, catalog_date)
    facts = [tag("span", known)] if known else []
    if region.lifted and piece.effect in ("added", "removed"):
        facts.append(tag("span", "denied before" if piece.effect == "added" else "denied now"))
    if piece.risk is not None:
        facts.append(tag("span", _BREADTHS[piece.risk.breadth]))
        if piece.risk.exposure is not None:
            facts.append(tag("span", f"lets it {EXPOSURES[piece.risk.exposure]}"))
    head = tag(f"h{level}", tag("span", _SIGNS[piece.effect], class_=f"badge {TONES[piece.effect]}"), " ", title)
    where = tag("p", *facts, class_="where") if facts else Markup()
    excerpts = []
    if piece.text is not None and piece.span is not None:
        excerpts.append(
            statement_excerpt(piece.file, piece.text, piece.span, region.path, TONES[piece.effect], sid=region.sid)
        )
    if piece.deny is not None and piece.deny.span is not None and piece.deny.side.text is not None:
        lead = {"added": "Denied before by ", "removed": "Denied now by "}.get(piece.effect, "Denied by ")
        side = piece.deny.side
        excerpts.append(
            statement_excerpt(side.name, side.text or "", piece.deny.span, piece.deny.path, "related", lead=lead)
        )
    facts_list = tag("dl", *_facts(piece))
    content = tag("div", facts_list, tag("div", *excerpts), class_="beside") if excerpts else facts_list
    return tag("article", head, where, content, class_=f"piece {TONES[piece.effect]}")


def _facts(piece: Piece) -> Iterator[Markup]:
    region = piece.region
    if len(region.actions) > _FEW_ACTIONS:
        yield from _services(region.actions)
    yield from _fact("But not", region.except_actions)
    yield from _fact("On", region.resources)
    yield from _fact("But not on", region.except_resources)
    if is_everybody(region.principals) or (region.except_principals and not region.principals):
        yield from (tag("dt", "By"), tag("dd", tag("strong", "everybody")))
    else:
        yield from _fact("By", region.principals)
    yield from _fact("But not by", region.except_principals)
    if region.conditions:
        yield tag("dt", "When")
        yield from [tag("dd", "and " if number else "", prose(one)) for number, one in enumerate(region.conditions)]
    if region.exceptions:
        yield tag("dt", "Except")
        for exception in region.exceptions:
            lead, _, rest = exception_text(exception, piece.effect).partition(": ")
            yield tag("dd", lead.removeprefix("except "), ": " if rest else "", *_exception(rest))
    if piece.text is None or piece.span is None:
        yield from _fact("In", (piece.file,))
    yield tag("dt", "For example")
    yield tag("dd", example(region.witness))
    if piece.remedy:
        yield from (tag("dt", "Remedy"), tag("dd", prose(piece.remedy)))


def _exception(rest: str) -> Iterator[Markup]:
    """What the statement names as code, and its conditions, which have code of their own."""
    named, when, conditions = f" {rest}".partition(" when ")
    if named.strip():
        yield code(named.strip())
    if when:
        yield joined([" when " if named.strip() else "when ", prose(conditions)])


def _services(actions: Sequence[str]) -> Iterator[Markup]:
    services = by_service(actions)
    most = _MOST_ENTRIES if len(actions) <= _MANY_ACTIONS else _FEW_ENTRIES
    yield tag("dt", "Actions")
    for service in list(services)[:_MOST_SERVICES]:
        name = [tag("span", code(service), " ", class_="service-name")] if service else []
        yield tag("dd", *name, _list(services[service], most))
    if len(services) > _MOST_SERVICES:
        yield tag("dd", f"and {len(services) - _MOST_SERVICES:,} more services", class_="soft")


def _fact(lead: str, values: Sequence[str]) -> Iterator[Markup]:
    if values:
        yield tag("dt", lead)
        yield tag("dd", _list(values, _MOST_ENTRIES))


def _list(values: Sequence[str], most: int) -> Markup:
    left = len(values) - most
    return joined([codes(values[:most]), f" and {left:,} more" if left > 0 else ""])


def example(request: Request) -> Markup:
    """A request in a sentence."""
    parts: list[str] = [code(request.action)]
    if request.resource != "*":
        parts += [" on ", code(request.resource)]
    if request.principal is not None:
        parts += [" by ", code(request.principal)]
    for number, key in enumerate(request.context):
        values = request.values(key)
        parts += [" and " if number else " with ", code(key), " = ", codes(values or ("",))]
    return joined(parts)


def statement_excerpt(
    file: str, source: str, span: Span, path: Path, tone: str, *, sid: str | None = None, lead: str = ""
) -> Markup:
    """The lines of a statement, under its document's name."""
    lines = LineIndex(source)
    caption = [lead, code(f"{file}:{lines.position(span.start)[0]}"), " · ", code(path_text(path))]
    if sid:
        caption += [" · Sid ", code(sid)]
    return excerpt(source, lines, [Place(span, tone)], caption=joined(caption), around=0)
