"""For reviews: the escalation paths and the exposure of a principal as one HTML page, with the statements."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jfml_policies.privilege.exposed_actions import EXPOSURES
from jfml_policies.report.html_page import closing, contents, more, opening
from jfml_policies.report.html_tags import Markup, code, codes, joined, prose, tag
from jfml_policies.report.region_html import example, statement_excerpt
from jfml_policies.report.risk import PUBLIC_WORDS, blocks, counts, heading, place_text, remedy, was_granted
from jfml_policies.report.risk_headline import headline
from jfml_policies.report.tally import count_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jfml_policies.access.request import Request
    from jfml_policies.diff.outcome import Verdict
    from jfml_policies.privilege.exposure import Exposure
    from jfml_policies.privilege.holdings import Place
    from jfml_policies.privilege.inquiry import State
    from jfml_policies.report.interface import Settings
    from jfml_policies.report.risk import Block, Public, RiskReport
    from jfml_policies.report.style import Ink

__all__ = ["render"]

#: A browser shows a page of a few megabytes at once; the JSON format has everything.
_MOST_BLOCKS: Final = 60
_MOST_PATHS: Final = 120
_FEW_PATHS: Final = 8
_MOST_EXCERPTS: Final = 3
_MOST_PLACES: Final = 12
_MOST_ACTIONS: Final = 40
_MOST_CLOSED: Final = 120
_MOST_EXAMPLES: Final = 6
_TONES: Final[dict[State, str]] = {"open": "error", "potential": "warning", "closed": "good"}
_TONES_OF_INKS: Final[dict[Ink, str]] = {"error": "error", "warning": "warning"}
_PUBLIC_TONES: Final[dict[Verdict, str]] = {"fail": "error", "unknown": "warning", "pass": "good"}


def render(report: RiskReport, settings: Settings) -> Iterator[str]:
    """The page: what is open and potential, what lies open, and what was closed."""
    number = counts(report)
    first = headline(report)
    said, tone = first.text, _TONES_OF_INKS.get(first.ink, "good")
    sentence = Markup(said[:1].upper() + said[1:])
    yield opening(f"Risks: {said}", subject="Risks of a principal", tone=tone, word=first.word, sentence=sentence)
    closed = [answer for answer in report.paths if answer.state == "closed" and was_granted(answer)]
    yield _contents(report, len(closed))
    if report.notes:
        yield tag(
            "ul", *[tag("li", tag("strong", "Note"), ": ", prose(note)) for note in report.notes], class_="remarks"
        )
    found = blocks(report)
    for state, title in (("open", "Open escalation paths"), ("potential", "Potential escalation paths")):
        of_state = [block for block in found if block.state == state]
        if of_state:
            yield tag("h2", title, " ", tag("span", f"{number[of_state[0].state]:,}", class_="count"), id=state)
            for block in of_state[:_MOST_BLOCKS]:
                yield Markup(f"\n{_block(block, report)}")
            if len(of_state) > _MOST_BLOCKS:
                yield more(f"{count_of(len(of_state) - _MOST_BLOCKS, 'more group')} of paths are")
    if report.exposures:
        yield tag("h2", "Exposure ", tag("span", f"{len(report.exposures):,}", class_="count"), id="exposure")
        for exposure in report.exposures[:_MOST_BLOCKS]:
            yield Markup(f"\n{_exposure(exposure, report)}")
        if len(report.exposures) > _MOST_BLOCKS:
            yield more(f"{count_of(len(report.exposures) - _MOST_BLOCKS, 'more piece')} of exposure are")
    if report.public:
        yield tag("h2", "Resource and trust policies", id="public")
        for public in report.public[:_MOST_BLOCKS]:
            yield Markup(f"\n{_public(public)}")
        if len(report.public) > _MOST_BLOCKS:
            yield more(f"{count_of(len(report.public) - _MOST_BLOCKS, 'more document')} are")
    if closed:
        yield tag("h2", "Closed paths ", tag("span", f"{len(closed):,}", class_="count"), id="closed")
        yield tag("p", "Every permission that these paths take is named by some statement.", class_="soft")
        items = []
        for answer in closed[:_MOST_CLOSED]:
            denies = [place_text(place, report) for one in answer.permissions for place in one.closing[:1]]
            at = joined([" at ", code(denies[0])]) if denies else ""
            items.append(tag("li", code(answer.path.id), ": ", prose("; ".join(answer.reasons)), at))
        yield tag("article", tag("ul", *items, class_="paths"), class_="good")
        if len(closed) > _MOST_CLOSED:
            yield more(f"{count_of(len(closed) - _MOST_CLOSED, 'more closed path')} are")
    yield closing(
        settings.version, f"{count_of(len(report.paths), 'path')} asked", f"catalogue of {report.catalog_date}"
    )


def _contents(report: RiskReport, closed: int) -> Markup:
    number = counts(report)
    entries = [
        ("open", "Open", number["open"]),
        ("potential", "Potential", number["potential"]),
        ("exposure", "Exposure", len(report.exposures)),
        ("public", "Resource and trust policies", len(report.public)),
        ("closed", "Closed", closed),
    ]
    some = [(anchor, title, f"{count:,}") for anchor, title, count in entries if count]
    return contents(some) if len(some) > 1 else Markup()


def _block(block: Block, report: RiskReport) -> Markup:
    first = block.answers[0]
    many = f" ({count_of(len(block.answers), 'path')})" if len(block.answers) > 1 else ""
    tone = _TONES[block.state]
    head = tag("h3", tag("span", block.state, class_=f"badge {tone}"), f" The principal can {heading(block)}{many}")
    facts: list[Markup] = []
    for reason in first.reasons:
        facts += [tag("dt", "But"), tag("dd", prose(reason))]
    facts += _examples([one.witness for one in first.permissions if one.witness is not None])
    facts += [tag("dt", "To close"), tag("dd", prose(remedy(block)))]
    paths = [
        tag(
            "li",
            code(answer.path.id),
            f": {answer.path.effect}, if {answer.path.needs}",
            tag("span", codes(answer.path.permissions, " + "), class_="needed"),
        )
        for answer in block.answers[:_MOST_PATHS]
    ]
    listed: list[Markup] = [tag("ul", *paths[:_FEW_PATHS], class_="paths")]
    if len(paths) > _FEW_PATHS:
        said = tag("summary", count_of(len(paths) - _FEW_PATHS, "more path"))
        listed.append(tag("details", said, tag("ul", *paths[_FEW_PATHS:], class_="paths")))
    if len(block.answers) > len(paths):
        listed.append(more(f"{count_of(len(block.answers) - len(paths), 'more path')} are"))
    return _card(head, [*listed, tag("dl", *facts)], first.places, report, tone)


def _exposure(exposure: Exposure, report: RiskReport) -> Markup:
    where = "on any resource" if exposure.anywhere else "on some resources"
    when = "" if exposure.always else ", under a condition"
    head = tag(
        "h3",
        tag("span", "exposure", class_="badge suggestion"),
        f" The principal can {EXPOSURES[exposure.kind]} {where}{when}",
    )
    left = len(exposure.actions) - _MOST_ACTIONS
    facts = [
        tag("dt", "Actions"),
        tag("dd", codes(exposure.actions[:_MOST_ACTIONS]), f" and {left:,} more" if left > 0 else ""),
    ]
    for reason in exposure.reasons:
        facts += [tag("dt", "But"), tag("dd", prose(reason))]
    facts += _examples([exposure.witness] if exposure.witness is not None else [])
    return _card(head, [tag("dl", *facts)], exposure.places, report, "suggestion")


def _public(public: Public) -> Markup:
    verdict = public.outcome.verdict
    tone = _PUBLIC_TONES[verdict]
    facts: list[Markup] = []
    for region in public.outcome.regions[:_MOST_PLACES]:
        on = joined([" on ", codes(region.resources)]) if region.resources else ""
        facts += [tag("dt", "Access"), tag("dd", codes(region.actions[:_MOST_ACTIONS]), on)]
        facts += _examples([region.witness])
    for remark in public.outcome.unknown[:_MOST_PLACES]:
        facts += [tag("dt", "Unknown"), tag("dd", prose(remark.text))]
    head = tag("h3", code(public.file), " ", tag("span", PUBLIC_WORDS[verdict], class_=f"badge {tone}"))
    return tag("article", head, *([tag("dl", *facts)] if facts else []), class_=tone)


def _examples(requests: Sequence[Request]) -> list[Markup]:
    shown = [example(request) for request in requests[:_MOST_EXAMPLES]]
    return [tag("dt", "For example"), *[tag("dd", one) for one in shown]] if shown else []


def _card(head: Markup, left: Sequence[Markup], places: Sequence[Place], report: RiskReport, tone: str) -> Markup:
    """A group with its statements beside it."""
    excerpts: list[Markup] = []
    for place in places[:_MOST_EXCERPTS]:
        source = report.sources[id(place.policy)]
        span = place.statement.span
        if span is not None:
            sid = place.statement.sid.value if place.statement.sid else None
            excerpts.append(
                statement_excerpt(
                    source.file, source.text, span, place.statement.path, tone, sid=sid, lead="Granted by "
                )
            )
    others = [tag("li", code(place_text(place, report))) for place in places[len(excerpts) : _MOST_PLACES]]
    if len(places) > _MOST_PLACES:
        others.append(tag("li", f"and {len(places) - _MOST_PLACES:,} more statements", class_="soft"))
    right = [
        *excerpts,
        *([tag("p", "Also granted at", class_="where"), tag("ul", *others, class_="paths")] if others else []),
    ]
    content = tag("div", tag("div", *left), tag("div", *right), class_="beside") if right else tag("div", *left)
    return tag("article", head, content, class_=tone)
