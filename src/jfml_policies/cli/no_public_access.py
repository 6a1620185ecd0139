"""`no-public-access`: can only those use a resource whom its policy names or pins?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jfml_policies.cli.answers import answer_of_outcome, shared_options
from jfml_policies.cli.asked_settings import AskedSettings
from jfml_policies.cli.parser import Parser
from jfml_policies.cli.questions import QUESTION_EXIT_CODES, deliver
from jfml_policies.cli.sides import read_side
from jfml_policies.cli.single_policies import policy_of
from jfml_policies.diff.pairs import statement_spans
from jfml_policies.diff.public_access import no_public_access
from jfml_policies.record import replace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jfml_policies.cli.console import Console

__all__ = ["run"]

_DESCRIPTION: Final = """\
Passes when a resource policy or trust policy lets nobody in but those that it names, and those that a condition pins:
an account, an organization, a network, the owner of a repository. Fails with the statements that let strangers in,
and a stranger's request as proof; in doubt it fails. AWS calls this CheckNoPublicAccess."""

_EXAMPLES: Final = (
    ("no-public-access bucket-policy.json", "a resource policy"),
    ("no-public-access trust.json", "a role's trust policy"),
    ("no-public-access HEAD:bucket-policy.json", "as it was in the last commit"),
)


def run(arguments: Sequence[str], console: Console) -> int:
    """Asks about the document that the arguments name and returns the exit code."""
    parser = Parser("no-public-access", description=_DESCRIPTION, examples=_EXAMPLES, ending=QUESTION_EXIT_CODES)
    parser.add_argument("policy", metavar="POLICY", help="a file, REV:path, or - for standard input")
    shared_options(parser)
    options = parser.parse(arguments)
    side = read_side(options.policy)
    settings = AskedSettings(options)
    read_as = settings.read_sides_as(side)
    policy = policy_of(side, read_as)
    outcome = no_public_access(policy)
    outcome = replace(outcome, notes=(*outcome.notes, *settings.outsiders_of_side(policy, side)))
    return deliver(answer_of_outcome("no-public-access", outcome, side, statement_spans(policy)), options, console)
