"""Where can a request be that some policies allow and others do not? Candidates, each decided by one search.

A request is allowed by all of some policies when it lies in an Allow of each and in no Deny of any. It is not allowed
by a policy when it lies outside all its Allows, or in one of its Denies. So a request wanted lies, for some choice of
an Allow for each allowing policy and of "outside" or a Deny for each refusing one, in all chosen boxes and outside
all others. Choices that a look at the literals rules out are left out: statements that policies share cost nothing.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from jfml_policies.record import record

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jfml_policies.access.space import Box, Space
    from jfml_policies.policy.nodes import Policy, Statement

__all__ = ["Boxed", "Candidate", "boxed", "candidates"]


@record
class Boxed:
    """A policy as boxes, each with the first statement that means it."""

    policy: Policy
    allows: dict[Box, Statement]
    denies: dict[Box, Statement]


@record
class Candidate:
    """A choice: the boxes a request must lie in, and those it must not.

    Attributes:
        policy: the first allowing policy.
        allowing: the chosen Allow of each allowing policy.
        lifting: the chosen Denies of refusing policies.
        boxes: their boxes, each once.
        blockers: boxes to stay out of, with their statements.
    """

    policy: Policy
    allowing: tuple[Statement, ...]
    lifting: tuple[Statement, ...]
    boxes: tuple[Box, ...]
    blockers: dict[Box, Statement]


def boxed(space: Space, policy: Policy) -> Boxed:
    """A policy as boxes.

    Raises:
        Invalid: AWS would refuse the document.
    """
    return Boxed(policy, space.boxes(policy, "Allow"), space.boxes(policy, "Deny"))


def candidates(allowing: Sequence[Boxed], refusing: Sequence[Boxed]) -> Iterator[Candidate]:
    """The choices that may hold a request."""
    denies = {box: statement for one in allowing for box, statement in one.denies.items()}
    for way in product(*[_ways_out(one, denies) for one in refusing]):
        blockers = dict(denies)
        lifting: dict[Box, Statement] = {}
        for deny, other_allows in way:
            if deny is None:
                blockers |= other_allows
            else:
                lifting[deny] = other_allows[deny]
        for choice in product(*[one.allows.items() for one in allowing]):
            boxes = tuple(dict.fromkeys([*[box for box, _ in choice], *lifting]))
            if not any(_is_inside(box, blockers) for box in boxes):
                own = tuple([statement for _, statement in choice])
                yield Candidate(allowing[0].policy, own, tuple(lifting.values()), boxes, blockers)


def _ways_out(one: Boxed, denies: dict[Box, Statement]) -> list[tuple[Box | None, dict[Box, Statement]]]:
    """How a policy may not allow: no Allow holds (None), or a Deny does; Denies that the others have too are out."""
    ways: list[tuple[Box | None, dict[Box, Statement]]] = [(None, one.allows)]
    ways += [(deny, one.denies) for deny in one.denies if not _is_inside(deny, denies)]
    return ways


def _is_inside(box: Box, others: dict[Box, Statement]) -> bool:
    """Whether another box holds all of a box, told from the literals alone: it has some of them and no others."""
    return box in others or any(other <= box for other in others)
