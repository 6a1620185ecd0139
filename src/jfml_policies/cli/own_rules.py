"""Rules in Python modules that a configuration names; nothing is imported unless one does."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from jfml_policies.errors import UsageError
from jfml_policies.linter.own_rules import faults_of_rules
from jfml_policies.linter.rule import Rule

if TYPE_CHECKING:
    from types import ModuleType

__all__ = ["rules_in"]

_MOST_SHOWN: Final = 200


@cache
def rules_in(name: str) -> tuple[type[Rule], ...]:
    """The rules of a module: those in its `RULES`, or else the public ones that it defines.

    Raises:
        UsageError: it can't be imported, holds no rule, or holds one that can't be used.
    """
    module = _imported(name)
    listed = getattr(module, "RULES", None)
    if listed is None:
        rules: list[object] = [
            value
            for key, value in vars(module).items()
            if not key.startswith("_")
            and isinstance(value, type)
            and issubclass(value, Rule)
            and value.__module__ == module.__name__
        ]
    elif isinstance(listed, (list, tuple)):
        rules = list(listed)
    else:
        raise UsageError(f"`RULES` of the module `{name}` is neither a list nor a tuple")
    if not rules:
        raise UsageError(
            f"the module `{name}` holds no rule", hint="a rule derives from `jfml_policies.linter.rule.Rule`"
        )
    faults = faults_of_rules(rules)
    if faults:
        raise UsageError(f"the module `{name}`: {'; '.join(faults)}")
    return tuple([rule for rule in rules if isinstance(rule, type) and issubclass(rule, Rule)])


def _imported(name: str) -> ModuleType:
    from importlib import import_module

    try:
        return import_module(name)
    except (Exception, SystemExit) as error:  # noqa: BLE001 (whatever somebody else's module raises)
        said = " ".join(str(error).split())[:_MOST_SHOWN]
        raise UsageError(
            f"the module `{name}` can't be imported: {type(error).__name__}{': ' * bool(said)}{said}",
            hint="install it beside jfml-policies, or put its folder on PYTHONPATH",
        ) from None
