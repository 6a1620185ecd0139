"""Tasks in a line: `read-secrets names=ml/token,ml/geocoder region=eu-west-1 account=111122223333`.

The names of tasks and their parameters are those of a spec's `needs`, and so are the checks: the models are the same.
A folder, which a spec writes as an object, is `s3://bucket/prefix` here; what else there is to say of it has a dot, as
in `results.kms_keys=...`, and in a list holds for all of its folders. What holds spaces stands in quotation marks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from shlex import shlex
from typing import Any, Final, NamedTuple, get_args, get_origin

from jfml_policies.build.specs.asked import ANYWHERE, Asked, need_models, region_of_keys
from jfml_policies.build.specs.locations import Location
from jfml_policies.build.specs.part import Part
from jfml_policies.build.specs.problems import Problem, checked
from jfml_policies.build.task import Task
from jfml_policies.build.wording import quoted
from jfml_policies.text.suggest import nearest

__all__ = ["TaskParameter", "described_tasks", "tasks_from_flags"]

#: Shorter names for the tasks and parameters that are typed most; `key` is an object's own where a task takes one,
#: unless its value is an ARN, which no key begins like.
_SHORT_TASKS: Final = {"s3-read": "read-folder", "s3-write": "write-folder"}
_SHORT_PARAMETERS: Final = {"key": "kms_keys", "keys": "kms_keys"}
_PLACE: Final = {
    "region": ("of the resources", "tells the partition"),
    "account": ("12 digits, of the resources", "12 digits, that buckets must belong to"),
}
_SWITCHES: Final = {"true": True, "yes": True, "false": False, "no": False}
#: What may be said of a folder beside its address.
_OF_FOLDERS: Final = ("kms_keys", "bucket_account")
_SCHEME: Final = "s3://"


class TaskParameter(NamedTuple):
    """A parameter of a task: its name, what it means, and whether it must be given."""

    name: str
    meaning: str
    required: bool


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
        try:
            name, *words = _words(flag) or [""]
        except ValueError:
            problems.append(f"--task: a quotation mark in {quoted(flag)} is not closed")
            continue
        full = _SHORT_TASKS.get(name, name)
        if full not in need_models():
            near = nearest(name, [*need_models(), *_SHORT_TASKS])
            advice = f"did you mean {quoted(near)}?" if near else "`--tasks` lists them"
            problems.append(f"--task: there is no task {quoted(name)}; {advice}")
            continue
        asked, found = _asked(full, words)
        if asked is None or found:
            problems += [f"--task {name}: {one}" for one in found]
        else:
            tasks += asked.tasks
    return tuple(tasks), tuple(problems)


def _words(flag: str) -> list[str]:
    """The words between spaces; in quotation marks spaces are part of a word."""
    reader = shlex(flag, posix=True)
    reader.whitespace_split = True
    reader.commenters = reader.escape = ""
    return list(reader)


def described_tasks() -> Iterator[tuple[str, str, tuple[TaskParameter, ...]]]:
    """Each task's name, what it does, and its parameters."""
    for name, model in need_models().items():
        parameters: list[TaskParameter] = []
        for parameter, field in model.model_fields.items():
            if parameter == "task":
                continue
            meaning = field.description or ""
            folders = _is_folder(model, parameter)
            shown = f"{meaning}, as s3://BUCKET/PREFIX" if folders else meaning
            parameters.append(TaskParameter(parameter, shown, field.is_required()))
            for more in _OF_FOLDERS if folders else ():
                about = Location.model_fields[more].description or ""
                parameters.append(TaskParameter(f"{parameter}.{more}", about, required=False))
        fixed = name not in ANYWHERE
        if fixed or issubclass(model, Location):
            parameters += [TaskParameter(one, texts[not fixed], fixed) for one, texts in _PLACE.items()]
        yield name, (model.__doc__ or "").strip().rstrip("."), tuple(parameters)


def _asked(name: str, words: Sequence[str]) -> tuple[Asked | None, list[str]]:
    model = need_models()[name]
    values: dict[str, Any] = {"task": name}
    place: dict[str, Any] = {}
    of_folders: dict[str, dict[str, Any]] = {}
    problems: list[str] = []
    for word in words:
        written, equals, value = word.partition("=")
        if not (written and equals and value):
            problems.append(f"{quoted(word)} is not of the form name=value")
            continue
        parameter, dot, more = written.replace("-", "_").partition(".")
        if "key" not in (parameter, more) or "key" not in model.model_fields or value.startswith("arn:"):
            parameter, more = (_SHORT_PARAMETERS.get(one, one) for one in (parameter, more))
        if dot and more in _OF_FOLDERS and _is_folder(model, parameter):
            repeated = not _take(of_folders.setdefault(parameter, {}), Location, more, value)
        elif parameter in _PLACE and not dot:
            repeated = not _take(place, Asked, parameter, value)
        else:
            repeated = not _take(values, model, parameter + dot + more, value)
        if repeated:
            problems.append(f"{quoted(written)} is given twice")
    for parameter, more_values in of_folders.items():
        folders = values.get(parameter, ())
        for folder in [folders] if isinstance(folders, dict) else folders:
            folder.update(more_values)
        if not folders:
            problems.append(f"{parameter}: is missing, and `{parameter}.{next(iter(more_values))}` speaks of it")
    if name not in ANYWHERE:
        problems += [f"{quoted(one)} is missing: where the resources lie" for one in _PLACE if one not in place]
    elif "region" not in place:
        place |= region_of_keys(values.get("kms_keys", ()))
    asked, found = checked(Asked, {"needs": [values], **place})
    return asked, [*problems, *[_text(one) for one in found]]


def _take(target: dict[str, Any], model: type[Part], parameter: str, value: str) -> bool:
    """Adds a value as the model wants it; False when there is one and only one may be."""
    make = _folder if _is_folder(model, parameter) else str
    if _is_list(model, parameter):
        target.setdefault(parameter, []).extend([make(one) for one in value.split(",") if one])
        return True
    if parameter in target:
        return False
    target[parameter] = _SWITCHES.get(value, value) if _is_switch(model, parameter) else make(value)
    return True


def _folder(text: str) -> dict[str, Any]:
    """A folder as a spec writes it.

    >>> _folder("s3://acme/train/"), _folder("acme")
    ({'bucket': 'acme', 'prefix': 'train/'}, {'bucket': 'acme'})
    """
    bucket, _, prefix = text.removeprefix(_SCHEME).partition("/")
    return {"bucket": bucket, "prefix": prefix} if prefix else {"bucket": bucket}


def _annotation(model: type[Part], parameter: str) -> Any:
    field = model.model_fields.get(parameter)
    return None if field is None else field.annotation


def _is_list(model: type[Part], parameter: str) -> bool:
    return get_origin(_annotation(model, parameter)) is tuple


def _is_folder(model: type[Part], parameter: str) -> bool:
    return Location in get_args(_annotation(model, parameter))


def _is_switch(model: type[Part], parameter: str) -> bool:
    return _annotation(model, parameter) is bool


def _text(problem: Problem) -> str:
    """A problem without the steps that a line does not have."""
    path = problem.path[2:] if problem.path[:1] == ("needs",) else problem.path
    return str(Problem(path, problem.text, problem.at_key))
