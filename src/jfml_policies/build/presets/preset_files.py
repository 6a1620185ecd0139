"""Presets as files: those that come with the package, and your own in TOML or JSON."""

from __future__ import annotations

import json
import os
import tomllib
from functools import cache
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from jfml_policies.build.parameters import problem_text
from jfml_policies.build.presets.preset import Preset
from jfml_policies.build.wording import quoted
from jfml_policies.errors import InputError, ParameterError, UsageError
from jfml_policies.text.read import read_text
from jfml_policies.text.suggest import nearest

__all__ = ["preset_from", "preset_named", "preset_names", "read_preset"]

_SHIPPED: Final = Path(__file__).parent / "vendors"
#: The longest preset that comes with the package has some thousand characters.
_LONGEST: Final = 200_000


def preset_names() -> tuple[str, ...]:
    """The names of the presets that come with the package as data, sorted.

    >>> "fivetran" in preset_names()
    True
    """
    return tuple(sorted(path.stem for path in _SHIPPED.glob("*.toml")))


@cache
def preset_named(name: str) -> Preset:
    """The preset of that name that comes with the package.

    Raises:
        UsageError: there is none.

    >>> preset_named("fivetran").kind
    'account root + external id'
    """
    names = preset_names()
    if name not in names:
        near = nearest(name, names)
        raise UsageError(f"there is no preset `{name}`", hint=f"did you mean `{near}`?" if near else None)
    return read_preset(_SHIPPED / f"{name}.toml")


def read_preset(path: str | os.PathLike[str]) -> Preset:
    """The preset in a file: JSON when its name ends so, TOML otherwise.

    Raises:
        InputError: the file cannot be read, or is not TOML or JSON.
        ParameterError: what it says is no preset; `problems` has a line for each fault, naming its place.
    """
    text = read_text(path)
    name = os.fspath(path)
    if len(text) > _LONGEST:
        raise InputError(f"longer than the {_LONGEST:,} characters of a preset", file=name)
    return preset_from(_from_json(text, name) if name.lower().endswith(".json") else _from_toml(text, name), name)


def preset_from(data: object, name: str) -> Preset:
    """The preset in the values of a file.

    Args:
        data: the values, as TOML and JSON have them.
        name: the file's name, for messages.

    Raises:
        InputError: they are no object.
        ParameterError: what they say is no preset; `problems` has a line for each fault, naming its place.
    """
    if not isinstance(data, dict):
        raise InputError("is not an object with the parts of a preset", file=name)
    try:
        return Preset.model_validate(data)
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=True)
        places = [detail["loc"] for detail in details]
        lines: list[str] = []
        for detail in details:
            # A list whose items are all wrong is not empty, as pydantic has it.
            place = detail["loc"]
            if detail["type"] != "too_short" or not any(other[: len(place)] == place != other for other in places):
                lines += _lines(detail)
        raise ParameterError(tuple(lines), hint=f"mend the preset `{os.path.basename(name)}`") from None


def _from_toml(text: str, name: str) -> Any:
    try:
        return tomllib.loads(text.removeprefix("\ufeff").replace("\r\n", "\n"))
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        problem = "nested too deep" if isinstance(error, RecursionError) else _one_line(str(error))
        raise InputError(f"is not TOML: {problem}", file=name) from None


def _from_json(text: str, name: str) -> Any:
    try:
        return json.loads(text.removeprefix("\ufeff"))
    except (RecursionError, ValueError) as error:
        problem = "nested too deep" if isinstance(error, RecursionError) else _one_line(str(error))
        raise InputError(f"is not JSON: {problem}", file=name) from None


def _lines(detail: ErrorDetails) -> list[str]:
    place = ""
    for part in detail["loc"]:
        place += f"[{part}]" if isinstance(part, int) else f".{part}" if place else str(part)
    if detail["type"] == "preset":
        return detail["msg"].split("\n")
    if detail["type"] == "extra_forbidden":
        near = nearest(place, Preset.model_fields)
        return [f"{place}: there is no such part" + (f"; did you mean {quoted(near)}" if near else "")]
    if detail["type"] == "too_short":
        return [f"{place}: is empty"]
    return [f"{place}: {_one_line(problem_text(detail))}"]


def _one_line(text: str) -> str:
    line = " ".join(text.split())
    return line[:1].lower() + line[1:]
