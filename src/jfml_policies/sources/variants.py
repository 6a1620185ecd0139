"""The ways in which a template's conditions may be decided, few enough to look at each."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Final, final

from jfml_policies.record import record
from jfml_policies.sources.shape import Choice, Items, Members

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jfml_policies.sources.shape import Shape

__all__ = ["MAX_DECIDED", "MAX_WAYS", "Decisions", "every_way", "told_apart", "ways"]

#: More ways of deciding a policy's conditions are not looked at.
MAX_WAYS: Final = 24
#: All ways of deciding more conditions are too many.
MAX_DECIDED: Final = 6


@final
@record
class Decisions:
    """How the conditions of a template are decided.

    Attributes:
        decided: the conditions by name.
        otherwise: how every other condition is decided.
    """

    decided: Mapping[str, bool]
    otherwise: bool

    def holds(self, condition: str) -> bool:
        """Whether a condition holds."""
        return self.decided.get(condition, self.otherwise)


def ways(shape: Shape) -> tuple[tuple[Decisions, ...], ...]:
    """The ways to each branch of a policy, each with the rest decided so and so.

    What is true of a policy on one way, however the rest is decided, is true wherever that branch is taken; what needs
    two branches that may exclude each other is not. A policy without conditions has one way.

    >>> from jfml_policies.sources.shape import Bare
    >>> inner = Choice("B", Bare("1", 0, 1), Bare("2", 0, 1))
    >>> [way[0].decided for way in ways(Choice("A", inner, None))]
    [{'A': True, 'B': True}, {'A': True, 'B': False}, {'A': False}]
    """
    found: list[dict[str, bool]] = []
    names: set[str] = set()
    for wanted in _ways_in(shape, {}):
        names.update(wanted)
        if wanted in found or len(found) == MAX_WAYS:
            continue
        # The way to an inner branch leads through the outer one.
        found = [known for known in found if not known.items() <= wanted.items()]
        found.append(wanted)
    return tuple([_completed(way, names) for way in found or [{}]])


def every_way(*shapes: Shape) -> list[Decisions] | None:
    """All ways of deciding the conditions of some policies together; None when there are too many to go through.

    >>> from jfml_policies.sources.shape import Bare
    >>> [way.decided for way in every_way(Choice("A", Bare("1", 0, 1), None)) or ()]
    [{'A': True}, {'A': False}]
    """
    names = sorted({name for shape in shapes for way in _ways_in(shape, {}) for name in way})
    if len(names) > MAX_DECIDED:
        return None
    combined = product((True, False), repeat=len(names))
    return [Decisions(dict(zip(names, holds, strict=True)), otherwise=True) for holds in combined]


def told_apart(shape: Shape, other: Shape) -> Shape:
    """A policy whose conditions have another name where the other policy's file says something else of them.

    >>> from jfml_policies.sources.shape import Bare
    >>> old, new = Choice("A", None, Bare("1", 0, 1), "one"), Choice("A", Bare("2", 0, 1), None, "two")
    >>> told_apart(new, old).condition
    'A as it is now'
    """
    said = {choice.condition: choice.meaning for choice in _choices(other)}
    changed = {one.condition for one in _choices(shape) if said.get(one.condition, one.meaning) != one.meaning}
    return _renamed(shape, changed) if changed else shape


def _choices(shape: Shape | None) -> Iterator[Choice]:
    if isinstance(shape, Choice):
        yield shape
        yield from _choices(shape.yes)
        yield from _choices(shape.no)
    elif isinstance(shape, Items):
        for item in shape.items:
            yield from _choices(item)
    elif isinstance(shape, Members):
        for _, value in shape.members:
            yield from _choices(value)


def _renamed(shape: Shape, names: set[str]) -> Shape:
    if isinstance(shape, Choice):
        name = f"{shape.condition} as it is now" if shape.condition in names else shape.condition
        branches = [None if branch is None else _renamed(branch, names) for branch in (shape.yes, shape.no)]
        return Choice(name, branches[0], branches[1], shape.meaning)
    if isinstance(shape, Items):
        return Items(tuple([_renamed(item, names) for item in shape.items]), shape.start, shape.end)
    if isinstance(shape, Members):
        members = tuple([(name, _renamed(value, names)) for name, value in shape.members])
        return Members(members, shape.start, shape.end)
    return shape


def _completed(way: Mapping[str, bool], names: set[str]) -> tuple[Decisions, ...]:
    if names <= way.keys():
        return (Decisions(way, otherwise=True),)
    return Decisions(way, otherwise=True), Decisions(way, otherwise=False)


def _ways_in(shape: Shape, above: Mapping[str, bool]) -> Iterator[dict[str, bool]]:
    """The decisions that lead to each branch, outer ones first; branches that contradict themselves are left out."""
    if isinstance(shape, Choice):
        for holds, branch in ((True, shape.yes), (False, shape.no)):
            if above.get(shape.condition, holds) == holds:
                inside = {**above, shape.condition: holds}
                yield inside
                if branch is not None:
                    yield from _ways_in(branch, inside)
    elif isinstance(shape, Items):
        for item in shape.items:
            yield from _ways_in(item, above)
    elif isinstance(shape, Members):
        for _, value in shape.members:
            yield from _ways_in(value, above)
