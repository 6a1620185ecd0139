"""Keys that an object has several times with one and the same value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jfml_policies.text.tree import JsonArray, JsonBoolean, JsonNumber, JsonObject, JsonString

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

    from jfml_policies.text.tree import Json

__all__ = ["equal_copies"]


def equal_copies(tree: Json) -> Iterator[tuple[JsonObject, int]]:
    """Each object with the position of a member that repeats an earlier one.

    Only keys whose copies are all equal count: then it does not matter which of them a reader keeps.

    >>> from jfml_policies.text.parse import parse_json
    >>> [place for _, place in equal_copies(parse_json('{"a": [1], "b": 2, "a": [1], "b": 3}'))]
    [2]
    """
    if isinstance(tree, JsonArray):
        for item in tree.items:
            yield from equal_copies(item)
    elif isinstance(tree, JsonObject):
        places: dict[str, list[int]] = {}
        for place, member in enumerate(tree.members):
            places.setdefault(member.key.value, []).append(place)
            yield from equal_copies(member.value)
        for first, *copies in places.values():
            if copies and len({_form(tree.members[place].value) for place in (first, *copies)}) == 1:
                for place in copies:
                    yield tree, place


def _form(tree: Json) -> Hashable:
    """What a value says, whatever its layout; of numbers the digits as they were written."""
    if isinstance(tree, JsonObject):
        return ("object", tuple([(member.key.value, _form(member.value)) for member in tree.members]))
    if isinstance(tree, JsonArray):
        return ("array", tuple([_form(item) for item in tree.items]))
    if isinstance(tree, (JsonString, JsonBoolean)):
        return (tree.type_name, tree.value)
    return (tree.type_name, tree.raw if isinstance(tree, JsonNumber) else None)
