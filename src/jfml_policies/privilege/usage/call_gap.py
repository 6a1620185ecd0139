"""Excess and shortage by recorded calls, which needed some things for sure and others perhaps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jfml_policies.policy.parse import parse_document
from jfml_policies.privilege.excess import Gap, gap
from jfml_policies.privilege.usage.resources import EVERY, is_open
from jfml_policies.privilege.usage.suggestion import recorded, suggestion
from jfml_policies.record import record, replace

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from jfml_policies.policy.nodes import Policy
    from jfml_policies.privilege.excess import Difference
    from jfml_policies.privilege.usage.usage import Usage, Used

__all__ = ["CallGap", "gap_to_calls"]

#: Of what may be needed as well, so much is told.
_MOST_TOLD: Final = 20
_MOST_NAMES: Final = 3


@record
class CallGap:
    """How policies relate to recorded calls.

    Attributes:
        gap: excess and shortage.
        most: a policy of all that the calls may have needed, by which excess was told.
        least: a policy of what they needed for sure, by which shortage was told; None where nothing is sure.
        doubts: what may be needed and is not granted, a clause each.
    """

    gap: Gap
    most: Policy
    least: Policy | None
    doubts: tuple[str, ...]


def gap_to_calls(
    granted: Sequence[Policy],
    needed: Sequence[Policy],
    usage: Usage,
    *,
    assuming: Mapping[str, Sequence[str]] | None = None,
) -> CallGap:
    """How policies relate to other needs together with recorded calls.

    What calls may have needed is no excess. It is lacking only where it is sure to be needed: by the calls whose
    records tell what they were on, and by others where no statement has to do with their action. Where it is granted
    in part, what is missing may be needed or not.

    Args:
        granted: the policies that are attached.
        needed: policies that allow what is needed anyway.
        usage: what was recorded.
        assuming: as of `gap`.

    Raises:
        InputError: nothing was used.
        UndecidedError: as by `gap`.
    """
    most = _parsed(suggestion({*usage.used, *usage.possible} if usage.used else ()))
    several = _several(usage)
    perhaps = {request: usage.contexts[request] for request in several}
    documents = [_parsed(recorded(contexts)) for contexts in (perhaps, usage.possible) if contexts]
    missing = gap(granted, documents, assuming=assuming) if documents else Gap((), ())
    # What was called can be called, whatever the reference says.
    could = (*missing.shortage, *missing.idle_shortage)
    strangers = {action for one in could for action in one.strangers}
    sure = {
        request: context
        for request, context in usage.contexts.items()
        if request not in several or request[0] in strangers
    }
    least = _parsed(recorded(sure)) if sure else None
    at_least = [*needed, least] if least is not None else needed
    found = gap(granted, [*needed, most], at_least=at_least or None, assuming=assuming)
    found = replace(found, shortage=(*found.shortage, *found.idle_shortage) if at_least else (), idle_shortage=())
    lacking = strangers & {action for action, _ in sure}
    doubts = [one for one in could if not lacking.issuperset(one.region.actions)]
    return CallGap(found, most, least, (*_told(doubts), *(one for one in missing.unknown if one not in found.unknown)))


def _several(usage: Usage) -> set[Used]:
    """Requests on more than one thing, with those that are other spellings of the same."""
    used = usage.used
    # What is done to no resource at all is on `*` as well.
    found = {(action, on) for action, on in used if is_open(on) and (on != EVERY[0] or action in usage.unplaced)}
    for action, resource in tuple(found):
        for other in (resource.replace("*/", ""), resource[:-2] if resource.endswith((":*", "/*")) else resource):
            if (action, other) in used:
                found.add((action, other))
    return found


def _told(doubts: Sequence[Difference]) -> Iterator[str]:
    for one in doubts[:_MOST_TOLD]:
        what = f"{_some(one.region.actions)} on {_some(one.region.resources)}"
        yield f"calls may have needed {what}, which is not granted, or not as a whole"
    if len(doubts) > _MOST_TOLD:
        yield f"calls may have needed {len(doubts) - _MOST_TOLD:,} more pieces of access that are not granted"


def _some(names: Sequence[str]) -> str:
    more = len(names) - _MOST_NAMES
    return ", ".join(names[:_MOST_NAMES]) + (f" and {more:,} more" if more > 0 else "")


def _parsed(document: dict[str, object]) -> Policy:
    return parse_document(document, kind="identity")
