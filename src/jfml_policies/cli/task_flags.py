"""Tasks from flags: `s3-read bucket=acme prefix=train`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from jfml_policies.errors import ParameterError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jfml_policies.build.statements import Statement

__all__ = ["tasks_document"]

_TASKS: Final = ("s3-read", "s3-write")
_PARAMETERS: Final = ("bucket", "prefix", "key")


def tasks_document(flags: Sequence[str]) -> dict[str, Any]:
    """A policy document that allows exactly what some tasks need.

    Raises:
        ParameterError: a task or parameter is wrong; all that is wrong is told.
    """
    from jfml_policies.build.statements import document, joined

    problems: list[str] = []
    statements: list[Statement] = []
    for flag in flags:
        name, *words = flag.split() or [""]
        if name not in _TASKS:
            problems.append(f"--task: there is no task `{name}`; one of {', '.join(_TASKS)}")
            continue
        statements += _statements(name, _values(name, words, problems), problems)
    if problems:
        raise ParameterError(tuple(problems), hint="as in --task 's3-read bucket=acme prefix=train'")
    return document(joined(statements))


def _values(name: str, words: Sequence[str], problems: list[str]) -> dict[str, list[str]]:
    values: dict[str, list[str]] = {}
    for word in words:
        parameter, equals, value = word.partition("=")
        if not (equals and value) or parameter not in _PARAMETERS:
            problems.append(f"--task {name}: `{word}` is none of {', '.join(f'{one}=...' for one in _PARAMETERS)}")
        elif parameter in values and parameter != "key":
            problems.append(f"--task {name}: `{parameter}` is given twice")
        else:
            values.setdefault(parameter, []).append(value)
    if "bucket" not in values:
        problems.append(f"--task {name}: bucket=NAME is missing")
    return values


def _statements(name: str, values: dict[str, list[str]], problems: list[str]) -> Sequence[Statement]:
    from jfml_policies.build.identifiers import KmsKey, kms_key_problem
    from jfml_policies.build.s3_names import bucket_name_problem, folder_problem
    from jfml_policies.build.tasks.s3 import Folder, ReadFolder, WriteFolder

    bucket, prefix = values.get("bucket", [""])[0], values.get("prefix", [""])[0]
    keys = values.get("key", [])
    found = [
        bucket_name_problem(bucket) if bucket else None,
        folder_problem(prefix) if prefix else None,
        *map(kms_key_problem, keys),
    ]
    problems += [f"--task {name}: {problem}" for problem in found if problem]
    if problems:
        return ()
    folder, kms = Folder.of(bucket, prefix), tuple(map(KmsKey.of, keys))
    task = ReadFolder(folder, keys=kms) if name == "s3-read" else WriteFolder(folder, keys=kms)
    return task.statements()
