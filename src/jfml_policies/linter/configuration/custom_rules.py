"""Rules without code: what `[[custom-rules]]` says becomes rules like any other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jfml_policies.linter.configuration.layers import Spot
    from jfml_policies.linter.rule import Rule

__all__ = ["CUSTOM_RULE_SCHEMA", "read_custom_rules"]

#: The JSON Schema of one table of `custom-rules`.
CUSTOM_RULE_SCHEMA: dict[str, Any] = {"type": "object"}


def read_custom_rules(tables: list[Any], at: Spot) -> tuple[type[Rule], ...]:
    """The rules that tables describe; what is wrong with them is noted at the spot.

    Args:
        tables: the value of `custom-rules`, each item not looked at yet.
        at: where they stand; `at / 0` is the first of them.
    """
    for index, _ in enumerate(tables):
        (at / index).wrong("this version takes no rules without code", "`rules-from` takes rules written in Python")
    return ()
