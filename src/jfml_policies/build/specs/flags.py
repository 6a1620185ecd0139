"""Tasks in a line: `read-secrets names=ml/token,ml/geocoder region=eu-west-1 account=111122223333`.

The names of tasks and their parameters are those of a spec's `needs`, and so are the checks: the models are the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, Final, get_args, get_origin

from jfml_policies.build.fields import Account, Region
from jfml_policies.build.granted import Task
from jfml_policies.build.place import Place
from jfml_policies.build.specs.locations import Where
from jfml_policies.build.specs.needs import Need, Needs
from jfml_policies.build.specs.part import Part
from jfml_policies.build.specs.problems import Problem, checked
from jfml_policies.build.wording import quoted
from jfml_policies.text.suggest import nearest

__all__ = ["described_tasks", "tasks_from_flags"]

#: Shorter names for the tasks and parameters that are typed most.
_SHORT_TASKS: Final = {"s3-read": "read-folder", "s3-write": "write-folder"}
_SHORT_PARAMETERS: Final = {"key": "kms_keys", "keys": "kms_keys"}
#: Tasks whose resources are named without region and account.
_ANYWHERE: Final = frozenset({"read-folder", "write-folder", "use-keys", "pass-roles"})
_PLACE: Final = ("region", "account")
_SOME_REGION: Final = "us-east-1"


class _Asked(Part):
    """One task, and where its resources lie."""

    needs: Needs
    region: Region = _SOME_REGION
    account: Account | None = None


def tasks_from_flags(flags: Sequence[str]) -> tuple[tuple[Task, ...], tuple[str, ...]]:
    """The tasks that some lines name, and all that is wrong with them, a line each.

    Args:
        flags: lines of a task's name and `name=value`; a list takes commas, or the same name again.

    >>> tasks, problems = tasks_from_flags(["s3-read bucket=acme prefix=train"])
    >>> type(tasks[0]).__name__, problems
    ('ReadFolder', ())
    """
    tasks: list[Task] = []
    problems: list[str] = []
    for flag in flags:
        name, *words = flag.split() or [""]
        full = _SHORT_TASKS.get(name, name)
        if full not in _models():
            near = nearest(name, [*_models(), *_SHORT_TASKS])
            advice = f"did you mean {quoted(near)}?" if near else "`--tasks` lists them"
            problems.append(f"--task: there is no task {quoted(name)}; {advice}")
            continue
        asked, found = _asked(full, words)
        if asked is None or found:
            problems += [f"--task {name}: {one}" for one in found]
        else:
            where = Where(Place(asked.region, asked.account or ""))
            tasks += [task for need in asked.needs for task in need.tasks(where)]
    return tuple(tasks), tuple(problems)


def described_tasks() -> Iterator[tuple[str, str, tuple[tuple[str, str, bool], ...]]]:
    """Each task's name, what it does, and its parameters: name, meaning, and whether it must be given."""
    for name, model in _models().items():
        parameters = [
            (field_name, field.description or "", field.is_required())
            for field_name, field in model.model_fields.items()
            if field_name != "task"
        ]
        if name not in _ANYWHERE:
            parameters += [("region", "of the resources", True), ("account", "12 digits, of the resources", True)]
        yield name, (model.__doc__ or "").strip().rstrip("."), tuple(parameters)


@cache
def _models() -> dict[str, type[Part]]:
    """The models of tasks by the task's name."""
    return {get_args(model.model_fields["task"].annotation)[0]: model for model in get_args(get_args(Need)[0])}


def _asked(name: str, words: Sequence[str]) -> tuple[_Asked | None, list[str]]:
    model = _models()[name]
    values: dict[str, Any] = {"task": name}
    place: dict[str, Any] = {}
    problems: list[str] = []
    for word in words:
        written, equals, value = word.partition("=")
        parameter = written.replace("-", "_")
        parameter = _SHORT_PARAMETERS.get(parameter, parameter)
        target = place if parameter in _PLACE and parameter not in model.model_fields else values
        if not (written and equals and value):
            problems.append(f"{quoted(word)} is not of the form name=value")
        elif target is values and _is_list(model, parameter):
            values.setdefault(parameter, []).extend([one for one in value.split(",") if one])
        elif parameter in target:
            problems.append(f"{quoted(written)} is given twice")
        else:
            target[parameter] = _SWITCHES.get(value, value) if _is_switch(model, parameter) else value
    if name not in _ANYWHERE:
        problems += [f"{quoted(one)} is missing: where the resources lie" for one in _PLACE if one not in place]
    asked, found = checked(_Asked, {"needs": [values], **place})
    return asked, [*problems, *[_text(one) for one in found]]


_SWITCHES: Final = {"true": True, "yes": True, "false": False, "no": False}


def _is_list(model: type[Part], parameter: str) -> bool:
    field = model.model_fields.get(parameter)
    return field is not None and get_origin(field.annotation) is tuple


def _is_switch(model: type[Part], parameter: str) -> bool:
    field = model.model_fields.get(parameter)
    return field is not None and field.annotation is bool


def _text(problem: Problem) -> str:
    """A problem without the steps that a line does not have."""
    path = problem.path[2:] if problem.path[:1] == ("needs",) else problem.path
    return str(Problem(path, problem.text, problem.at_key))
