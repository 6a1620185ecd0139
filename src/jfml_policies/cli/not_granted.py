"""`not-granted`: does a policy grant none of some actions on none of some resources?"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final

from jfml_policies.cli.answers import answer_of_outcome, shared_options
from jfml_policies.cli.asked_settings import AskedSettings
from jfml_policies.cli.parser import Parser, comma_list
from jfml_policies.cli.questions import QUESTION_EXIT_CODES, deliver
from jfml_policies.cli.sides import read_side
from jfml_policies.cli.single_policies import policy_of
from jfml_policies.diff.granted_access import not_granted
from jfml_policies.diff.pairs import statement_spans

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jfml_policies.cli.console import Console

__all__ = ["run"]

_DESCRIPTION: Final = """\
Passes when a policy grants none of the actions on any of the resources, under no condition; fails with the statements
that do, and a request as proof. Wildcards stand for whatever they match: s3:Delete* must not be granted, not even one
of them. AWS calls this CheckAccessNotGranted."""

_EXAMPLES: Final = (
    ("not-granted policy.json --action s3:DeleteBucket,s3:DeleteObject", "on any resource"),
    ("not-granted policy.json --action s3:PutObject --resource 'arn:aws:s3:::audit/*'", "on these alone"),
    ("not-granted policy.json --resource 'arn:aws:s3:::audit/*'", "nothing at all on these"),
    ("not-granted --action iam:*,organizations:* - < policy.json", "standard input"),
)


def run(arguments: Sequence[str], console: Console) -> int:
    """Asks about the document that the arguments name and returns the exit code."""
    parser = Parser("not-granted", description=_DESCRIPTION, examples=_EXAMPLES, ending=QUESTION_EXIT_CODES)
    parser.add_argument("policy", metavar="POLICY", help="a file, REV:path, or - for standard input")
    for name, what, default in (("--action", "actions", "every action"), ("--resource", "ARNs", "every resource")):
        parser.option(
            name,
            action="append",
            type=comma_list,
            default=[],
            metavar=what.upper(),
            help=f"{what} that must not be granted, commas between them; {default} when left out",
        )
    shared_options(parser)
    options = parser.parse(arguments)
    side = read_side(options.policy)
    policy = policy_of(side, AskedSettings(options).read_sides_as(side))
    actions, resources = list(chain(*options.action)), list(chain(*options.resource))
    outcome = not_granted(policy, actions=actions, resources=resources)
    return deliver(answer_of_outcome("not-granted", outcome, side, statement_spans(policy)), options, console)
