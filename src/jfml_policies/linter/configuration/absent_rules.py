"""Rules of one's own whose modules are not imported: their names are good names, and they find nothing.

An editor opens whatever somebody clones. What settings say there is data and counts; code that they name is not run
unless somebody asked for it, and the rest of the settings must hold all the same.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, ClassVar, Final

from jfml_policies.errors import UsageError
from jfml_policies.findings import Severity
from jfml_policies.linter import retired_checks
from jfml_policies.linter.registry import code_of, codes_named
from jfml_policies.linter.rule import CUSTOM, Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jfml_policies.linter.configuration.layers import Layer

__all__ = ["AbsentRule", "absent_rules"]

_CODE: Final = re.compile(r"[A-Z][A-Z0-9]*(_[A-Z0-9]+)*")
_LISTS: Final = ("select", "extend-select", "ignore", "extend-ignore")
#: More names are not looked at.
_MOST: Final = 1_000


class AbsentRule(Rule):
    """A rule whose module is not imported."""

    # That `custom` stands for something, and so does not select all rules.
    code = "RULE_OF_ONES_OWN"
    severity: ClassVar[Severity] = "suggestion"


def absent_rules(layers: Iterable[Layer]) -> tuple[type[Rule], ...]:
    """Stand-ins for the rules that settings name and that are none of ours; nothing where no module is named."""
    found: dict[str, type[Rule]] = {}
    tables = [layer.table or {} for layer in layers]
    if not any(table.get("rules-from") for table in tables):
        return ()
    for table in tables:
        for name in _names_in(table):
            code = code_of(name)
            if len(found) < _MOST and _CODE.fullmatch(code) and not _is_ours(name):
                found.setdefault(code, type(AbsentRule.__name__, (AbsentRule,), {"code": code}))
    return (AbsentRule, *found.values())


def _names_in(table: Any) -> Iterator[str]:
    """The names of rules in the settings of one file, whatever else is wrong with them."""
    lists = [table.get(key) for key in _LISTS]
    ignored, rules, suppressions = table.get("per-file-ignores"), table.get("rules"), table.get("suppressions")
    lists += ignored.values() if isinstance(ignored, dict) else ()
    lists += [list(rules)] if isinstance(rules, dict) else ()
    if isinstance(suppressions, list):
        lists.append([one.get("rule") for one in suppressions if isinstance(one, dict)])
    for names in lists:
        yield from [name for name in names if isinstance(name, str)] if isinstance(names, list) else ()


def _is_ours(name: str) -> bool:
    if name.lower() == CUSTOM or retired_checks.find(code_of(name)) is not None:
        return True
    try:
        return bool(codes_named(name))
    except UsageError:
        return False
