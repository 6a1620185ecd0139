"""A policy as it is whatever its holes are filled with, as far as somebody asks who compares with values of his own.

A guess at a value refutes what is said of shapes and names, but not what is said of one value: that a condition on a
certain VPC endpoint is missing is not to be said where a parameter may be that endpoint. So an Allow that holds a hole
where values are compared is left out, and a Deny that holds one counts as far as it may reach.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jfml_policies.policy.operators import parse_operator
from jfml_policies.sources.bounds import Unbounded, decided, has_holes
from jfml_policies.sources.guesses import OWN_PARTITION_ROUNDS
from jfml_policies.sources.shape import Items, Members, Word
from jfml_policies.sources.variants import ways
from jfml_policies.sources.writing import written_once

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jfml_policies.sources.excerpt import Excerpt
    from jfml_policies.sources.shape import Shape
    from jfml_policies.sources.variants import Decisions
    from jfml_policies.sources.writing import Written

__all__ = ["guaranteed_texts"]

_PRINCIPAL: Final = "Principal"
_PLAIN: Final = {"NotAction": "Action", "NotResource": "Resource", "NotPrincipal": _PRINCIPAL}
#: Of other operators a guess would be no value at all.
_TEXT_FAMILIES: Final = ("String", "Arn")


def guaranteed_texts(shape: Shape, host: str | Excerpt, compared: frozenset[str]) -> Iterator[Iterator[Written]]:
    """For each way through a policy's conditions texts of what it allows in any case.

    Args:
        shape: the policy.
        host: the file's text.
        compared: condition keys in lower case, and `Principal`, with which values somebody compares.
    """
    for way in ways(shape):
        yield _texts(shape, host, way, compared)


def _texts(
    shape: Shape, host: str | Excerpt, way: tuple[Decisions, ...], compared: frozenset[str]
) -> Iterator[Written]:
    for decisions in way:
        document = decided(shape, decisions)
        try:
            least = Members((), 0, 0) if document is None else _document(document, compared)
        except Unbounded:
            # Nothing is said of a policy whose form only deployment knows.
            least = Members((), 0, 0)
        for number in OWN_PARTITION_ROUNDS if has_holes(least) else (0,):
            yield written_once(least, host, decisions, number)


def _document(document: Shape, compared: frozenset[str]) -> Members:
    if not isinstance(document, Members):
        raise Unbounded
    listed = next((value for name, value in document.members if name.text == "Statement"), None)
    statements = listed.items if isinstance(listed, Items) else () if listed is None else (listed,)
    compared |= {key for statement in statements if _effect(statement) == "Deny" for key in _told_apart(statement)}
    members: list[tuple[Word, Shape]] = []
    for name, value in document.members:
        if value is listed:
            kept = [one for statement in statements if (one := _statement(statement, compared)) is not None]
            members.append((name, Items(tuple(kept), *_extent(value))))
        elif not has_holes(value):
            members.append((name, value))
        elif name.text != "Id":
            raise Unbounded
    return Members(tuple(members), document.start, document.end)


def _statement(statement: Shape, compared: frozenset[str]) -> Members | None:
    """A statement without holes that matter; None where an Allow may allow nothing that matters."""
    effect = _effect(statement)
    if not isinstance(statement, Members) or effect not in {"Allow", "Deny"}:
        raise Unbounded
    if any(name.text is None for name, _ in statement.members):
        raise Unbounded
    found: list[tuple[Word, Shape]] = []
    for name, value in statement.members:
        if not _is_open(value):
            found.append((name, value))
        elif name.text == "Sid":
            continue
        elif effect == "Deny":
            found += _widest(name, value)
        else:
            kept = _certain(name, value, compared)
            if kept is None:
                return None
            found.append((name, kept))
    return Members(tuple(found), statement.start, statement.end)


def _widest(name: Word, value: Shape) -> Iterator[tuple[Word, Shape]]:
    """An element of a Deny, as far as it may reach."""
    if name.text != "Condition":
        plain = _PLAIN.get(name.text or "", name.text or "")
        yield Word((plain,), name.start, name.end), Word(("*",), *_extent(value))
        return
    blocks: list[tuple[Word, Shape]] = []
    for operator, tests in value.members if isinstance(value, Members) else ():
        some = tests.members if isinstance(tests, Members) else ()
        known = tuple([(key, one) for key, one in some if key.text is not None and not has_holes(one)])
        if known and operator.text is not None:
            blocks.append((operator, Members(known, *_extent(tests))))
    if blocks:
        yield name, Members(tuple(blocks), *_extent(value))


def _certain(name: Word, value: Shape, compared: frozenset[str]) -> Shape | None:
    """An element of an Allow where the values of its holes do not matter; None where they do."""
    if name.text in {"Action", "Resource"}:
        return value
    if name.text == _PRINCIPAL:
        return value if _PRINCIPAL not in compared else _known_principals(value)
    if name.text != "Condition" or not isinstance(value, Members):
        return None
    for operator, tests in value.members:
        if operator.text is None or not isinstance(tests, Members):
            return None
        read = parse_operator(operator.text)
        for key, one in tests.members:
            if key.text is None:
                return None
            if has_holes(one) and (
                key.text.lower() in compared or read is None or read.family not in _TEXT_FAMILIES or read.negated
            ):
                return None
    return value


def _known_principals(value: Shape) -> Shape | None:
    if not isinstance(value, Members):
        return None
    groups: list[tuple[Word, Shape]] = []
    for type_, listed in value.members:
        entries = listed.items if isinstance(listed, Items) else (listed,)
        known = tuple([entry for entry in entries if not has_holes(entry)])
        if known and type_.text is not None:
            groups.append((type_, Items(known, *_extent(listed)) if isinstance(listed, Items) else known[0]))
    return Members(tuple(groups), value.start, value.end) if groups else None


def _is_open(value: Shape) -> bool:
    """Whether values or names of an element are holes."""
    if isinstance(value, Members):
        return any(name.text is None or _is_open(one) for name, one in value.members)
    return has_holes(value)


def _told_apart(statement: Shape) -> Iterator[str]:
    """What a Deny goes by: an Allow's value for it, where not known, may be one that is denied."""
    for name, value in statement.members if isinstance(statement, Members) else ():
        if name.text in {_PRINCIPAL, "NotPrincipal"} and not (isinstance(value, Word) and value.text == "*"):
            yield _PRINCIPAL
        if name.text == "Condition" and isinstance(value, Members):
            for _, tests in value.members:
                for key, _ in tests.members if isinstance(tests, Members) else ():
                    yield (key.text or "").lower()


def _effect(statement: Shape) -> str | None:
    for name, value in statement.members if isinstance(statement, Members) else ():
        if name.text == "Effect":
            return value.text if isinstance(value, Word) else None
    return None


def _extent(shape: Shape) -> tuple[int, int]:
    """Where a shape stands; a choice is decided before."""
    return (getattr(shape, "start", 0), getattr(shape, "end", 0))
