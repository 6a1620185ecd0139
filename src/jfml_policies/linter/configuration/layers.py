"""One file of a configuration, read but not judged, and the spots in it that messages point at."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from jfml_policies.errors import InputError
from jfml_policies.record import record
from jfml_policies.text.lines import LineIndex
from jfml_policies.text.toml_places import toml_places

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jfml_policies.findings import Path
    from jfml_policies.linter.rule import Rule

__all__ = ["TABLE", "Layer", "Problems", "Spot", "read_layer"]

#: Where the settings stand in a `pyproject.toml`.
TABLE: Final = ("tool", "jfml-policies")
_place: Final = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


@record(eq=False)
class Layer:
    """One file.

    Attributes:
        file: its name to show.
        folder: the absolute folder that its patterns and paths count from, with forward slashes.
        text: its text.
        prefix: where its settings stand in it.
        table: the settings; None where it holds none.
    """

    file: str
    folder: str
    text: str
    prefix: Path
    table: Mapping[str, Any] | None

    def place(self, path: Path) -> str:
        """`FILE:LINE:COLUMN` of a setting; of one that has no place of its own, that of what it stands in."""
        places = _places(self.text)
        whole = (*self.prefix, *path)
        while whole and whole not in places:
            whole = whole[:-1]
        line, column = LineIndex(self.text).position(places.get(whole, 0))
        return f"{self.file}:{line}:{column}"


@lru_cache(maxsize=16)
def _places(text: str) -> Mapping[Path, int]:
    return toml_places(text)


class Problems:
    """Collects what is wrong, to be told in one go, and what is worth a note."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str], InputError] = {}
        self._notes: dict[str, None] = {}

    def add(self, spot: Spot, message: str, hint: str | None = None) -> None:
        """Notes a problem; the same one at the same place counts once."""
        place = spot.layer.place(spot.path)
        self._found.setdefault((place, message), InputError(message, file=place, hint=hint))

    def note(self, spot: Spot, message: str) -> None:
        """Notes something that is not wrong."""
        self._notes[f"{spot.layer.place(spot.path)}: {message}"] = None

    @property
    def notes(self) -> tuple[str, ...]:
        """The notes, each with its place."""
        return tuple(self._notes)

    @property
    def all(self) -> tuple[InputError, ...]:
        """The problems, in the order of their discovery."""
        return tuple(self._found.values())


@record(eq=False)
class Spot:
    """A place in a layer, with what reading a value there needs.

    Attributes:
        layer: the file.
        path: the way to the value, below the layer's prefix.
        problems: takes what is wrong.
        own: rules beside ours, whose names are good names.
    """

    layer: Layer
    path: Path
    problems: Problems
    own: tuple[type[Rule], ...] = ()

    def __truediv__(self, step: str | int) -> Spot:
        """The spot one step deeper."""
        return Spot(self.layer, (*self.path, step), self.problems, self.own)

    def wrong(self, message: str, hint: str | None = None) -> None:
        """Notes that the value is wrong."""
        self.problems.add(self, message, hint)

    @property
    def name(self) -> str:
        """The value's name for messages: its last key, with an index where it is a list's item."""
        keys = [step for step in self.path if isinstance(step, str)]
        return keys[-1] if keys else "the settings"


def read_layer(text: str, *, file: str, folder: str, is_pyproject: bool) -> Layer:
    """The settings in a text, not judged yet.

    Args:
        text: TOML.
        file: its name to show.
        folder: the absolute folder it stands in, with forward slashes.
        is_pyproject: whether the settings stand in the table of `TABLE`.

    Raises:
        InputError: it is not TOML, or is nested too deeply.

    >>> read_layer('ignore = ["meaning"]', file="jfml-policies.toml", folder="/repo", is_pyproject=False).table
    {'ignore': ['meaning']}
    """
    import tomllib

    prefix: Path = TABLE if is_pyproject else ()
    try:
        table: Any = tomllib.loads(text.removeprefix("\ufeff"))
    except tomllib.TOMLDecodeError as error:
        raise _syntax_error(str(error), text, file) from None
    except (RecursionError, ValueError):
        raise InputError("is nested too deeply, or holds a number that is too large", file=file) from None
    for step in prefix:
        table = table.get(step) if isinstance(table, dict) else None
    layer = Layer(file, folder, text.removeprefix("\ufeff"), prefix, table if isinstance(table, dict) else None)
    if table is not None and layer.table is None:
        raise InputError("`tool.jfml-policies` must be a table", file=layer.place(()))
    return layer


def _syntax_error(message: str, text: str, file: str) -> InputError:
    found = _place.search(message)
    line, column = (found[1], found[2]) if found and found[1] else LineIndex(text).position(len(text))
    said = message[: found.start()] if found else message
    return InputError(f"not TOML: {said[:1].lower()}{said[1:]}", file=f"{file}:{line}:{column}")
