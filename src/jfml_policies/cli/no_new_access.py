"""`no-new-access`: does a new policy allow nothing that the old one does not?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jfml_policies.cli.answers import answer_of_outcome, shared_options
from jfml_policies.cli.asked_settings import AskedSettings
from jfml_policies.cli.parser import Parser
from jfml_policies.cli.questions import QUESTION_EXIT_CODES, deliver
from jfml_policies.cli.sides import read_two
from jfml_policies.diff.new_access import no_new_access
from jfml_policies.diff.pairs import compare_sides
from jfml_policies.errors import InputError
from jfml_policies.sources.find import may_hold_policies

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jfml_policies.cli.console import Console

__all__ = ["run"]

_DESCRIPTION: Final = """\
Passes when NEW allows nothing that OLD does not, which is proved; fails with the access that is new, and a request as
proof. AWS calls this CheckNoNewAccess. `diff` also says what went."""

_EXAMPLES: Final = (
    ("no-new-access reference.json candidate.json", "a candidate must stay within a reference policy"),
    ("no-new-access HEAD:roles/trust.json roles/trust.json", "since the last commit"),
)


def run(arguments: Sequence[str], console: Console) -> int:
    """Asks about the documents that the arguments name and returns the exit code."""
    parser = Parser("no-new-access", description=_DESCRIPTION, examples=_EXAMPLES, ending=QUESTION_EXIT_CODES)
    parser.usage = "jfml-policies no-new-access [options] OLD NEW"
    parser.add_argument("paths", nargs="*", metavar="OLD NEW", help="files, REV:path, or - for standard input")
    shared_options(parser)
    options = parser.parse(arguments)
    old, new = read_two(options.paths, "no-new-access")
    read_as = AskedSettings(options).read_sides_as(old, new)
    compared = compare_sides(old, new, kind=read_as.kind, resource_type=read_as.resource_type)
    if compared is None:
        hint = "a policy has a `Statement`"
        if any(may_hold_policies(side.text or "", side.file) for side in (old, new)):
            hint = (
                "`jfml-policies diff` compares the policies in templates, plans and accounts, with the same exit codes"
            )
        raise InputError(f"neither `{old.name}` nor `{new.name}` is a policy", hint=hint)
    answer = answer_of_outcome(
        "no-new-access",
        no_new_access(compared),
        new,
        compared.old_spans if compared.is_guardrail else compared.new_spans,
        old=old.name,
        effect="undenied" if compared.is_guardrail else "added",
        found_in=old if compared.is_guardrail else new,
    )
    return deliver(answer, options, console)
