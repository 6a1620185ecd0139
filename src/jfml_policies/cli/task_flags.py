"""Tasks for the verbs that take `--task`: `s3-read bucket=acme prefix=train`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jfml_policies.errors import ParameterError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jfml_policies.cli.console import Console
    from jfml_policies.cli.parser import Parser

__all__ = ["list_tasks", "task_options", "tasks_document"]


def task_options(parser: Parser) -> None:
    """Adds `--task` and `--tasks`."""
    parser.option(
        "--task",
        action="append",
        default=[],
        metavar="TASK",
        help="what a workload does, as in 's3-read bucket=acme prefix=in'; --tasks lists all; may be repeated",
    )
    parser.option("--tasks", action="store_true", help="list the tasks that --task takes, and their parameters")


def tasks_document(flags: Sequence[str]) -> dict[str, Any]:
    """A policy document that allows exactly what some tasks need.

    Raises:
        ParameterError: a task or parameter is wrong; all that is wrong is told.
    """
    from jfml_policies.build.specs.flags import tasks_from_flags
    from jfml_policies.build.statements import document, joined

    tasks, problems = tasks_from_flags(flags)
    if problems:
        raise ParameterError(problems, hint="--tasks lists them all; as in --task 's3-read bucket=acme prefix=in'")
    return document(joined(statement for task in tasks for statement in task.statements()))


def list_tasks(console: Console) -> int:
    """Writes what tasks there are and what each takes."""
    from jfml_policies.build.specs.flags import described_tasks

    for name, meaning, parameters in described_tasks():
        console.write(f"{console.out_style.paint(name, 'strong')}  {meaning}\n")
        for parameter, about, required in parameters:
            console.write(f"    {parameter + '=':<23} {about}{'' if required else ' (optional)'}\n")
    console.write(
        "\nlists take commas, or the parameter again; `s3-read` and `s3-write` are short for read-folder and "
        "write-folder, keys for kms_keys, and so is key with the ARN of a KMS key; spaces stand in quotation "
        "marks\n"
    )
    return 0
