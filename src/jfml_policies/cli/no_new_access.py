"""`no-new-access`: does a new policy allow nothing that the old one does not?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jfml_policies.cli.answers import answer_of_outcome, shared_options
from jfml_policies.cli.asked_settings import AskedSettings
from jfml_policies.cli.parser import Parser
from jfml_policies.cli.questions import QUESTION_EXIT_CODES, deliver, deliver_all
from jfml_policies.cli.sides import read_two
from jfml_policies.cli.single_policies import format_of
from jfml_policies.diff.inside import compare_inside
from jfml_policies.diff.new_access import no_new_access
from jfml_policies.diff.pairs import compare_sides
from jfml_policies.errors import InputError
from jfml_policies.report.answer import Answer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jfml_policies.cli.console import Console
    from jfml_policies.diff.pairs import Compared

__all__ = ["run"]

_DESCRIPTION: Final = """\
Passes when NEW allows nothing that OLD does not, which is proved; fails with the access that is new, and a request as
proof. In templates and plans each policy is asked about beside that of the same resource, as `diff` compares them.
AWS calls this CheckNoNewAccess. `diff` also says what went."""

_EXAMPLES: Final = (
    ("no-new-access reference.json candidate.json", "a candidate must stay within a reference policy"),
    ("no-new-access HEAD:roles/trust.json roles/trust.json", "since the last commit"),
    ("no-new-access HEAD:template.yaml template.yaml", "a template, resource by resource"),
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
    inside = compare_inside(old, new, kind=read_as.kind, resource_type=read_as.resource_type)
    if inside is not None:
        nothing = Answer("no-new-access", "pass", new.name, old.name, asked=(new,), is_well=True)
        return deliver_all([_answer(one) for one in inside] or [nothing], options, console)
    for side, other in ((old, new), (new, old)):
        title = format_of(side.text or "", side.file)
        if title is not None:
            hint = "policies, or templates or plans, are compared with their like"
            raise InputError(f"is {title}, and `{other.name}` is something else", file=side.name, hint=hint)
    compared = compare_sides(old, new, kind=read_as.kind, resource_type=read_as.resource_type)
    if compared is None:
        raise InputError(f"neither `{old.name}` nor `{new.name}` holds a policy", hint="a policy has a `Statement`")
    return deliver(_answer(compared), options, console)


def _answer(compared: Compared) -> Answer:
    old, new = compared.old, compared.new
    return answer_of_outcome(
        "no-new-access",
        no_new_access(compared),
        new,
        compared.old_spans if compared.is_guardrail else compared.new_spans,
        old=old.name,
        effect="undenied" if compared.is_guardrail else "added",
        found_in=old if compared.is_guardrail else new,
    )
