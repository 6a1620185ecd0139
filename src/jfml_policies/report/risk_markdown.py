"""For comments and job summaries: the groups of escalation paths and the exposure as lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jfml_policies.privilege.exposed_actions import EXPOSURES
from jfml_policies.report.comment import fitting, folded
from jfml_policies.report.markdown import code_span
from jfml_policies.report.region_words import request_text
from jfml_policies.report.risk import PUBLIC_WORDS, blocks, heading, place_text, remedy
from jfml_policies.report.risk_headline import headline

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jfml_policies.privilege.exposure import Exposure
    from jfml_policies.privilege.holdings import Place
    from jfml_policies.report.interface import Settings
    from jfml_policies.report.risk import Block, Public, RiskReport

__all__ = ["render"]

#: Comments have a largest size, and nobody reads longer lists.
_MOST: Final = 12


def render(report: RiskReport, settings: Settings) -> Iterator[str]:  # noqa: ARG001 -- one signature for all
    """A heading, then a section for each group; exposure folds away, and past what a comment may hold the rest does
    not come.
    """
    yield from fitting(_sections(report), "{} more groups are left out here; the JSON format has all.")


def _sections(report: RiskReport) -> Iterator[str]:
    first = headline(report)
    yield f"### {first.word}: {first.text}\n"
    for note in report.notes:
        yield f"\nNote: {code_span(note)}\n"
    for block in blocks(report):
        yield f"\n**{block.state}: the principal can {heading(block)}**\n\n{''.join(_block(block, report))}"
    for public in report.public:
        yield "".join(_public(public))
    for exposure in report.exposures:
        where = "on any resource" if exposure.anywhere else "on some resources"
        when = "" if exposure.always else ", under a condition"
        title = f"exposure: the principal can {EXPOSURES[exposure.kind]} {where}{when}"
        yield "\n" + folded(title, "".join(_exposure(exposure, report)))


def _block(block: Block, report: RiskReport) -> Iterator[str]:
    for answer in block.answers[:_MOST]:
        permissions = " and ".join(map(code_span, answer.path.permissions))
        yield f"- {answer.path.id}: {answer.path.effect}, if {answer.path.needs}: {permissions}\n"
    if len(block.answers) > _MOST:
        yield f"- and {len(block.answers) - _MOST} more\n"
    yield from _grounds(block.answers[0].reasons, block.answers[0].places, report)
    yield f"- to close: {remedy(block)}\n"


def _public(public: Public) -> Iterator[str]:
    yield f"\n**{PUBLIC_WORDS[public.outcome.verdict]}:** {code_span(public.file)}\n"
    examples = [code_span(request_text(region.witness)) for region in public.outcome.regions[:_MOST]]
    if examples:
        yield "\n" + "".join([f"- for example {example}\n" for example in examples])


def _exposure(exposure: Exposure, report: RiskReport) -> Iterator[str]:
    more = len(exposure.actions) - _MOST
    yield f"- {', '.join(map(code_span, exposure.actions[:_MOST]))}{f' and {more} more' if more > 0 else ''}\n"
    yield from _grounds(exposure.reasons, exposure.places, report)
    if exposure.witness is not None:
        yield f"- for example {code_span(request_text(exposure.witness))}\n"


def _grounds(reasons: Sequence[str], places: Sequence[Place], report: RiskReport) -> Iterator[str]:
    for reason in reasons[:_MOST]:
        yield f"- but {code_span(reason)}\n"
    for place in places[:_MOST]:
        yield f"- granted at {code_span(place_text(place, report))}\n"
