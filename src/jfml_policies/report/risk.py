"""What a renderer of risks is given: what came of the escalation paths of a principal, and what it has access to.

Paths that say the same are told together: those of one category that the same statements open, or the same doubts
leave open.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from jfml_policies.privilege.escalation_paths import CATEGORIES
from jfml_policies.text.lines import LineIndex
from jfml_policies.text.path import path_text

if TYPE_CHECKING:
    from jfml_policies.diff.outcome import Outcome, Verdict
    from jfml_policies.policy.nodes import Policy
    from jfml_policies.privilege.escalation import PathAnswer
    from jfml_policies.privilege.escalation_paths import Category
    from jfml_policies.privilege.exposure import Exposure
    from jfml_policies.privilege.holdings import Place
    from jfml_policies.privilege.inquiry import State
    from jfml_policies.report.interface import Settings

__all__ = [
    "PUBLIC_WORDS",
    "Block",
    "Public",
    "RiskRenderer",
    "RiskReport",
    "Source",
    "blocks",
    "counts",
    "heading",
    "place_text",
    "remedy",
    "was_granted",
]


#: What to say of a policy of a resource or role, by whether strangers have no access.
PUBLIC_WORDS: Final[dict[Verdict, str]] = {
    "fail": "public: lets in others than those whom it names or pins",
    "unknown": "not known whether it lets in strangers",
    "pass": "not public: lets in only those whom it names or pins",
}
_MOST: Final = 4


class Source(NamedTuple):
    """Where a policy was found: its file's name and text."""

    file: str
    text: str


class Public(NamedTuple):
    """A policy of a resource or role, of which it was asked whether strangers have access.

    Attributes:
        file: the document's name.
        outcome: `fail` where they have.
        policy: the policy, where its places are to be told.
    """

    file: str
    outcome: Outcome
    policy: Policy | None = None


class RiskReport(NamedTuple):
    """The risks of one principal.

    Attributes:
        sources: the policies' files, by the id of each policy.
        paths: the answer for every escalation path, the worst first.
        exposures: what lies open, the worst first.
        public: resource and trust policies that let in strangers: what they allow them, or why that is not known.
        notes: what to know beside.
        catalog_date: of the catalogue that knows the actions.
    """

    sources: Mapping[int, Source]
    paths: tuple[PathAnswer, ...]
    exposures: tuple[Exposure, ...]
    notes: tuple[str, ...]
    catalog_date: str
    public: tuple[Public, ...] = ()


class Block(NamedTuple):
    """Paths that are told together."""

    state: State
    category: Category
    answers: tuple[PathAnswer, ...]


RiskRenderer = Callable[[RiskReport, "Settings"], Iterator[str]]


def blocks(report: RiskReport) -> list[Block]:
    """The paths that are open or potential, the worst first."""
    alike: dict[tuple[object, ...], list[PathAnswer]] = {}
    for answer in report.paths:
        if answer.state != "closed":
            alike.setdefault((answer.state, answer.path.category, answer.places, answer.reasons), []).append(answer)
    return [Block(some[0].state, some[0].path.category, tuple(some)) for some in alike.values()]


def was_granted(answer: PathAnswer) -> bool:
    """Whether a closed path would be there but for what closes it: every permission is named by some statement."""
    return not any(
        reason == f"`{one.wish.action}` is not granted" for one in answer.permissions for reason in one.reasons
    )


def counts(report: RiskReport) -> dict[State, int]:
    """How many paths there are of each state."""
    states: dict[State, int] = {"open": 0, "potential": 0, "closed": 0}
    for answer in report.paths:
        states[answer.state] += 1
    return states


def place_text(place: Place, report: RiskReport) -> str:
    """A statement's place: `role/permissions.json:4 (Statement[1], Sid `Run`)`."""
    source = report.sources[id(place.policy)]
    span = place.statement.span
    line = f":{LineIndex(source.text).position(span.start)[0]}" if span is not None else ""
    sid = f", Sid `{place.statement.sid.value}`" if place.statement.sid else ""
    return f"{source.file}{line} ({path_text(place.statement.path)}{sid})"


def remedy(block: Block) -> str:
    """What would close the paths of a block, a sentence without its period."""
    paths = [answer.path for answer in block.answers]
    if block.category == "new-passrole":
        services = sorted({path.service for path in paths if path.service})
        named = _few(services)
        return (
            "name in the Resource of `iam:PassRole` only roles that can do no more than the principal, or in a "
            f"condition on `iam:PassedToService` only other services than {named}"
        )
    actions = list(dict.fromkeys(path.permissions[0] for path in paths))
    where = {
        "self-escalation": "only on others than the principal itself, its groups and its policies",
        "principal-access": "only on users and roles that can do no more",
        "existing-passrole": "only on what has no stronger role",
        "resource-policy": "only on resources that it may use anyhow",
    }[block.category]
    return f"leave out or deny {_few(actions)}, or grant it {where}"


def _few(names: Sequence[str]) -> str:
    return ", ".join(f"`{name}`" for name in names[:_MOST]) + (f" and {len(names) - _MOST} more" * (len(names) > _MOST))


def heading(block: Block) -> str:
    """What the paths of a block come to."""
    return CATEGORIES[block.category]
