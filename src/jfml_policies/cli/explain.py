"""`explain`: shows a rule's page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jfml_policies.cli.parser import EXIT_CODES, Parser
from jfml_policies.linter.registry import find_rule
from jfml_policies.policy.kinds import ALL_KINDS, KINDS
from jfml_policies.report.page import page_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jfml_policies.cli.console import Console
    from jfml_policies.linter.rule import Rule

__all__ = ["run"]

_DESCRIPTION: Final = """\
Shows a rule's page: what it finds, who could do what because of it, an example, and what to write instead."""

_EXAMPLES: Final = (
    ("explain invalid-action", "by the name that findings show"),
    ("explain INVALID_ACTION", "by AWS's issue code"),
)


def run(arguments: Sequence[str], console: Console) -> int:
    """Prints the page of the rule that the arguments name."""
    parser = Parser("explain", description=_DESCRIPTION, examples=_EXAMPLES, ending=EXIT_CODES)
    parser.add_argument("rule", metavar="RULE", help="a rule's name or code; `jfml-policies rules` lists them")
    parser.color_option()
    options = parser.parse(arguments)
    console.use_color(options.color)
    rule = find_rule(options.rule)
    style = console.out_style
    console.write(f"{style.paint('# ' + rule.name(), 'strong')}\n\n{_facts(rule)}\n\n")
    console.write("".join(f"{line}\n" for line in page_lines(rule.page(), style)))
    return 0


def _facts(rule: type[Rule]) -> str:
    kinds = [kind for kind in KINDS if kind in rule.kinds]
    whose = "AWS's check" if rule.origin == "aws" else "a check of our own"
    where = "all kinds of policy" if rule.kinds == ALL_KINDS else f"kinds: {', '.join(kinds)}"
    return f"{rule.severity}, confidence {rule.confidence}, {whose} {rule.code}, {where}, since {rule.since}"
