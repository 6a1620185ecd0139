"""The first line of a report on risks: every matter that was asked about, the worst word first."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from jfml_policies.privilege.exposed_actions import EXPOSURES
from jfml_policies.report.risk import counts
from jfml_policies.report.tally import count_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jfml_policies.report.risk import RiskReport
    from jfml_policies.report.style import Ink

__all__ = ["RiskHeadline", "headline"]


class RiskHeadline(NamedTuple):
    """What a report comes to.

    Attributes:
        word: the worst of it: `open`, `public`, `potential`, `unknown`, `closed`, or `not public` where no path was
            asked about.
        text: all of it in clauses.
        ink: the colour of the word.
    """

    word: str
    text: str
    ink: Ink


def headline(report: RiskReport) -> RiskHeadline:
    """What a report comes to: who else has access, which paths there are, what the principal can get at.

    >>> from jfml_policies.report.risk import RiskReport
    >>> headline(RiskReport({}, (), (), (), "")).text
    'no escalation path is open'
    """
    word, ink = _word(report)
    return RiskHeadline(word, "; ".join(_clauses(report)), ink)


def _word(report: RiskReport) -> tuple[str, Ink]:
    number = counts(report)
    verdicts = {public.outcome.verdict for public in report.public}
    if number["open"]:
        return "open", "error"
    if "fail" in verdicts:
        return "public", "error"
    if number["potential"]:
        return "potential", "warning"
    if "unknown" in verdicts:
        return "unknown", "warning"
    return ("closed" if report.paths or not report.public else "not public"), "added"


def _clauses(report: RiskReport) -> Iterator[str]:
    if report.public:
        yield _about_strangers(report)
    if report.paths or not report.public:
        yield _about_paths(report)
    if report.exposures:
        kinds = dict.fromkeys(EXPOSURES[exposure.kind] for exposure in report.exposures)
        yield f"the principal can {', '.join(kinds)}"


def _about_strangers(report: RiskReport) -> str:
    verdicts = [public.outcome.verdict for public in report.public]
    fails, unknown = verdicts.count("fail"), verdicts.count("unknown")
    clauses = []
    if fails:
        clauses.append(f"strangers have access by {_policies(fails)}")
    if unknown:
        clauses.append(f"whether strangers have access by {_policies(unknown)} is not known")
    return "; ".join(clauses) or f"strangers have no access by {_policies(len(verdicts))}"


def _policies(number: int) -> str:
    return "1 policy of a resource or role" if number == 1 else f"{number:,} policies of resources or roles"


def _about_paths(report: RiskReport) -> str:
    number = counts(report)
    if not number["open"] and not number["potential"]:
        return "no escalation path is open"
    parts = [f"{number[state]} {state}" for state in ("open", "potential") if number[state]]
    return f"{count_of(number['open'] + number['potential'], 'escalation path')}: {', '.join(parts)}"
