"""From what was found out to what a report shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jfml_policies.catalog import load
from jfml_policies.cli.outputs import output_options
from jfml_policies.cli.parser import one_of
from jfml_policies.cli.settings_options import add_file_options
from jfml_policies.policy.kinds import KINDS
from jfml_policies.record import replace
from jfml_policies.report.answer import Answer, Effect, Piece, Question, Spot, sentence
from jfml_policies.report.change_formats import CHANGE_FORMATS, change_renderer
from jfml_policies.report.headline import one_line

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from jfml_policies.access.regions import Region
    from jfml_policies.cli.console import Console
    from jfml_policies.cli.outputs import Outputs
    from jfml_policies.cli.parser import Parser
    from jfml_policies.diff.outcome import Outcome
    from jfml_policies.diff.pairs import Compared
    from jfml_policies.diff.picture import Picture
    from jfml_policies.diff.sides import Side
    from jfml_policies.findings import Path, Span

__all__ = ["answer_of_comparison", "answer_of_outcome", "deliver_answers", "shared_options"]


def shared_options(parser: Parser) -> None:
    """Adds the options that all verbs have that compare or ask."""
    parser.option("--kind", type=one_of("kind", list(KINDS)), help=f"read as one of: {', '.join(KINDS)}")
    parser.option("--resource-type", metavar="TYPE", help="what a resource policy is attached to: AWS::S3::Bucket")
    add_file_options(parser)
    output_options(parser, CHANGE_FORMATS)
    parser.option("-q", "--quiet", action="store_true", help="print nothing when all is well, and no closing line")
    parser.color_option()


def deliver_answers(
    outputs: Outputs,
    answers: Iterable[Answer],
    options: Namespace,
    console: Console,
    *,
    several: bool = False,
    skipped: Callable[[], int] = int,
) -> None:
    """Reports answers in every format that is asked for; when the report goes to a file, says each in a sentence.

    Args:
        outputs: where to.
        answers: the answers; with `--quiet` people are not told of those by which all is well.
        options: the options, as `shared_options` has them.
        console: where the sentences go.
        several: whether there may be any number of answers.
        skipped: gives how many files were left out.

    Raises:
        InputError: a file can't be written.
    """

    def coming() -> Iterator[Answer]:
        for answer in answers:
            if outputs.writes_main and not options.quiet and not several:
                console.say(one_line(sentence(answer, str)))
            yield answer

    def is_told(answer: Answer) -> bool:
        return not (options.quiet and answer.is_well)

    outputs.deliver(lambda name: change_renderer(name, several=several), coming(), is_told=is_told, skipped=skipped)


def answer_of_comparison(compared: Compared, *, is_pictured: bool = False) -> Answer:
    """The answer of `diff` for two documents.

    Args:
        compared: what they differ in.
        is_pictured: whether the format shows a picture of access before and after.
    """
    old, new = compared.old, compared.new
    pieces = [
        *_pieces("added", compared.change.added, new, compared.new_spans, beside=(old, compared.old_spans)),
        *_pieces("removed", compared.change.removed, old, compared.old_spans, beside=(new, compared.new_spans)),
        *_pieces("undenied", compared.undenied, old, compared.old_spans),
        *_pieces("denied", compared.newly_denied, new, compared.new_spans),
    ]
    return Answer(
        "diff",
        compared.relation,
        new.name,
        old.name,
        pieces=tuple(pieces),
        unknown=compared.unknown,
        notes=compared.notes,
        catalog_date=_catalog_date(),
        asked=(new,),
        is_well=compared.is_all_well,
        picture=_picture(compared) if is_pictured else None,
    )


def answer_of_outcome(
    question: Question,
    outcome: Outcome,
    side: Side,
    spans: Mapping[Path, Span],
    *,
    old: str | None = None,
    effect: Effect = "granted",
    found_in: Side | None = None,
) -> Answer:
    """The answer to a question that a policy passes or fails.

    Args:
        question: which.
        outcome: what it came to.
        side: the document that was asked about.
        spans: where the statements stand that the regions come from.
        old: the name of what it was compared with, or None.
        effect: what is the matter with the regions.
        found_in: the document of these statements, where it is another one.
    """
    return Answer(
        question,
        outcome.verdict,
        side.name,
        old,
        pieces=tuple(_pieces(effect, outcome.regions, found_in or side, spans)),
        # A question has one document, so that its remarks need not say which.
        unknown=tuple([replace(one, side=side) if one.side is None and one.path else one for one in outcome.unknown]),
        notes=outcome.notes,
        catalog_date=_catalog_date(),
        asked=(side,),
        is_well=outcome.verdict == "pass",
    )


def _picture(compared: Compared) -> Picture | None:
    from jfml_policies.diff.picture import picture_of

    return None if compared.policies is None else picture_of(compared.policies[:1], compared.policies[1:])


def _pieces(
    effect: Effect,
    regions: Iterable[Region],
    side: Side,
    spans: Mapping[Path, Span],
    *,
    beside: tuple[Side, Mapping[Path, Span]] | None = None,
) -> list[Piece]:
    pieces = []
    for region in regions:
        deny = None
        if beside is not None and region.denied_at is not None:
            deny = Spot(beside[0], region.denied_at, beside[1].get(region.denied_at))
        pieces.append(Piece(effect, region, side.name, side.text, spans.get(region.path), deny))
    return pieces


def _catalog_date() -> str:
    return str(load().date)
