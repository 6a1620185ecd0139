"""Which rules there are. The index is generated, so that only the rules of a policy's kind are imported."""

from __future__ import annotations

from functools import cache, lru_cache
from importlib import import_module

from jfml_policies.errors import UsageError
from jfml_policies.linter import retired_checks
from jfml_policies.linter.rule import CUSTOM, Rule
from jfml_policies.linter.rules.index import INDEX
from jfml_policies.policy.kinds import Kind
from jfml_policies.text.suggest import nearest

__all__ = ["all_rules", "chosen_codes", "code_of", "codes_for", "codes_named", "find_rule", "rules_of"]


@cache
def all_rules() -> tuple[type[Rule], ...]:
    """Every rule, sorted by family and name."""
    return tuple([_load(module, name) for _, module, name, *_ in INDEX])


def codes_for(kind: Kind, text: str | None) -> frozenset[str]:
    """The codes of the rules that look at a kind of policy and may find something in a text.

    Args:
        kind: the policy's kind.
        text: the document, or None where it was not read from a text; then the words do not count.
    """
    if text is None or "\\" in text:
        return _codes_of_kind(kind)  # an escape may hide a word
    # White space goes, so that words may hold JSON's marks, as `[]` for an empty array.
    low = "".join(text.lower().split())
    found: set[str] = set()
    for word, codes in _by_word().items():
        if word in low:
            found.update(codes)
    return _codes_of_kind(kind) & found


@cache
def _codes_of_kind(kind: Kind) -> frozenset[str]:
    return frozenset([code for code, _, _, kinds, _ in INDEX if kinds is None or kind in kinds])


@cache
def _by_word() -> dict[str, list[str]]:
    """The codes of the rules that mention a word; under the empty word those that mention none."""
    codes: dict[str, list[str]] = {"": []}
    for code, _, _, _, mentions in INDEX:
        for word in mentions or ("",):
            codes.setdefault(word, []).append(code)
    return codes


@lru_cache(maxsize=256)
def rules_of(codes: frozenset[str]) -> tuple[type[Rule], ...]:
    """The rules of some codes; the others are not imported."""
    return tuple([_load(module, name) for code, module, name, *_ in INDEX if code in codes])


def find_rule(name: str, own: tuple[type[Rule], ...] = ()) -> type[Rule]:
    """The rule of that name or code, in any letter case.

    Args:
        name: as in `invalid-action` or `INVALID_ACTION`.
        own: rules beside ours.

    Raises:
        UsageError: there is none, or AWS retired its check; the hint names the nearest, or where to read more.

    >>> find_rule("invalid-action").code
    'INVALID_ACTION'
    """
    code = code_of(name)
    for known, module, class_name, *_ in INDEX:
        if known == code:
            return _load(module, class_name)
    for rule in own:
        if rule.code == code:
            return rule
    retired = retired_checks.find(code)
    if retired is not None:
        raise UsageError(
            f"there is no rule `{name}`: what AWS's check of that name reported is valid since {retired.retired}",
            hint=f"leave it out; `jfml-policies explain {retired.name}` tells more",
        )
    near = nearest(
        code, [*(known for known, *_ in INDEX), *(rule.code for rule in own), *retired_checks.RETIRED_CHECKS]
    )
    raise UsageError(
        f"there is no rule `{name}`",
        hint=f"did you mean `{near.lower().replace('_', '-')}`?" if near else "`jfml-policies rules` lists them",
    )


@lru_cache(maxsize=64)
def chosen_codes(select: tuple[str, ...], ignore: tuple[str, ...], own: tuple[type[Rule], ...] = ()) -> frozenset[str]:
    """The codes of the rules that are selected (all when none is named) and not ignored.

    A name is a rule's name or code, or a family's name. A check that AWS retired may be ignored, and cannot be
    selected: what a configuration leaves out is still left out.

    Raises:
        UsageError: a name is unknown, or a retired check is selected.
    """
    everything = {code for code, *_ in INDEX}.union([rule.code for rule in own])
    chosen = {code for name in select for code in codes_named(name, own)} if select else everything
    left_out = [name for name in ignore if retired_checks.find(code_of(name)) is None]
    return frozenset(chosen - {code for name in left_out for code in codes_named(name, own)})


def codes_named(name: str, own: tuple[type[Rule], ...] = ()) -> list[str]:
    """The codes that a name stands for: those of a family, or that of a rule.

    Raises:
        UsageError: there is neither.

    >>> codes_named("invalid-action")
    ['INVALID_ACTION']
    """
    low = name.lower()
    family = [code for code, module, *_ in INDEX if module.split(".")[0] == low]
    if low == CUSTOM:
        return [rule.code for rule in own]
    return family or [find_rule(name, own).code]


def code_of(name: str) -> str:
    """The code that a name stands for, in any letter case; whether there is such a rule is another question.

    >>> code_of("invalid-action")
    'INVALID_ACTION'
    """
    return "_".join(name.upper().replace("-", " ").replace("_", " ").split())


@cache
def _load(module: str, name: str) -> type[Rule]:
    rule: type[Rule] = getattr(import_module(f"jfml_policies.linter.rules.{module}"), name)
    return rule
