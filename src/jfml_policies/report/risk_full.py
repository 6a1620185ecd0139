"""For people: each group of escalation paths with its grounds, an example and what would close it; then exposure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jfml_policies.privilege.exposed_actions import EXPOSURES
from jfml_policies.report.headline import one_line
from jfml_policies.report.region_words import request_text
from jfml_policies.report.risk import PUBLIC_WORDS, blocks, counts, heading, place_text, remedy, was_granted
from jfml_policies.report.risk_headline import headline
from jfml_policies.report.tally import count_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jfml_policies.access.request import Request
    from jfml_policies.diff.outcome import Verdict
    from jfml_policies.privilege.exposure import Exposure
    from jfml_policies.privilege.holdings import Place
    from jfml_policies.privilege.inquiry import State
    from jfml_policies.report.interface import Settings
    from jfml_policies.report.risk import Block, Public, RiskReport
    from jfml_policies.report.style import Ink, Style

__all__ = ["render"]

#: Longer lists are cut: nobody reads them at a terminal, and the JSON format has them whole.
_MOST_PATHS: Final = 12
#: Of an administrator's paths, which are all open, even fewer say enough.
_MOST_OF_ALL: Final = 3
_MOST_PLACES: Final = 6
_MOST_ACTIONS: Final = 8
_MOST_CLOSED: Final = 10
_PUBLIC_INKS: Final[dict[Verdict, Ink]] = {"fail": "error", "unknown": "warning", "pass": "added"}
_INKS: Final[dict[State, Ink]] = {"open": "error", "potential": "warning", "closed": "added"}


def render(report: RiskReport, settings: Settings) -> Iterator[str]:
    """Blocks of lines with an empty line between them; the first line sums up."""
    style = settings.style
    first = headline(report)
    yield f"{style.paint(first.word, first.ink)}: {first.text}\n"
    for note in report.notes:
        yield f"  {style.paint('note', 'strong')}: {one_line(note)}\n"
    for block in blocks(report):
        yield "\n" + "".join(f"{line}\n" for line in _block(block, report, style))
    closed = [answer for answer in report.paths if answer.state == "closed" and was_granted(answer)]
    if closed:
        yield f"\n{style.paint('closed', 'added')}: {count_of(len(closed), 'path')} whose permissions are named\n"
        for answer in closed[:_MOST_CLOSED]:
            denies = [f", at {place_text(place, report)}" for one in answer.permissions for place in one.closing[:1]]
            yield f"    {answer.path.id}: {one_line('; '.join(answer.reasons) + ''.join(denies[:1]))}\n"
        if len(closed) > _MOST_CLOSED:
            yield f"    and {len(closed) - _MOST_CLOSED} more; --output-format json has all\n"
    for public in report.public:
        yield "\n" + "".join(f"{line}\n" for line in _public(public, style))
    for exposure in report.exposures:
        yield "\n" + "".join(f"{line}\n" for line in _exposure(exposure, report, style))


def _block(block: Block, report: RiskReport, style: Style) -> Iterator[str]:
    many = f" ({count_of(len(block.answers), 'path')})" if len(block.answers) > 1 else ""
    yield f"{style.paint(block.state, _INKS[block.state])}: the principal can {heading(block)}{many}"
    most = _MOST_OF_ALL if counts(report)["open"] == len(report.paths) else _MOST_PATHS
    for answer in block.answers[:most]:
        path = answer.path
        yield f"    {path.id}: {path.effect}, if {path.needs}"
        yield f"        {style.paint(' + '.join(path.permissions), 'code')}"
    if len(block.answers) > most:
        yield f"    and {len(block.answers) - most} more; --output-format json has all"
    for reason in block.answers[0].reasons:
        yield f"    {style.paint('but', 'strong')} {one_line(reason)}"
    yield from _places(block.answers[0].places, report, style)
    for permission in block.answers[0].permissions:
        yield from _example(permission.witness, style)
    yield f"    {style.paint('to close:', 'faint')} {one_line(remedy(block))}"


def _exposure(exposure: Exposure, report: RiskReport, style: Style) -> Iterator[str]:
    where = "on any resource" if exposure.anywhere else "on some resources"
    when = "" if exposure.always else ", under a condition"
    yield f"{style.paint('exposure', 'suggestion')}: the principal can {EXPOSURES[exposure.kind]} {where}{when}"
    shown = ", ".join(exposure.actions[:_MOST_ACTIONS])
    more = len(exposure.actions) - _MOST_ACTIONS
    yield f"    {style.paint(shown, 'code')}{f' and {more} more' if more > 0 else ''}"
    for reason in exposure.reasons:
        yield f"    {style.paint('but', 'strong')} {one_line(reason)}"
    yield from _places(exposure.places, report, style)
    yield from _example(exposure.witness, style)


def _public(public: Public, style: Style) -> Iterator[str]:
    """Whether strangers have access by the policy of a resource or role."""
    verdict = public.outcome.verdict
    yield f"{style.paint(PUBLIC_WORDS[verdict], _PUBLIC_INKS[verdict])}: {one_line(public.file)}"
    for region in public.outcome.regions[:_MOST_PLACES]:
        actions, resources = one_line(", ".join(region.actions)), one_line(", ".join(region.resources))
        yield f"    {style.paint(actions, 'code')}{f' on {resources}' if resources else ''}"
        yield from _example(region.witness, style)
    for remark in public.outcome.unknown[:_MOST_PLACES]:
        yield f"    {one_line(remark.text)}"


def _places(places: Iterable[Place], report: RiskReport, style: Style) -> Iterator[str]:
    texts = [place_text(place, report) for place in places]
    for text in texts[:_MOST_PLACES]:
        yield f"    {style.paint('granted at', 'faint')} {one_line(text)}"
    if len(texts) > _MOST_PLACES:
        yield f"    and {len(texts) - _MOST_PLACES} more statements"


def _example(witness: Request | None, style: Style) -> Iterator[str]:
    if witness is not None:
        yield f"    {style.paint('for example:', 'faint')} {one_line(request_text(witness))}"
