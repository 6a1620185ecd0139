"""`suggest`: writes the smallest policy for tasks and recorded calls."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from jfml_policies.cli.parser import EXIT_CODES, Parser
from jfml_policies.cli.recorded_calls import read_usage, told_of, usage_options
from jfml_policies.cli.task_flags import list_tasks, task_options, tasks_document
from jfml_policies.errors import InputError, UsageError
from jfml_policies.linter.engine import lint_policy
from jfml_policies.policy.parse import MAX_CHARACTERS
from jfml_policies.policy.read import loads
from jfml_policies.privilege.usage.suggestion import suggestion
from jfml_policies.report.headline import one_line
from jfml_policies.report.inert import well_formed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jfml_policies.cli.console import Console

__all__ = ["run"]

_DESCRIPTION: Final = """\
Writes the smallest identity policy for what a workload does, on standard output: for tasks, for what CloudTrail records
say was done, or for both. Of records it is told on standard error what is left out and why: calls that were denied are
never granted, calls that a service made stand apart, and roles that may have been passed are named, not granted. Data
events (objects read, items written) are in the records only where the trail collects them, and a call that was not made
in that time is not in them at all."""

_EXAMPLES: Final = (
    (
        "suggest --task 's3-read bucket=acme prefix=in' --task 's3-write bucket=acme prefix=out' > policy.json",
        "what the workload does; `suggest --tasks` lists the tasks and their parameters",
    ),
    ("suggest --used trail/ > policy.json", "every file below a folder, plain or gzip"),
    (
        "suggest --used trail/ --principal arn:aws:iam::111122223333:role/scoring",
        "the calls of one role; a trail has those of all",
    ),
    ("suggest --used trail/ --folder-threshold 20", "folders of objects where 20 entries of one were used"),
)


def run(arguments: Sequence[str], console: Console) -> int:
    """Writes the policy for what the arguments name and returns the exit code."""
    parser = Parser(
        "suggest", description=_DESCRIPTION, examples=_EXAMPLES, ending=EXIT_CODES, option_of_names="--used"
    )
    task_options(parser)
    usage_options(parser)
    parser.option("-q", "--quiet", action="store_true", help="tell nothing on standard error")
    parser.color_option()
    options = parser.parse(arguments)
    console.use_color(options.color)
    if options.tasks:
        return list_tasks(console)
    if not options.task and options.used is None:
        raise UsageError("nothing says what the policy is for", hint="--task TASK or --used RECORDS")
    # Wrong tasks are told before a long trail is read.
    documents = [tasks_document(options.task)] if options.task else []
    calls = read_usage(options, console)
    if calls is not None:
        documents.append(suggestion(calls.usage.used))
        for line in told_of(calls, all_of_them=options.tell_all) if not options.quiet else ():
            console.say(one_line(line))
    text = well_formed(json.dumps(_together(documents), indent=2)) + "\n"
    if len(text) > MAX_CHARACTERS:
        raise InputError(
            f"the policy for this has {len(text):,} characters, and AWS takes some thousands",
            hint="--folder-threshold N grants a folder as a whole once N different entries of it were used",
        )
    if not options.quiet:
        for finding in lint_policy(loads(text, kind="identity")):
            console.say(one_line(f"look at it: {finding.message} ({finding.rule})"))
    console.write(text)
    return 0


def _together(documents: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """One document; a Sid that comes twice is numbered."""
    statements: dict[str, dict[str, Any]] = {}
    for statement in (one for document in documents for one in document["Statement"]):
        sid, number = statement["Sid"], 1
        while sid in statements:
            number += 1
            sid = f"{statement['Sid']}{number}"
        statements[sid] = {**statement, "Sid": sid}
    return {"Version": documents[0]["Version"], "Statement": list(statements.values())}
