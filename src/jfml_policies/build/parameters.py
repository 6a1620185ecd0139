"""Typed parameters of a preset: a pydantic model whose problems are reported all at once, one line each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, ClassVar, Final, Self

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator
from pydantic_core import ErrorDetails, PydanticCustomError

from jfml_policies.build.wording import quoted
from jfml_policies.errors import ParameterError
from jfml_policies.text.suggest import nearest

__all__ = ["Parameters", "checked_by", "list_of_at_most", "plain_type", "problem_text"]

#: Types of values as people call them; `bool` stands before `int`, of which it is a subclass.
_PLAIN_TYPES: Final = (
    (bool, "true or false"),
    (int | float, "a number"),
    (str, "text"),
    (list | tuple, "a list"),
    (dict, "an object"),
    (type(None), "nothing"),
)
#: Each unknown name is compared with the known ones, so their number is bounded.
_MOST_NAMES: Final = 200
#: What a parameter must be, by pydantic's type of error.
_EXPECTED: Final = {
    "string_type": "text",
    "bool_type": "true or false",
    "tuple_type": "a list",
}


class Parameters(BaseModel):
    """Base of every preset's parameters: strict types, no unknown names, frozen.

    Building a model directly raises pydantic's `ValidationError`; `of` raises this library's `ParameterError` instead.
    """

    model_config: ClassVar[ConfigDict] = ConfigDict(strict=True, extra="forbid", frozen=True)

    @classmethod
    def of(cls, given: Mapping[str, object]) -> Self:
        """The parameters as a checked model.

        Args:
            given: values by name; those left out take their defaults.

        Raises:
            ParameterError: some are wrong or do not go together; `problems` has a line for each.
        """
        if len(given) > _MOST_NAMES:
            raise ParameterError((f"{len(given):,} parameters are given, more than there can be",))
        try:
            return cls.model_validate(dict(given))
        except ValidationError as error:
            raise ParameterError(_lines(cls, given, error)) from None

    @classmethod
    def disagreements(cls, right: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """Parameters that do not go together, as pairs of a name and what is wrong with it.

        Args:
            right: the values that are right by themselves; a name whose value is wrong is missing.
        """
        del right
        yield from ()

    @model_validator(mode="after")
    def _go_together(self) -> Self:
        pairs = list(self.disagreements(dict(self)))
        if pairs:
            text = "; ".join(f"{name}: {problem}" for name, problem in pairs)
            raise PydanticCustomError("disagreement", "{text}", {"text": text})
        return self


def checked_by(problem: Callable[[str], str | None]) -> Callable[[str], str]:
    """A pydantic validator from a function that says what is wrong with a text, or None."""

    def check(text: str) -> str:
        # A half of a surrogate pair has no bytes, so such a text could be neither measured nor written.
        whole = not any("\ud800" <= sign <= "\udfff" for sign in text)
        found = problem(text) if whole else f"{quoted(text)} is not valid Unicode text"
        if found is None:
            return text
        raise PydanticCustomError("parameter", "{problem}", {"problem": found})

    return check


def list_of_at_most(limit: int) -> Callable[[object], object]:
    """A pydantic validator, run before the items are looked at, that refuses long lists and makes lists tuples.

    Strict models take tuples only, while callers and files bring lists.
    """

    def check(value: object) -> object:
        if isinstance(value, list | tuple) and len(value) > limit:
            raise PydanticCustomError("parameter", "{problem}", {"problem": f"has more than {limit} items"})
        return tuple(value) if isinstance(value, list) else value

    return check


def _lines(model: type[Parameters], given: Mapping[str, object], error: ValidationError) -> tuple[str, ...]:
    """All problems in the order of the model's fields; unknown names last."""
    details = [
        detail
        for detail in error.errors(include_url=False, include_input=True)
        # The model compares its values only when each is right by itself; below they are compared in any case.
        if detail["type"] != "disagreement"
    ]
    found = [(str(detail["loc"][0]), _line(model, detail)) for detail in details]
    right = _right_values(model, given, {detail["loc"] for detail in details})
    found += [(name, f"{name}: {problem}") for name, problem in model.disagreements(right)]
    order = {name: place for place, name in enumerate(model.model_fields)}
    return tuple(line for _, line in sorted(found, key=lambda item: order.get(item[0], len(order))))


def _right_values(
    model: type[Parameters], given: Mapping[str, object], wrong: set[tuple[int | str, ...]]
) -> dict[str, object]:
    right: dict[str, object] = {}
    for name, field in model.model_fields.items():
        if (name,) in wrong:
            continue
        value = given.get(name, field.get_default(call_default_factory=True))
        if isinstance(value, list | tuple):
            kept = tuple(item for place, item in enumerate(value) if (name, place) not in wrong)
            if value and not kept:
                continue
            value = kept
        right[name] = value
    return right


def _line(model: type[Parameters], detail: ErrorDetails) -> str:
    name, *place = detail["loc"]
    if detail["type"] == "extra_forbidden":
        near = nearest(str(name), model.model_fields)
        advice = f"; did you mean {quoted(near)}" if near else ""
        return f"{quoted(str(name))} is not a parameter{advice}"
    # A checked text is quoted in its problem; anything else in a list is found by its place.
    item = f"item {int(place[0]) + 1} " if place and detail["type"] != "parameter" else ""
    return f"{name}: {item}{problem_text(detail)}"


def problem_text(detail: ErrorDetails) -> str:
    """What is wrong with one value, in the words of this library."""
    kind, context = detail["type"], detail.get("ctx", {})
    if kind == "parameter":
        return str(context["problem"])
    if kind == "missing":
        return "is missing"
    if kind == "literal_error":
        return f"must be {str(context['expected']).replace(chr(39), '`')}, not {_shown(detail['input'])}"
    expected = _EXPECTED.get(kind)
    if expected is None:
        return detail["msg"][:1].lower() + detail["msg"][1:]
    return f"must be {expected}, not {plain_type(detail['input'])}"


def _shown(value: object) -> str:
    return quoted(value) if isinstance(value, str) else plain_type(value)


def plain_type(value: object) -> str:
    """The type of a value as people call it."""
    for types, name in _PLAIN_TYPES:
        if isinstance(value, types):
            return name
    return "a value of another kind"
