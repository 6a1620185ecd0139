"""From a state to a concrete request.

Where no policy variable takes part, the solutions of the dimensions make one request. Otherwise each variable's key is
taken to be absent, present, or one of its few values in turn; a case that cannot be is proved away, and in the others
values are tried. Whoever asks confirms the requests.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

from jfml_policies.access.assignment import PRESENT, Assignment
from jfml_policies.access.candidate_values import candidate_values, few_values
from jfml_policies.access.key_theory import KeySolution
from jfml_policies.access.request import Request
from jfml_policies.access.space import ACTION, PRINCIPAL, RESOURCE
from jfml_policies.record import record

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jfml_policies.access.search import State
    from jfml_policies.access.space import Space

__all__ = ["Attempt", "attempt"]

#: Requests that are tried for one state.
_MOST_REQUESTS: Final = 400
#: Values that are tried of each key, by how many keys may have any: the assignments stay below 400.
_BREADTH: Final = {0: 1, 1: 40, 2: 20, 3: 7, 4: 4, 5: 3, 6: 2, 7: 2, 8: 2}
#: Cases that are decided one by one.
_MOST_CASES: Final = 64
#: Keys in policy variables of one state that are taken to be absent or present in turn.
_MOST_SPLIT_KEYS: Final = 5


@record
class Attempt:
    """What came of a state.

    Attributes:
        requests: requests to confirm.
        is_possible: False when it was proved that no request is in the state.
    """

    requests: Iterator[Request]
    is_possible: bool


def attempt(space: Space, state: State) -> Attempt:
    """Requests that a state describes: one that holds where no policy variable takes part, else some to be tried."""
    whole = Assignment.of(space, state)
    if whole.is_exact:
        return Attempt(iter((_request(whole),)), is_possible=True)
    keys = whole.keys
    split, others = keys[:_MOST_SPLIT_KEYS], tuple(keys[_MOST_SPLIT_KEYS:])
    cases = list(islice(_cases(whole, split, others), _MOST_CASES))
    requests = (request for case, open_keys in cases for request in _requests(case, open_keys))
    return Attempt(islice(requests, _MOST_REQUESTS), is_possible=bool(cases))


def _cases(
    assignment: Assignment, keys: Sequence[str], open_keys: tuple[str, ...]
) -> Iterator[tuple[Assignment, tuple[str, ...]]]:
    """What the keys may be, case by case, each with the keys that may have any value."""
    if not keys:
        yield assignment, open_keys
        return
    # A key with few values first: each of them tells more about the others.
    few = {key: values for key in keys if (values := few_values(assignment, key)) is not None}
    key = min(few, key=lambda key: len(few[key])) if few else keys[0]
    others = [other for other in keys if other != key]
    for choice in (*few.get(key, [PRESENT]), None):
        chosen = assignment.choose(key, choice)
        if chosen is not None:
            yield from _cases(chosen, others, (key, *open_keys) if choice == PRESENT else open_keys)


def _requests(assignment: Assignment, keys: tuple[str, ...], breadth: int | None = None) -> Iterator[Request]:
    """Requests for some values of some keys."""
    breadth = breadth or _BREADTH.get(len(keys), 1)
    if not keys:
        if assignment.is_exact:
            yield _request(assignment)
        return
    for value in candidate_values(assignment, keys[0])[:breadth]:
        chosen = assignment.choose(keys[0], value)
        if chosen is not None:
            yield from _requests(chosen, keys[1:], breadth)


def _request(assignment: Assignment) -> Request:
    space = assignment.space
    values = {
        name: solution.values if isinstance(solution, KeySolution) else (solution.text,)
        for name, solution in assignment.found.items()
    }
    action = values.pop(ACTION, ("s3:GetObject",))[0]
    resource = values.pop(RESOURCE, ("*",))[0]
    fallback = space.principals.first(space.principals.everything()) if space.has_principals else None
    principal = values.pop(PRINCIPAL, (fallback,))[0]
    context: dict[str, str | list[str]] = {
        space.spelling(name): some[0] if len(some) == 1 else list(some) for name, some in sorted(values.items()) if some
    }
    return Request(action, resource, principal, context)
