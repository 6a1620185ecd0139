"""Parts of a spec: pydantic models that tell wrong values and contradictions in one go."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, Final, Self, get_args

from pydantic import BaseModel, ConfigDict, ModelWrapValidatorHandler, ValidationError, model_validator
from pydantic_core import ErrorDetails, InitErrorDetails, PydanticCustomError
from pydantic_core.core_schema import ErrorType

from jfml_policies.build.wording import quoted
from jfml_policies.text.suggest import nearest

__all__ = ["UNKNOWN_NAME", "Disagreement", "Part"]

#: The type of error of a name that the part does not have.
UNKNOWN_NAME: Final = "unknown_name"

#: A place below the part, and what is wrong there.
Disagreement = tuple[tuple[int | str, ...], str]

_OF_PYDANTIC: Final = frozenset(get_args(ErrorType))


class Part(BaseModel):
    """Base of every part of a spec: strict types, no unknown names, frozen."""

    model_config: ClassVar[ConfigDict] = ConfigDict(strict=True, extra="forbid", frozen=True)
    #: Names that somebody may look for here in vain, and what to do instead.
    elsewhere: ClassVar[Mapping[str, str]] = {}

    @classmethod
    def disagreements(cls, right: Mapping[str, Any]) -> Iterator[Disagreement]:
        """Values that do not go together.

        Args:
            right: values as they were given, defaults filled in; those that are wrong by themselves are missing, but
                something within a list or part may be wrong.
        """
        del right
        yield from ()

    @model_validator(mode="wrap")
    @classmethod
    def _go_together(cls, given: object, handler: ModelWrapValidatorHandler[Self]) -> Self:
        # Around the check of the fields, because pydantic compares nothing after a field was wrong.
        problems: list[InitErrorDetails] = []
        made: Self | None = None
        wrong: set[int | str] = set()
        try:
            made = handler(given)
        except ValidationError as error:
            details = error.errors(include_url=False)
            wrong = {detail["loc"][0] for detail in details if len(detail["loc"]) == 1}
            problems = [_again(detail, cls) for detail in details]
        if isinstance(given, Mapping):
            right = {
                name: given.get(name, field.get_default(call_default_factory=True))
                for name, field in cls.model_fields.items()
                if name not in wrong
            }
            problems += [
                {"type": PydanticCustomError("parameter", "{problem}", {"problem": text}), "loc": place, "input": None}
                for place, text in cls.disagreements(right)
            ]
        if problems or made is None:
            raise ValidationError.from_exception_data(cls.__name__, problems)
        return made


def _again(detail: ErrorDetails, model: type[Part]) -> InitErrorDetails:
    """An error that was told, as one to raise."""
    kind, context = detail["type"], detail.get("ctx", {})
    if kind == "extra_forbidden" and len(detail["loc"]) == 1:
        # Only here it is known which names there are.
        name = str(detail["loc"][0])
        near = nearest(name, model.model_fields)
        advice = f"; did you mean {quoted(near)}" if near else ""
        advice = f": {model.elsewhere[name]}" if name in model.elsewhere else advice
        kind, context = UNKNOWN_NAME, {"problem": f"there is no such name here{advice}"}
    if kind in _OF_PYDANTIC:
        return {"type": kind, "loc": detail["loc"], "input": detail["input"], "ctx": context}
    # Custom errors are ours, and their only context is the finished line.
    custom = PydanticCustomError(kind, "{problem}", {"problem": context["problem"]})
    return {"type": custom, "loc": detail["loc"], "input": detail["input"]}
