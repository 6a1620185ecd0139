"""Everything that is wrong with a spec, each with the place it is at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from jfml_policies.build.parameters import plain_type, problem_text
from jfml_policies.build.specs.part import UNKNOWN_NAME, Part
from jfml_policies.build.wording import quoted
from jfml_policies.findings import Path
from jfml_policies.text.path import path_text
from jfml_policies.text.suggest import nearest

__all__ = ["Problem", "checked"]

_Spec = TypeVar("_Spec", bound=Part)


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem of a spec.

    Attributes:
        path: the value that is wrong, or the object that lacks one.
        text: what is wrong, one clause.
        at_key: whether the name is wrong and not its value.
    """

    path: Path
    text: str
    at_key: bool = False

    def __str__(self) -> str:
        where = path_text(self.path)
        return f"{where}: {self.text}" if where else self.text


def checked(model: type[_Spec], given: object) -> tuple[_Spec | None, tuple[Problem, ...]]:
    """The spec, or None and all that is wrong with it.

    Args:
        model: what it is to be.
        given: plain values, as from JSON.
    """
    try:
        return model.model_validate(given), ()
    except ValidationError as error:
        details = error.errors(include_url=False)
    # Several members of a list are told by the first fault of each; the same line twice helps nobody.
    return None, tuple(dict.fromkeys(_problem(detail, given) for detail in details))


def _problem(detail: ErrorDetails, given: object) -> Problem:
    kind, context = detail["type"], detail.get("ctx", {})
    path = _without_tags(detail["loc"], given, last_is_name=kind in {"missing", UNKNOWN_NAME})
    if kind == UNKNOWN_NAME:
        return Problem(path, str(context["problem"]), at_key=True)
    if kind == "missing":
        return Problem(path[:-1], f"{quoted(str(path[-1]))} is missing")
    if kind == "union_tag_not_found":
        name = str(context["discriminator"]).strip("'")
        return Problem(path, f"{quoted(name)} is missing, which says what this is")
    if kind == "union_tag_invalid":
        tags = [tag.strip().strip("'") for tag in context["expected_tags"].split(",")]
        near = nearest(str(context["tag"]), tags)
        remedy = f"did you mean {quoted(near)}" if near else f"one of {', '.join(tags)}"
        name = str(context["discriminator"]).strip("'")
        return Problem((*path, name), f"there is no {quoted(str(context['tag']))}; {remedy}")
    if kind == "too_short":
        return Problem(path, "is empty")
    if kind in {"model_type", "model_attributes_type", "dict_type"}:
        return Problem(path, f"must be an object with names and values, not {plain_type(detail['input'])}")
    text = problem_text(detail)
    if kind == "string_type" and isinstance(detail["input"], (int, float)):
        text += "; put it in quotes"
    return Problem(path, text)


def _without_tags(loc: tuple[int | str, ...], given: object, *, last_is_name: bool) -> Path:
    """The path as it is in the file: pydantic also names the member of a union, which is no step there."""
    path: list[int | str] = []
    value = given
    for place, step in enumerate(loc):
        is_name = last_is_name and place == len(loc) - 1
        if isinstance(value, dict) and step not in value and not is_name and step in value.values():
            continue
        path.append(step)
        if isinstance(value, dict):
            value = value.get(step) if isinstance(step, str) else None
        elif isinstance(value, (list, tuple)) and isinstance(step, int) and step < len(value):
            value = value[step]
        else:
            value = None
    return tuple(path)
