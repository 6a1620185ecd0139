"""`[rules.NAME]`: options of rules, read as the rules declare them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jfml_policies.errors import UsageError
from jfml_policies.linter.configuration.absent_rules import AbsentRule
from jfml_policies.linter.configuration.shapes import BAD, Field, ListOf, Number, Shape, Text, read_fields, schema_of
from jfml_policies.linter.registry import find_rule

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jfml_policies.linter.configuration.layers import Spot
    from jfml_policies.linter.option import Option, OptionValue
    from jfml_policies.linter.rule import Rule

__all__ = ["options_schema", "read_rule_options"]


def read_rule_options(value: Any, at: Spot) -> dict[tuple[str, str], OptionValue]:
    """The values of options by the rule's code and the option's name; what is wrong is noted."""
    if not isinstance(value, dict):
        at.wrong("`rules` must be a table", "write the options of a rule under `[rules.NAME]`")
        return {}
    values: dict[tuple[str, str], OptionValue] = {}
    for name, table in value.items():
        spot = at / name
        try:
            rule = find_rule(name, at.own)
        except UsageError as error:
            spot.wrong(error.message, error.hint)
            continue
        if issubclass(rule, AbsentRule):
            continue
        if not isinstance(table, dict):
            spot.wrong(f"the options of `{name:.100}` must be a table")
        elif not rule.options:
            spot.wrong(f"the rule `{rule.name()}` has no options")
        else:
            for option, read in (read_fields(_fields(rule), table, spot) or {}).items():
                if read is not BAD:
                    values[rule.code, option] = read
    return values


def options_schema(rules: Iterable[type[Rule]]) -> dict[str, Any]:
    """The JSON Schema of `rules`."""
    properties = {rule.name(): schema_of(_fields(rule)) for rule in rules if rule.options}
    return {"type": "object", "additionalProperties": {"type": "object"}, "properties": properties}


def _fields(rule: type[Rule]) -> dict[str, Field]:
    return {option.name: Field(_shape(option), option.meaning) for option in rule.options}


def _shape(option: Option[int] | Option[tuple[str, ...]]) -> Shape:
    if option.type == "whole number":
        return Number(option.bounds["least"], option.bounds["most"])
    return ListOf(Text(), "a list of texts")
