"""An option of a rule: what a configuration may set, as data that its page and the schema show."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Generic, Literal, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Option", "OptionType", "OptionValue", "strings", "whole_number"]

#: What an option may hold.
OptionValue = int | tuple[str, ...]
OptionType = Literal["whole number", "list of strings"]

_Value = TypeVar("_Value", int, tuple[str, ...])
_NO_BOUNDS: Final[Mapping[str, int]] = MappingProxyType({})


class Option(Generic[_Value]):
    """One option; `whole_number` and `strings` make them.

    A rule lists its options in its class attribute `options`, and asks for their values by `Context.option`.

    Attributes:
        name: as a configuration writes it, in lower case with hyphens.
        type: what it holds.
        default: the value where nothing is configured.
        meaning: one line for the rule's page, lower case, without a final period.
        bounds: `least` and `most` of a whole number.
    """

    __slots__ = ("bounds", "default", "meaning", "name", "type")

    def __init__(
        self,
        name: str,
        option_type: OptionType,
        default: _Value,
        meaning: str,
        bounds: Mapping[str, int] = _NO_BOUNDS,
    ) -> None:
        self.name: str = name
        self.type: OptionType = option_type
        self.default: _Value = default
        self.meaning: str = meaning
        self.bounds: Mapping[str, int] = bounds

    def value_in(self, values: Mapping[tuple[str, str], OptionValue], code: str) -> _Value:
        """The option's value for the rule of a code: the configured one, or the default."""
        return cast("_Value", values.get((code, self.name), self.default))

    @property
    def shown_default(self) -> str:
        """The default as a configuration would write it.

        >>> strings("words", meaning="further words").shown_default
        '[]'
        """
        if isinstance(self.default, int):
            return str(self.default)
        quoted = ", ".join([f'"{entry}"' for entry in self.default])
        return f"[{quoted}]"


def whole_number(name: str, *, default: int, least: int, most: int, meaning: str) -> Option[int]:
    """An option that holds a number from `least` to `most`.

    >>> whole_number("days", default=0, least=0, most=366, meaning="days of warning").type
    'whole number'
    """
    return Option(name, "whole number", default, meaning, MappingProxyType({"least": least, "most": most}))


def strings(name: str, *, default: tuple[str, ...] = (), meaning: str) -> Option[tuple[str, ...]]:
    """An option that holds a list of strings.

    >>> strings("services", meaning="services that are accepted").default
    ()
    """
    return Option(name, "list of strings", default, meaning)
