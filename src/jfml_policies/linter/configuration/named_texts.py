"""Names of one's own with texts in settings, as tags with their values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from jfml_policies.linter.configuration.shapes import BAD, ListOf, Shape, Text

if TYPE_CHECKING:
    from jfml_policies.linter.configuration.layers import Spot

__all__ = ["NamedTexts"]

_MOST_NAMES: Final = 50


class NamedTexts(Shape):
    """A table whose keys are names of one's own, each with a text or a list of texts; read as lists by name."""

    def __init__(self, expected: str) -> None:
        self._value = ListOf(Text(), "a text or a list of texts")
        self.expected: str = expected

    def read(self, value: Any, at: Spot) -> Any:
        """The lists by name, when all of it is good."""
        if not isinstance(value, dict):
            return self.wrong_type(value, at)
        if not 0 < len(value) <= _MOST_NAMES:
            at.wrong(f"`{at.name}` must hold 1 to {_MOST_NAMES} names")
            return BAD
        read = {}
        for key, one in value.items():
            texts = [one] if isinstance(one, str) else one
            if Text().read(key, at / key) is BAD:
                return BAD
            read[key] = self._value.read(texts, at / key)
            if read[key] is BAD or len(read[key]) < len(texts):
                return BAD
        return read

    def schema(self) -> dict[str, Any]:
        """An object with any keys."""
        value = {"anyOf": [Text().schema(), self._value.schema()]}
        return {"type": "object", "additionalProperties": value, "minProperties": 1, "maxProperties": _MOST_NAMES}
