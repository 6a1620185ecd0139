"""Which rules there are. The index is generated, so that only the rules of a policy's kind are imported."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from jfml_policies.errors import UsageError
from jfml_policies.linter.rule import Rule
from jfml_policies.linter.rules.index import INDEX
from jfml_policies.policy.kinds import Kind
from jfml_policies.text.suggest import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["all_rules", "chosen_codes", "find_rule", "rules_for"]


@cache
def all_rules() -> tuple[type[Rule], ...]:
    """Every rule, sorted by family and name."""
    return tuple([_load(module, name) for _, module, name, _ in INDEX])


@cache
def rules_for(kind: Kind) -> tuple[type[Rule], ...]:
    """The rules that look at a kind of policy; the others are not imported."""
    return tuple([_load(module, name) for _, module, name, kinds in INDEX if kinds is None or kind in kinds])


def find_rule(name: str) -> type[Rule]:
    """The rule of that name or code, in any letter case.

    Raises:
        UsageError: there is none; the hint names the nearest.

    >>> find_rule("invalid-action").code
    'INVALID_ACTION'
    """
    code = _code(name)
    for known, module, class_name, _ in INDEX:
        if known == code:
            return _load(module, class_name)
    near = nearest(code, [known for known, *_ in INDEX])
    raise UsageError(
        f"there is no rule `{name}`",
        hint=f"did you mean `{near.lower().replace('_', '-')}`?" if near else "`jfml-policies rules` lists them",
    )


def chosen_codes(select: Iterable[str], ignore: Iterable[str]) -> frozenset[str]:
    """The codes of the rules that are selected (all when none is named) and not ignored.

    A name is a rule's name or code, or a family's name.

    Raises:
        UsageError: a name is unknown.
    """
    chosen = {code for name in select for code in _codes(name)} or {code for code, *_ in INDEX}
    return frozenset(chosen - {code for name in ignore for code in _codes(name)})


def _codes(name: str) -> list[str]:
    family = [code for code, module, *_ in INDEX if module.split(".")[0] == name.lower()]
    return family or [find_rule(name).code]


def _code(name: str) -> str:
    return name.strip().upper().replace("-", "_")


@cache
def _load(module: str, name: str) -> type[Rule]:
    rule: type[Rule] = getattr(import_module(f"jfml_policies.linter.rules.{module}"), name)
    return rule
