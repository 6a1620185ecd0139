"""Tasks of a spec's `needs` in a preset: arguments as templates, checked when the preset is read and when filled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final, get_args, get_origin

from jfml_policies.build.presets.templates import Values, expanded, placeholders
from jfml_policies.build.specs.asked import ANYWHERE, Asked, need_models, region_of_keys
from jfml_policies.build.specs.locations import Location
from jfml_policies.build.specs.problems import Problem, checked
from jfml_policies.build.task import Task
from jfml_policies.build.wording import quoted
from jfml_policies.errors import ParameterError
from jfml_policies.text.suggest import nearest

if TYPE_CHECKING:
    from jfml_policies.build.presets.preset import TaskTemplate

__all__ = ["faults_of_task", "needed_by", "tasks_of", "templates_of"]

#: Where a task lies that names its resources without a region, when no key tells.
_SOME_REGION: Final = {"aws": "us-east-1", "aws-cn": "cn-north-1", "aws-us-gov": "us-gov-west-1"}
_FORMS: Final = {"list": "a list", "text": "a text", "switch": "true or false", "folder": "a folder, with its `bucket`"}


def templates_of(task: TaskTemplate) -> tuple[str, ...]:
    """Every text of a task in which names may stand."""
    places = [text for text in (task.region, task.account) if text is not None]
    return (*places, *_texts(task.arguments))


def needed_by(task: TaskTemplate) -> tuple[str, ...]:
    """The names that a task cannot do without: those of its place, and of the arguments that it must have."""
    fields = need_models()[task.task].model_fields
    places = [text for text in (task.region, task.account) if text is not None]
    must = [value for name, value in task.arguments.items() if name in fields and fields[name].is_required()]
    return tuple(dict.fromkeys(name for text in (*places, *_texts(must)) for name in placeholders(text)))


def tasks_of(task: TaskTemplate, values: Values) -> tuple[Task, ...]:
    """What a task takes with the values of parameters; an argument that may be missing is, where they are.

    Raises:
        ParameterError: a value is none that the task takes.
    """
    given = {name: filled for name, value in task.arguments.items() if (filled := _filled(value, values)) is not None}
    for name in given.keys() & _lists(task.task):
        if not isinstance(given[name], list):
            given[name] = [given[name]]
    place = {name: _filled(text, values) for name, text in (("region", task.region), ("account", task.account)) if text}
    if "region" not in place:
        place |= region_of_keys(given.get("kms_keys")) or {"region": _SOME_REGION[values["partition"][0]]}
    asked, problems = checked(Asked, {"needs": [{"task": task.task, **given}], **place})
    if asked is None:
        raise ParameterError(tuple(dict.fromkeys(_line(task, problem) for problem in problems)))
    return asked.tasks


def faults_of_task(task: TaskTemplate) -> Iterator[str]:
    """What is wrong with a task whatever the parameters are; one clause each."""
    model = need_models()[task.task]
    names = [name for name in model.model_fields if name != "task"]
    for name, value in task.arguments.items():
        if name not in names:
            near = nearest(name, names)
            advice = f"; did you mean {quoted(near)}" if near else f"; it has {', '.join(names)}" if names else ""
            yield f"{quoted(name)} is no argument of {quoted(task.task)}{advice}"
        elif (form := _form(model.model_fields[name].annotation)) not in _forms(value):
            yield f"the argument {quoted(name)} must be {_FORMS[form]}"
    for name in names:
        if model.model_fields[name].is_required() and name not in task.arguments:
            yield f"the argument {quoted(name)} of {quoted(task.task)} is missing"
    if task.task not in ANYWHERE:
        for name in ("region", "account"):
            if getattr(task, name) is None:
                yield f"{quoted(name)} is missing, which says where the resources of {quoted(task.task)} lie"
    # What holds no name is what it will be, so that it can be looked at now.
    plain: dict[str, Any] = {}
    for name, value in task.arguments.items():
        if name in names and (form := _form(model.model_fields[name].annotation)) in _forms(value):
            if form == "list":
                some = value if isinstance(value, tuple) else (value,)
                plain[name] = [one for one in some if _is_plain(one)]
            elif _is_plain(value):
                plain[name] = value
    _, problems = checked(Asked, {"needs": [{"task": task.task, **_as_json(plain)}]})
    for problem in problems:
        # A list that has only names left over is not what it will be.
        if len(problem.path) > 2 and plain.get(str(problem.path[2]), []) != []:
            yield _told(problem)


def _is_plain(value: Any) -> bool:
    return not any(map(placeholders, _texts(value)))


def _as_json(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _as_json(item) for name, item in value.items()}
    return [_as_json(item) for item in value] if isinstance(value, list | tuple) else value


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _texts(item)


def _filled(value: Any, values: Values) -> Any:
    """A template with values in it: a list for a list, None where the value is not given."""
    if isinstance(value, bool):
        return value
    if isinstance(value, str):
        # No folder is the empty text, which stands for the whole bucket.
        found = [text for text in expanded([value], values) if text]
        return None if not found else found[0] if len(found) == 1 else found
    if isinstance(value, Mapping):
        inner = {name: filled for name, item in value.items() if (filled := _filled(item, values)) is not None}
        keys = inner.get("kms_keys")
        if isinstance(keys, str):
            inner["kms_keys"] = [keys]
        return inner if "bucket" in inner else None
    several: list[Any] = []
    for item in value:
        filled = _filled(item, values)
        several += filled if isinstance(filled, list) else [] if filled is None else [filled]
    return several or None


def _lists(task: str) -> set[str]:
    fields = need_models()[task].model_fields
    return {name for name, field in fields.items() if _form(field.annotation) == "list"}


def _form(annotation: Any) -> str:
    if get_origin(annotation) is tuple:
        return "list"
    if annotation is bool:
        return "switch"
    return "folder" if annotation is Location or Location in get_args(annotation) else "text"


def _forms(value: Any) -> tuple[str, ...]:
    """What a value may be meant as; a list of one may be written without brackets."""
    if isinstance(value, bool):
        return ("switch",)
    if isinstance(value, str):
        return ("text", "list")
    return ("folder", "list") if isinstance(value, Mapping) else ("list",)


def _line(task: TaskTemplate, problem: Problem) -> str:
    """A problem as one of the parameter that brought the value, where one did."""
    name = problem.path[2] if len(problem.path) > 2 else problem.path[0] if problem.path else ""
    value = task.arguments.get(str(name), getattr(task, str(name), None) if name in {"region", "account"} else None)
    for step in problem.path[3:]:
        # A list grows with the values of its names, so that only one of one item tells where a value came from.
        value = value[0] if isinstance(value, tuple) and len(value) == 1 and isinstance(step, int) else value
        value = value.get(str(step), value) if isinstance(value, Mapping) else value
    sources = dict.fromkeys(source for text in _texts(value) for source in placeholders(text))
    if len(sources) == 1:
        return f"{next(iter(sources))}: {_with_parameters(problem.text, task)}"
    return f"{quoted(task.task)}: {_told(problem)}"


def _with_parameters(text: str, task: TaskTemplate) -> str:
    """The advice of a problem with parameters in place of the arguments that they fill."""
    what, advises, advice = text.partition("; give ")
    for name, value in task.arguments.items():
        sources = [source for one in _texts(value) for source in placeholders(one)]
        if len(sources) == 1:
            advice = advice.replace(quoted(name), quoted(sources[0]))
    return f"{what}{advises}{advice}"


def _told(problem: Problem) -> str:
    return str(Problem(problem.path[2:], problem.text, problem.at_key))
