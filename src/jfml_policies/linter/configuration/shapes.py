"""Shapes of values: each reads a value, says what is wrong with it and where, and tells its JSON Schema."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from jfml_policies.errors import UsageError
from jfml_policies.linter import retired_checks
from jfml_policies.linter.configuration.file_globs import FileGlob
from jfml_policies.linter.day import check_day
from jfml_policies.linter.registry import code_of, codes_named, find_rule
from jfml_policies.record import record
from jfml_policies.text.suggest import nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from jfml_policies.linter.configuration.layers import Spot

__all__ = [
    "BAD",
    "Choice",
    "Day",
    "Field",
    "Files",
    "ListOf",
    "Named",
    "Number",
    "RuleName",
    "Shape",
    "Table",
    "TableOf",
    "Text",
    "read_fields",
    "schema_of",
]

#: What reading gives where the value is wrong; the problem is noted.
BAD: Final = object()
_LONGEST: Final = 1_000
_MOST: Final = 10_000

_TYPES: Final = {bool: "true or false", int: "a whole number", float: "a number", str: "a text", list: "a list"}


class Shape:
    """Base of the shapes.

    Class attributes:
        expected: what a message says that the value must be.
    """

    expected: str = ""

    def read(self, value: Any, at: Spot) -> Any:
        """The value as the program uses it, or `BAD`."""
        raise NotImplementedError

    def schema(self) -> dict[str, Any]:
        """The JSON Schema of the value."""
        raise NotImplementedError

    def wrong_type(self, value: object, at: Spot) -> object:
        """Notes that the value has another type."""
        found = "a table" if isinstance(value, dict) else _TYPES.get(type(value), "a date or time")
        at.wrong(f"`{at.name}` must be {self.expected}, not {found}")
        return BAD


class Text(Shape):
    """A text, of a pattern if one is given."""

    def __init__(self, pattern: str = "", *, expected: str = "a text", hint: str | None = None) -> None:
        self._pattern = pattern
        self._hint = hint
        self.expected: str = expected

    def read(self, value: Any, at: Spot) -> Any:
        """The text."""
        if not isinstance(value, str):
            return self.wrong_type(value, at)
        if not value.strip() or len(value) > _LONGEST:
            at.wrong(f"`{at.name}` must not be {'longer than 1,000 characters' if value.strip() else 'empty'}")
            return BAD
        if self._pattern and not re.fullmatch(self._pattern, value):
            at.wrong(f"`{value:.100}` is not {self.expected}", self._hint)
            return BAD
        return value

    def schema(self) -> dict[str, Any]:
        """A string."""
        return {"type": "string", "minLength": 1} | ({"pattern": f"^({self._pattern})$"} if self._pattern else {})


class Choice(Shape):
    """One of some texts."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = tuple(names)
        self.expected: str = f"one of {', '.join(names)}"

    def read(self, value: Any, at: Spot) -> Any:
        """The text."""
        if not isinstance(value, str):
            return self.wrong_type(value, at)
        if value not in self._names:
            near = nearest(value, self._names)
            at.wrong(f"`{value:.100}` is not {self.expected}", f"did you mean `{near}`?" if near else None)
            return BAD
        return value

    def schema(self) -> dict[str, Any]:
        """An enumeration."""
        return {"enum": list(self._names)}


class Number(Shape):
    """A whole number within bounds."""

    def __init__(self, least: int, most: int) -> None:
        self._least, self._most = least, most
        self.expected: str = f"a whole number from {least} to {most}"

    def read(self, value: Any, at: Spot) -> Any:
        """The number."""
        if isinstance(value, bool) or not isinstance(value, int):
            return self.wrong_type(value, at)
        if not self._least <= value <= self._most:
            at.wrong(f"`{at.name}` must be {self.expected}")
            return BAD
        return value

    def schema(self) -> dict[str, Any]:
        """An integer."""
        return {"type": "integer", "minimum": self._least, "maximum": self._most}


class Day(Shape):
    """A day, as a date of TOML or a text."""

    expected = "a day such as 2027-01-31"

    def read(self, value: Any, at: Spot) -> Any:
        """The day as a text."""
        text = value if isinstance(value, str) else str(value) if type(value).__name__ == "date" else None
        if text is None:
            return self.wrong_type(value, at)
        try:
            return check_day(text)
        except UsageError as error:
            at.wrong(error.message, error.hint)
            return BAD

    def schema(self) -> dict[str, Any]:
        """A string; dates of TOML reach a JSON Schema as such."""
        return {"type": "string", "format": "date"}


class RuleName(Shape):
    """A rule's name or code, or a family's or retired check's name where that is allowed; read as the name."""

    def __init__(self, *, family: bool, retired: bool = False) -> None:
        self._family, self._retired = family, retired
        self.expected: str = "the name of a rule or family" if family else "the name of a rule"

    def read(self, value: Any, at: Spot) -> Any:
        """The name."""
        if not isinstance(value, str):
            return self.wrong_type(value, at)
        check = retired_checks.find(code_of(value)) if self._retired else None
        if check is not None:
            at.problems.note(at, retired_checks.no_effect(f"`{check.name}` here", check))
            return value
        try:
            if self._family:
                codes_named(value, at.own)
            else:
                find_rule(value, at.own)
        except UsageError as error:
            at.wrong(error.message, error.hint)
            return BAD
        return value

    def schema(self) -> dict[str, Any]:
        """A string."""
        return {"type": "string"}


class Files(Shape):
    """A pattern of files."""

    expected = "a pattern of files"

    def read(self, value: Any, at: Spot) -> Any:
        """The pattern, with the folder that it counts from."""
        text = Text().read(value, at)
        if text is BAD:
            return BAD
        fault = FileGlob.fault(text)
        if fault is not None:
            at.wrong(f"`{text:.100}` {fault}")
            return BAD
        return FileGlob(text, at.layer.folder)

    def schema(self) -> dict[str, Any]:
        """A string."""
        return {"type": "string", "minLength": 1}


class ListOf(Shape):
    """A list of values of one shape; read as a tuple."""

    def __init__(self, item: Shape, expected: str) -> None:
        self._item = item
        self.expected: str = expected

    def read(self, value: Any, at: Spot) -> Any:
        """The good values among them."""
        if not isinstance(value, list) or len(value) > _MOST:
            return self.wrong_type(value, at) if not isinstance(value, list) else _too_many(at)
        read = [self._item.read(one, at / index) for index, one in enumerate(value)]
        return tuple([one for one in read if one is not BAD])

    def schema(self) -> dict[str, Any]:
        """An array."""
        return {"type": "array", "items": self._item.schema()}


class TableOf(Shape):
    """A table whose keys are patterns of files; read as a tuple of pairs."""

    def __init__(self, value: Shape, expected: str) -> None:
        self._value = value
        self.expected: str = expected

    def read(self, value: Any, at: Spot) -> Any:
        """The good pairs among them, in their order."""
        if not isinstance(value, dict) or len(value) > _MOST:
            return self.wrong_type(value, at) if not isinstance(value, dict) else _too_many(at)
        pairs = [(Files().read(key, at / key), self._value.read(one, at / key)) for key, one in value.items()]
        return tuple([(files, one) for files, one in pairs if files is not BAD and one is not BAD])

    def schema(self) -> dict[str, Any]:
        """An object with any keys."""
        return {"type": "object", "additionalProperties": self._value.schema()}


@record(eq=False)
class Field:
    """A key of a table: its shape, what it is for, and whether it must be there."""

    shape: Shape
    meaning: str
    required: bool = False


class Table(Shape):
    """A table with known keys, made into a value by a function of what they hold and the spot."""

    expected = "a table"

    def __init__(self, fields: Mapping[str, Field], make: Callable[[dict[str, Any], Spot], Any]) -> None:
        self._fields = fields
        self._make = make

    def read(self, value: Any, at: Spot) -> Any:
        """What the function makes, unless something is wrong."""
        if not isinstance(value, dict):
            return self.wrong_type(value, at)
        found = read_fields(self._fields, value, at)
        return BAD if found is None else self._make(found, at)

    def schema(self) -> dict[str, Any]:
        """An object with these keys only."""
        return schema_of(self._fields)


class Named(Shape):
    """A table, or a text that stands for a table with one key."""

    def __init__(self, key: str, table: Table) -> None:
        self._key, self._table = key, table
        self.expected: str = f"a text or a table with `{key}`"

    def read(self, value: Any, at: Spot) -> Any:
        """What the table's function makes."""
        if isinstance(value, str):
            return self._table.read({self._key: value}, at)
        return self._table.read(value, at) if isinstance(value, dict) else self.wrong_type(value, at)

    def schema(self) -> dict[str, Any]:
        """Either of both."""
        table = self._table.schema()
        return {"anyOf": [table["properties"][self._key], table]}


def read_fields(fields: Mapping[str, Field], table: Mapping[str, Any], at: Spot) -> dict[str, Any] | None:
    """The good values of a table by key, or None when something is wrong; unknown and missing keys are noted."""
    read: dict[str, Any] = {}
    sound = True
    for key, value in table.items():
        if key not in fields:
            near = nearest(key, fields)
            hint = f"did you mean `{near}`?" if near else f"known are {', '.join(sorted(fields))}"
            (at / key).wrong(f"there is no setting `{key:.100}` here", hint)
            sound = False
            continue
        read[key] = fields[key].shape.read(value, at / key)
        sound = sound and read[key] is not BAD
    for key, one in fields.items():
        if one.required and key not in table:
            at.wrong(f"`{key}` is missing: {one.meaning}")
            sound = False
    return read if sound else None


def schema_of(fields: Mapping[str, Field]) -> dict[str, Any]:
    """The JSON Schema of a table with these keys only."""
    schema: dict[str, Any] = {
        "type": "object",
        "additionalProperties": False,
        "properties": {key: {"description": one.meaning} | one.shape.schema() for key, one in fields.items()},
    }
    required = [key for key, one in fields.items() if one.required]
    return schema | ({"required": required} if required else {})


def _too_many(at: Spot) -> object:
    at.wrong(f"`{at.name}` holds more than {_MOST:,} entries")
    return BAD
