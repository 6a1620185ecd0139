"""The JSON tree: every value and every key knows where it stood; duplicate keys are kept.

A value that was built from Python objects stood nowhere: its `start` and `end` are -1.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import ClassVar, Final, TypeAlias, final

from jfml_policies.errors import InputError, UsageError

__all__ = [
    "MAX_DEPTH",
    "NOWHERE",
    "Json",
    "JsonArray",
    "JsonBoolean",
    "JsonNull",
    "JsonNumber",
    "JsonObject",
    "JsonString",
    "Member",
    "from_python",
    "moved",
    "placed",
    "to_python",
]

#: Deepest nesting that is read. A policy needs 7 levels; anything near this is an attack or a mistake.
MAX_DEPTH: Final = 100

#: `start` and `end` of a value that was not read from a text.
NOWHERE: Final = -1


class _Value:
    """What all JSON values share: where they stood, quotes and brackets included."""

    __slots__ = ("end", "start")
    type_name: ClassVar[str] = "value"

    def __init__(self, start: int, end: int) -> None:
        self.start: int = start
        self.end: int = end


@final
class JsonString(_Value):
    """A string, decoded."""

    __slots__ = ("value",)
    type_name: ClassVar[str] = "string"

    def __init__(self, value: str, start: int = NOWHERE, end: int = NOWHERE) -> None:
        self.value: str = value
        self.start: int = start
        self.end: int = end


@final
class JsonNumber(_Value):
    """A number as it was written; no digits are lost."""

    __slots__ = ("raw",)
    type_name: ClassVar[str] = "number"

    def __init__(self, raw: str, start: int = NOWHERE, end: int = NOWHERE) -> None:
        super().__init__(start, end)
        self.raw: str = raw


@final
class JsonBoolean(_Value):
    """`true` or `false`."""

    __slots__ = ("value",)
    type_name: ClassVar[str] = "boolean"

    def __init__(self, value: bool, start: int = NOWHERE, end: int = NOWHERE) -> None:  # noqa: FBT001
        super().__init__(start, end)
        self.value: bool = value


@final
class JsonNull(_Value):
    """`null`."""

    __slots__ = ()
    type_name: ClassVar[str] = "null"


@final
class JsonArray(_Value):
    """An array."""

    __slots__ = ("items",)
    type_name: ClassVar[str] = "array"

    def __init__(self, items: tuple[Json, ...], start: int = NOWHERE, end: int = NOWHERE) -> None:
        super().__init__(start, end)
        self.items: tuple[Json, ...] = items


@final
class Member:
    """One `key: value` of an object."""

    __slots__ = ("key", "value")

    def __init__(self, key: JsonString, value: Json) -> None:
        self.key: JsonString = key
        self.value: Json = value


@final
class JsonObject(_Value):
    """An object: its members in order, repeated keys included."""

    __slots__ = ("members",)
    type_name: ClassVar[str] = "object"

    def __init__(self, members: tuple[Member, ...], start: int = NOWHERE, end: int = NOWHERE) -> None:
        super().__init__(start, end)
        self.members: tuple[Member, ...] = members

    def get(self, key: str) -> Json | None:
        """The value of the first member with this key, or None."""
        for member in self.members:
            if member.key.value == key:
                return member.value
        return None


Json: TypeAlias = JsonObject | JsonArray | JsonString | JsonNumber | JsonBoolean | JsonNull


def from_python(value: object, depth: int = 0) -> Json:
    """The tree of plain Python values: dict, list, tuple, str, int, float, bool, None.

    Raises:
        UsageError: something in it is not a JSON value.
        InputError: it is nested deeper than `MAX_DEPTH`, or holds itself.
    """
    if isinstance(value, str):
        return JsonString(str(value))
    if depth > MAX_DEPTH:
        raise InputError(f"nested deeper than {MAX_DEPTH} levels")
    if isinstance(value, Mapping):
        members = []
        for key, item in value.items():
            if not isinstance(key, str):
                raise UsageError(f"an object key must be a string, not {type(key).__name__}")
            members.append(Member(JsonString(str(key)), from_python(item, depth + 1)))
        return JsonObject(tuple(members))
    if isinstance(value, (list, tuple)):
        return JsonArray(tuple([from_python(item, depth + 1) for item in value]))
    if isinstance(value, bool):
        return JsonBoolean(value)
    if value is None:
        return JsonNull(NOWHERE, NOWHERE)
    if isinstance(value, (int, float)):
        if value != value or value in (float("inf"), float("-inf")):  # noqa: PLR0124 (the test for NaN)
            raise UsageError(f"`{value}` is not a JSON value")
        try:
            return JsonNumber(repr(value))
        except ValueError:  # beyond the interpreter's limit of digits
            raise InputError("a number has too many digits") from None
    raise UsageError(f"a value of type {type(value).__name__} is not a JSON value")


def moved(tree: Json, by: int) -> Json:
    """The same tree, standing `by` characters further on: that of a piece of a text becomes one of the whole text."""
    return placed(tree, lambda start, end: (start + by, end + by))


def placed(tree: Json, place: Callable[[int, int], tuple[int, int]]) -> Json:
    """The same tree, standing elsewhere.

    Args:
        tree: the tree.
        place: where something stands that stood at a start and end.
    """
    start, end = place(tree.start, tree.end)
    if isinstance(tree, JsonObject):
        members = [Member(_placed_string(member.key, place), placed(member.value, place)) for member in tree.members]
        return JsonObject(tuple(members), start, end)
    if isinstance(tree, JsonArray):
        return JsonArray(tuple([placed(item, place) for item in tree.items]), start, end)
    if isinstance(tree, JsonString):
        return JsonString(tree.value, start, end)
    if isinstance(tree, JsonNumber):
        return JsonNumber(tree.raw, start, end)
    return JsonBoolean(tree.value, start, end) if isinstance(tree, JsonBoolean) else JsonNull(start, end)


def _placed_string(string: JsonString, place: Callable[[int, int], tuple[int, int]]) -> JsonString:
    return JsonString(string.value, *place(string.start, string.end))


def to_python(tree: Json) -> object:
    """Plain Python values of a tree; of repeated keys the last one wins, as everywhere."""
    if isinstance(tree, JsonObject):
        return {member.key.value: to_python(member.value) for member in tree.members}
    if isinstance(tree, JsonArray):
        return [to_python(item) for item in tree.items]
    if isinstance(tree, (JsonString, JsonBoolean)):
        return tree.value
    if isinstance(tree, JsonNumber):
        whole = len(tree.raw) <= _MOST_DIGITS and tree.raw.lstrip("-").isdigit()
        return int(tree.raw) if whole else float(tree.raw)
    return None


#: Python refuses to read longer whole numbers by default.
_MOST_DIGITS: Final = 4000
