"""`explain`: shows a rule's page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jfml_policies.cli.parser import EXIT_CODES, Parser
from jfml_policies.cli.settings_options import add_file_options, own_rules
from jfml_policies.linter import retired_checks
from jfml_policies.linter.registry import code_of, find_rule
from jfml_policies.linter.rule import CUSTOM
from jfml_policies.policy.kinds import ALL_KINDS, KINDS
from jfml_policies.report.inert import inert
from jfml_policies.report.page import page_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jfml_policies.cli.console import Console
    from jfml_policies.linter.retired_checks import RetiredCheck
    from jfml_policies.linter.rule import FixSafety, Rule

__all__ = ["run"]

_DESCRIPTION: Final = """\
Shows a rule's page: what it finds, who could do what because of it, an example, and what to write instead."""

_EXAMPLES: Final = (
    ("explain invalid-action", "by the name that findings show"),
    ("explain INVALID_ACTION", "by AWS's issue code"),
)

_mended: Final[dict[tuple[FixSafety, ...], str]] = {
    (): "mended by hand",
    ("safe",): "mended by `--fix`",
    ("unsafe",): "mended by `--fix --unsafe-fixes`",
    ("safe", "unsafe"): "mended by `--fix`, in part only with `--unsafe-fixes`",
}


def run(arguments: Sequence[str], console: Console) -> int:
    """Prints the page of the rule that the arguments name."""
    parser = Parser("explain", description=_DESCRIPTION, examples=_EXAMPLES, ending=EXIT_CODES)
    parser.add_argument("rule", metavar="RULE", help="a rule's name or code; `jfml-policies rules` lists them")
    add_file_options(parser)
    parser.color_option()
    options = parser.parse(arguments)
    console.use_color(options.color)
    retired = retired_checks.find(code_of(options.rule))
    if retired is not None:
        name, facts, page = retired.name, _retired_facts(retired), _retired_page(retired)
    else:
        rule = find_rule(options.rule, own_rules(options))
        name, facts, page = rule.name(), _facts(rule), rule.page()
    style = console.out_style
    console.write(f"{style.paint('# ' + name, 'strong')}\n\n{facts}\n\n")
    console.write("".join(f"{line}\n" for line in page_lines(page, style)))
    return 0


def _facts(rule: type[Rule]) -> str:
    kinds = [kind for kind in KINDS if kind in rule.kinds]
    if rule.family() == CUSTOM:
        return f"{rule.severity}, confidence {rule.confidence}, from {inert(rule.defined_in or rule.__module__)}"
    whose = "AWS's check" if rule.origin == "aws" else "a check of our own"
    where = "all kinds of policy" if rule.kinds == ALL_KINDS else f"kinds: {', '.join(kinds)}"
    facts = f"{rule.severity}, confidence {rule.confidence}, {whose} {rule.code}, {where}, since {rule.since}"
    return f"{facts}, {_mended[rule.fixes]}"


def _retired_facts(check: RetiredCheck) -> str:
    return f"retired: AWS's check {check.code} does not apply since {check.retired}, and no rule takes its place"


def _retired_page(check: RetiredCheck) -> str:
    listed = (
        "\nAWS's page of checks still lists it, against AWS's announcement; we follow the announcement."
        if check.still_listed
        else ""
    )
    return f"""{check.meant}

## What changed
On {check.retired} AWS gave service control policies the whole policy language, and what was an {check.severity} \
became valid.{listed}

## Today
{check.today}
`check` reports nothing under this name; `--ignore {check.name}` has no effect and may go.

## References
- [AWS: service control policies support the full IAM language]({check.source})
- [Access Analyzer: policy checks]({retired_checks.CHECKS_PAGE})"""
