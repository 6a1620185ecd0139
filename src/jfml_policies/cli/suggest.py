"""`suggest`: writes the smallest policy for recorded calls."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from jfml_policies.cli.parser import EXIT_CODES, Parser
from jfml_policies.cli.recorded_calls import read_usage, told_of, usage_options
from jfml_policies.errors import InputError
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
Writes the smallest identity policy that allows what CloudTrail records say was done, on standard output. What is left
out and why is told on standard error: calls that were denied are never granted, calls that a service made stand
apart, and roles that may have been passed are named, not granted. Data events (objects read, items written) are in
the records only where the trail collects them, and a call that was not made in that time is not in them at all."""

_EXAMPLES: Final = (
    ("suggest --used trail/ > policy.json", "every file below a folder, plain or gzip"),
    (
        "suggest --used trail/ --principal arn:aws:iam::111122223333:role/scoring",
        "the calls of one role; a trail has those of all",
    ),
    ("suggest --used trail/ --folder-threshold 20", "folders of objects where 20 entries of one were used"),
)


def run(arguments: Sequence[str], console: Console) -> int:
    """Reads the records that the arguments name and returns the exit code."""
    parser = Parser("suggest", description=_DESCRIPTION, examples=_EXAMPLES, ending=EXIT_CODES)
    usage_options(parser, required=True)
    parser.option("-q", "--quiet", action="store_true", help="tell nothing on standard error")
    parser.color_option()
    options = parser.parse(arguments)
    console.use_color(options.color)
    usage = read_usage(options, console)
    if not options.quiet:
        for line in told_of(usage):
            console.say(one_line(line))
    text = well_formed(json.dumps(suggestion(usage.used), indent=2)) + "\n"
    if len(text) > MAX_CHARACTERS:
        raise InputError(
            f"the policy for these calls has {len(text):,} characters, and AWS takes some thousands",
            hint="--folder-threshold N grants a folder as a whole once N different entries of it were used",
        )
    if not options.quiet:
        for finding in lint_policy(loads(text, kind="identity")):
            console.say(one_line(f"look at it: {finding.message} ({finding.rule})"))
    console.write(text)
    return 0
