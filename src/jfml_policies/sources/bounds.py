"""What a policy with holes allows at most and at least, whatever the holes' values are.

A hole may turn out to be anything, a wildcard too. A policy that allows at most so much is made by taking everything
where an Allow holds a hole, and nothing where a Deny does; one that allows at least so much the other way round. What
is proved of these bounds holds for every deployment.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final, TypeAlias

from jfml_policies.sources.shape import Bare, Choice, Hole, Items, Members, Word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jfml_policies.sources.shape import Shape
    from jfml_policies.sources.variants import Decisions

__all__ = ["Unbounded", "are_denials_open", "bounded", "decided", "has_holes", "key_of", "redefined", "without_shared"]

_Member: TypeAlias = tuple[Word, "Shape"]

#: Elements whose entries say what is meant, and the negation of each.
_LISTS: Final = ("Action", "Resource")
_NEGATIONS: Final = {"NotAction": "Action", "NotResource": "Resource", "NotPrincipal": "Principal"}
#: More boxes of one statement are not told apart.
_MOST_BOXES: Final = 2_000


class Unbounded(Exception):  # noqa: N818 -- an answer rather than an error
    """A policy of which nothing can be said, as one whose effect only deployment knows."""


def decided(shape: Shape, decisions: Decisions) -> Shape | None:
    """A shape with its conditions decided; None where nothing is left."""
    if isinstance(shape, Choice):
        branch = shape.yes if decisions.holds(shape.condition) else shape.no
        return None if branch is None else decided(branch, decisions)
    if isinstance(shape, Items):
        items = [decided(item, decisions) for item in shape.items]
        return Items(tuple([item for item in items if item is not None]), shape.start, shape.end)
    if isinstance(shape, Members):
        members = [(name, decided(value, decisions)) for name, value in shape.members]
        return Members(tuple([(name, value) for name, value in members if value is not None]), shape.start, shape.end)
    return shape


def has_holes(shape: Shape) -> bool:
    """Whether some of a shape is known only at deployment; its conditions are decided."""
    if isinstance(shape, Word):
        return shape.text is None
    if isinstance(shape, Items):
        return any(map(has_holes, shape.items))
    return isinstance(shape, Members) and any(has_holes(value) for _, value in shape.members)


def redefined(old: Shape, new: Shape) -> list[str]:
    """The labels of values of which the file of a new policy says something else than that of the old one."""
    said = {hole.label: hole.meaning for hole in _holes(old)}
    return sorted({hole.label for hole in _holes(new) if said.get(hole.label, hole.meaning) != hole.meaning})


def _holes(shape: Shape) -> Iterator[Hole]:
    if isinstance(shape, Word):
        yield from [part for part in shape.parts if isinstance(part, Hole)]
    elif isinstance(shape, Items):
        for item in shape.items:
            yield from _holes(item)
    elif isinstance(shape, Members):
        for _, value in shape.members:
            yield from _holes(value)


def key_of(shape: Shape) -> str:
    """A text that is the same for shapes that mean the same, wherever they stand.

    Holes are the same when their labels are, and what is known and said of their values.
    """
    return json.dumps(_plain(shape))


def bounded(document: Shape, *, most: bool) -> Members:
    """A policy without holes that allows whatever the document may allow (`most`), or no more than it must.

    Args:
        document: a policy whose conditions are decided.
        most: which of the two bounds.

    Raises:
        Unbounded: there is none, because its form itself is not known.
    """
    members: list[_Member] = []
    for name, value in _members(document):
        if name.text == "Statement":
            start, end = _extent(value)
            statements = [_bound(statement, most=most) for statement in _statements(value)]
            kept = tuple([statement for statement in statements if statement is not None])
            members.append((name, Items(kept, start, end)))
        elif has_holes(value):
            if name.text != "Id":
                raise Unbounded
        else:
            members.append((name, value))
    return Members(tuple(members), *_extent(document))


def without_shared(document: Shape, other: Shape) -> Shape:
    """A policy without what another one allows literally as well, so that holes in that do not matter.

    Leaving it out of this policy is right when asking what it allows beyond the other one, as long as both are of one
    version of the language and all that the other one denies is denied here in the same words, be it among more; else
    the document comes back as it is.
    """
    if _version(document) != _version(other):
        return document
    denied = {key for one in _statements_of(document) for key, _ in _boxes(one, "Deny")}
    if any(key not in denied for one in _statements_of(other) for key, _ in _boxes(one, "Deny")):
        return document
    shared = {key for one in _statements_of(other) for key, _ in _boxes(one, "Allow")}
    kept: list[Shape] = []
    for statement in _statements_of(document):
        if _effect(statement) == "Allow" and has_holes(statement):
            kept += [box for key, box in _boxes(statement, "Allow") if key not in shared]
        else:
            kept.append(statement)
    return Members(
        tuple(
            [
                (name, Items(tuple(kept), *_extent(value)) if name.text == "Statement" else value)
                for name, value in _members(document)
            ]
        ),
        *_extent(document),
    )


def are_denials_open(old: Shape, new: Shape) -> bool:
    """Whether open values decide if a policy denies all that an earlier one does; conditions are decided."""
    try:
        was, now = [
            {key_of(one): one for one in _statements_of(side) if _effect(one) != "Allow"} for side in (old, new)
        ]
        is_same_language = _version(old) == _version(new)
    except Unbounded:
        return True
    if is_same_language and was.keys() <= now.keys():
        return False
    differing = [one for side, other in ((was, now), (now, was)) for key, one in side.items() if key not in other]
    return any(map(has_holes, differing if is_same_language else (*was.values(), *now.values())))


def _boxes(statement: Shape, effect: str) -> Iterator[tuple[str, Shape]]:
    """A statement of that effect as statements of one action and one resource each, with their keys; else nothing."""
    if _effect(statement) != effect:
        return
    members = [(name, value) for name, value in _members(statement) if name.text != "Sid"]
    pieces: list[list[_Member]] = [[]]
    for name, value in members:
        entries: Iterable[Shape] = value.items if name.text in _LISTS and isinstance(value, Items) else (value,)
        pieces = [[*piece, (name, entry)] for entry in entries for piece in pieces]
        if len(pieces) > _MOST_BOXES:
            pieces = [members]
            break
    for piece in pieces:
        box = Members(tuple(piece), *_extent(statement))
        yield json.dumps(sorted([(name.text or "", _plain(value)) for name, value in piece])), box


def _bound(statement: Shape, *, most: bool) -> Members | None:
    effect = _effect(statement)
    if not isinstance(statement, Members) or effect not in {"Allow", "Deny"}:
        raise Unbounded
    if any(name.text is None for name, _ in statement.members):
        raise Unbounded
    grows = (effect == "Allow") == most
    found: list[_Member] = []
    for name, value in statement.members:
        if not has_holes(value):
            found.append((name, value))
            continue
        if name.text == "Sid":
            continue
        member = _grown(name, value) if grows else _shrunk(name, value)
        if member is None and not grows:
            return None
        if member is not None:
            found.append(member)
    return Members(tuple(found), statement.start, statement.end)


def _grown(name: Word, value: Shape) -> _Member | None:
    """An element that holds for whatever it may hold for; None where it can be left out."""
    if name.text == "Condition":
        blocks: list[_Member] = []
        for operator, block in value.members if isinstance(value, Members) else ():
            tests = [(key, values) for key, values in _members(block) if not has_holes(values)]
            if tests:
                blocks.append((operator, Members(tuple(tests), *_extent(block))))
        return (name, Members(tuple(blocks), *_extent(value))) if blocks else None
    if name.text in {"NotAction", "NotResource"} and isinstance(value, Items):
        entries = tuple([entry for entry in value.items if not has_holes(entry)])
        if entries:
            return name, Items(entries, value.start, value.end)
    plain = _NEGATIONS.get(name.text or "", name.text or "")
    if plain not in {"Action", "Resource", "Principal"}:
        raise Unbounded
    return Word((plain,), name.start, name.end), Word(("*",), *_extent(value))


def _shrunk(name: Word, value: Shape) -> _Member | None:
    """An element that holds for no more than it must; None where that is nothing."""
    if name.text in _LISTS:
        kept = _certain(value)
        return None if kept is None else (name, kept)
    if name.text == "Principal" and isinstance(value, Members):
        groups = [(kind, _certain(listed)) for kind, listed in value.members]
        some = tuple([(kind, listed) for kind, listed in groups if listed is not None])
        return (name, Members(some, value.start, value.end)) if some else None
    return None


def _certain(value: Shape) -> Shape | None:
    """The entries of a list that are known."""
    if not isinstance(value, Items):
        return None if has_holes(value) else value
    entries = tuple([entry for entry in value.items if not has_holes(entry)])
    return Items(entries, value.start, value.end) if entries else None


def _version(document: Shape) -> list[str]:
    return [key_of(value) for name, value in _members(document) if name.text == "Version"]


def _effect(statement: Shape) -> str | None:
    for name, value in _members(statement) if isinstance(statement, Members) else ():
        if name.text == "Effect":
            return value.text if isinstance(value, Word) else None
    return None


def _statements_of(document: Shape) -> Iterator[Shape]:
    for name, value in _members(document):
        if name.text == "Statement":
            yield from _statements(value)


def _statements(value: Shape) -> tuple[Shape, ...]:
    return value.items if isinstance(value, Items) else (value,)


def _members(shape: Shape) -> tuple[_Member, ...]:
    if not isinstance(shape, Members):
        raise Unbounded
    return shape.members


def _extent(shape: Shape) -> tuple[int, int]:
    """Where a shape stands; a choice is decided before."""
    if isinstance(shape, Choice):
        raise Unbounded
    return shape.start, shape.end


def _plain(shape: Shape) -> object:
    if isinstance(shape, Word):
        return [
            "word",
            *[[part.label, part.meaning, *part.examples] if isinstance(part, Hole) else part for part in shape.parts],
        ]
    if isinstance(shape, Bare):
        return ["bare", shape.raw]
    if isinstance(shape, Items):
        return ["items", *map(_plain, shape.items)]
    if isinstance(shape, Members):
        return ["members", *[[_plain(name), _plain(value)] for name, value in shape.members]]
    branches = [None if branch is None else _plain(branch) for branch in (shape.yes, shape.no)]
    return ["choice", shape.condition, shape.meaning, *branches]
