"""`rules`: lists all rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jfml_policies.cli.parser import EXIT_CODES, Parser, one_of
from jfml_policies.cli.settings_options import add_file_options, own_rules
from jfml_policies.linter.registry import all_rules
from jfml_policies.policy.kinds import KINDS
from jfml_policies.report.inert import cut

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jfml_policies.cli.console import Console
    from jfml_policies.linter.rule import Rule

__all__ = ["run"]

_DESCRIPTION: Final = "Lists the rules by family, with the severity of their findings."

_EXAMPLES: Final = (
    ("rules", "all of them"),
    ("rules --kind trust", "those that look at trust policies"),
    ("rules --output-format json", "for programs"),
)
_FORMATS: Final = ("text", "json")


def run(arguments: Sequence[str], console: Console) -> int:
    """Prints the rules."""
    parser = Parser("rules", description=_DESCRIPTION, examples=_EXAMPLES, ending=EXIT_CODES)
    parser.option("--kind", type=one_of("kind", list(KINDS)), help="only rules that look at this kind of policy")
    parser.option(
        "--output-format", type=one_of("output format", _FORMATS), default="text", metavar="FORMAT", help="text or json"
    )
    add_file_options(parser)
    parser.color_option()
    options = parser.parse(arguments)
    console.use_color(options.color)
    own = own_rules(options)
    rules = [rule for rule in (*all_rules(), *own) if options.kind is None or options.kind in rule.kinds]
    if options.output_format == "json":
        console.write(_json(rules))
    else:
        for line in _table(rules, console):
            console.write(line + "\n")
    return 0


def _table(rules: Sequence[type[Rule]], console: Console) -> Iterator[str]:
    style = console.out_style
    names = max((len(rule.name()) for rule in rules), default=0)
    severities = max((len(rule.severity) for rule in rules), default=0)
    # Whatever reads a pipe or a file is given the whole sentence.
    room = max(20, console.width - names - severities - 6) if console.out_is_terminal else None
    family = ""
    for rule in rules:
        if rule.family() != family:
            yield from ([""] if family else [])
            family = rule.family()
            yield style.paint(family, "strong")
        summary = rule.summary() if room is None else cut(rule.summary(), room)
        severity = style.paint(f"{rule.severity:<{severities}}", rule.severity)
        yield f"  {rule.name():<{names}}  {severity}  {summary}"


def _json(rules: Sequence[type[Rule]]) -> str:
    import json

    listed = [
        {
            "name": rule.name(),
            "code": rule.code,
            "family": rule.family(),
            "severity": rule.severity,
            "confidence": rule.confidence,
            "fixes": list(rule.fixes),
            "origin": rule.origin,
            "kinds": [kind for kind in KINDS if kind in rule.kinds],
            "since": rule.since,
            "summary": rule.summary(),
            "options": [
                {"name": one.name, "type": one.type, "default": one.default, "meaning": one.meaning}
                for one in rule.options
            ],
        }
        for rule in rules
    ]
    return json.dumps({"version": 1, "rules": listed}, indent=1) + "\n"
