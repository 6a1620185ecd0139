"""For comments and job summaries: the groups of escalation paths and the exposure as lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jfml_policies.privilege.exposed_actions import EXPOSURES
from jfml_policies.report.markdown import code_span
from jfml_policies.report.region_words import request_text
from jfml_policies.report.risk import PUBLIC_WORDS, blocks, heading, place_text, remedy
from jfml_policies.report.risk_full import summary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jfml_policies.report.interface import Settings
    from jfml_policies.report.risk import RiskReport

__all__ = ["render"]

#: Comments have a largest size, and nobody reads longer lists.
_MOST: Final = 12


def render(report: RiskReport, settings: Settings) -> Iterator[str]:  # noqa: ARG001 -- one signature for all
    """A heading, then a section for each group."""
    yield f"### {summary(report)}\n"
    for note in report.notes:
        yield f"\nNote: {code_span(note)}\n"
    for block in blocks(report):
        yield f"\n**{block.state}: the principal can {heading(block)}**\n\n"
        for answer in block.answers[:_MOST]:
            permissions = " and ".join(map(code_span, answer.path.permissions))
            yield f"- {answer.path.id}: {answer.path.effect}, if {answer.path.needs}: {permissions}\n"
        if len(block.answers) > _MOST:
            yield f"- and {len(block.answers) - _MOST} more\n"
        for reason in block.answers[0].reasons:
            yield f"- but {code_span(reason)}\n"
        for place in block.answers[0].places[:_MOST]:
            yield f"- granted at {code_span(place_text(place, report))}\n"
        yield f"- to close: {remedy(block)}\n"
    for public in report.public:
        word = PUBLIC_WORDS[public.outcome.verdict]
        yield f"\n**{word}:** {code_span(public.file)}\n"
        for number, region in enumerate(public.outcome.regions[:_MOST]):
            yield f"{'' if number else chr(10)}- for example {code_span(request_text(region.witness))}\n"
    for exposure in report.exposures:
        where = "on any resource" if exposure.anywhere else "on some resources"
        when = "" if exposure.always else ", under a condition"
        yield f"\n**exposure: the principal can {EXPOSURES[exposure.kind]} {where}{when}**\n\n"
        more = len(exposure.actions) - _MOST
        yield f"- {', '.join(map(code_span, exposure.actions[:_MOST]))}{f' and {more} more' if more > 0 else ''}\n"
        for reason in exposure.reasons:
            yield f"- but {code_span(reason)}\n"
        for place in exposure.places[:_MOST]:
            yield f"- granted at {code_span(place_text(place, report))}\n"
        if exposure.witness is not None:
            yield f"- for example {code_span(request_text(exposure.witness))}\n"
