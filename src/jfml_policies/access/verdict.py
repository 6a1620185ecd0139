"""Decides a candidate: a confirmed request, a proof that there is none, or a reason why neither was found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jfml_policies.access.evaluate import decide
from jfml_policies.access.key_test import Invalid
from jfml_policies.access.search import joined, open_states
from jfml_policies.access.witness import attempt
from jfml_policies.errors import BudgetExceededError
from jfml_policies.record import record

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from jfml_policies.access.difference import Boxed, Candidate
    from jfml_policies.access.request import Request
    from jfml_policies.access.space import Space

__all__ = ["Found", "Searched", "search"]

#: States without policy variables always give a request that holds; of others so many are tried.
_MOST_STATES: Final = 60


@record
class Found:
    """A candidate that holds a request."""

    candidate: Candidate
    witness: Request


@record
class Searched:
    """What was found in some candidates, and why there might be more."""

    found: tuple[Found, ...] = ()
    unknown: tuple[str, ...] = ()


def search(
    space: Space,
    some: Iterable[Candidate],
    allowing: Sequence[Boxed],
    refusing: Sequence[Boxed],
    *,
    only_first: bool = False,
) -> Searched:
    """Looks for a request in each candidate; with `only_first` until one is found."""
    found: list[Found] = []
    unknown: dict[str, None] = {}
    for candidate in some:
        try:
            witness, doubt = _witness(space, candidate, allowing, refusing)
        except (BudgetExceededError, Invalid) as error:
            witness, doubt = None, str(error)
        if witness is not None:
            found.append(Found(candidate, witness))
            if only_first:
                break
        elif doubt is not None:
            unknown[doubt] = None
    return Searched(tuple(found), tuple(unknown))


def _witness(
    space: Space, candidate: Candidate, allowing: Sequence[Boxed], refusing: Sequence[Boxed]
) -> tuple[Request | None, str | None]:
    """A request of a candidate that the evaluator confirms, or why none is known; neither when there is none."""
    state = joined(space, {}, [literal for box in candidate.boxes for literal in box])
    if state is None:
        return None, None
    doubt = None
    for number, opened in enumerate(open_states(space, state, list(candidate.blockers))):
        if number == _MOST_STATES:
            return None, "policy variables leave more cases than were tried"
        tried = attempt(space, opened)
        if not tried.is_possible:
            continue
        for request in tried.requests:
            if all(decide(one.policy, request) == "allow" for one in allowing) and not any(
                decide(one.policy, request) == "allow" for one in refusing
            ):
                return request, None
        doubt = "policy variables meet in a way that could be neither proved nor shown by a request"
    return None, doubt
