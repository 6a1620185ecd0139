"""Runs the rules over a policy: every node is visited once, narrow hooks see only their nodes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, lru_cache
from typing import Any, Final

from jfml_policies.catalog import Catalog
from jfml_policies.catalog import load as load_catalog
from jfml_policies.findings import Finding, Path
from jfml_policies.linter.day import check_day
from jfml_policies.linter.registry import chosen_codes, codes_for, find_rule, rules_of
from jfml_policies.linter.rule import HOOKS, Context, Rule
from jfml_policies.linter.rule_settings import DEFAULT_RULE_SETTINGS, RuleSettings
from jfml_policies.policy.nodes import Policy, Statement
from jfml_policies.record import record, replace

__all__ = ["MAX_FINDINGS_PER_RULE", "by_place", "lint_policy"]

#: A rule that has said so much about one document has made its point.
MAX_FINDINGS_PER_RULE: Final = 1_000
#: Nor does anyone read more: findings repeat the names that they stand under, and such a name may be a megabyte long.
_MAX_CHARACTERS_PER_RULE: Final = 2_000_000

_Hook = Callable[..., Iterable[Finding]]


@record
class _Plan:
    """The hooks to call, by level."""

    check_policy: tuple[_Hook, ...]
    check_statement: tuple[_Hook, ...]
    check_principal: tuple[_Hook, ...]
    check_action: tuple[_Hook, ...]
    check_resource: tuple[_Hook, ...]
    check_test: tuple[_Hook, ...]


def lint_policy(
    policy: Policy,
    *,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    catalog: Catalog | None = None,
    today: str | None = None,
    settings: RuleSettings = DEFAULT_RULE_SETTINGS,
) -> list[Finding]:
    """What the rules find in a policy, sorted by place and rule.

    Raises:
        UsageError: `select` or `ignore` names an unknown rule, or `today` is no day.
        RuleError: a rule of the settings failed.
    """
    if today is not None:
        check_day(today)
    chosen = chosen_codes(tuple(select), tuple(ignore), settings.rules)
    # Rules that look for vendors mention those that we know.
    is_told = policy.text is not None and not any(vendor.account in policy.text for vendor in settings.vendors)
    own = tuple([rule for rule in settings.rules if rule.code in chosen and policy.kind in rule.kinds])
    plan = _plan(codes_for(policy.kind, policy.text if is_told else None) & chosen, own)
    kept: list[Finding] = []
    counts: Counter[str] = Counter()
    characters: Counter[str] = Counter()
    full: set[str] = set()
    for finding in _run(plan, policy, Context(policy, catalog or load_catalog(), today, settings), full):
        counts[finding.code] += 1
        if counts[finding.code] <= MAX_FINDINGS_PER_RULE and characters[finding.code] <= _MAX_CHARACTERS_PER_RULE:
            characters[finding.code] += _length(finding)
            kept.append(finding)
        elif finding.code not in full:
            # The engine reads this set: it does not call the rule again.
            full.add(finding.code)
            last = max(index for index, other in enumerate(kept) if other.code == finding.code)
            kept[last] = replace(kept[last], hint="there are more findings of this rule here; they are not listed")
    sids = {statement.path: statement.sid.value for statement in policy.statements if statement.sid}
    return sorted([_with_sid(finding, sids) for finding in kept] if sids else kept, key=by_place)


@lru_cache(maxsize=256)
def _plan(codes: frozenset[str], own: tuple[type[Rule], ...]) -> _Plan:
    levels: dict[str, list[_Hook]] = {level: [] for level in HOOKS}
    for rule in rules_of(codes):
        for level, hook in _hooks_of(rule.code):
            levels[level].append(hook)
    for rule in own:
        from jfml_policies.linter.own_rules import GuardedHook

        made = rule()
        for level, hook in _overridden(made):
            levels[level].append(GuardedHook(made, hook))
    return _Plan(*[tuple(levels[level]) for level in HOOKS])


@cache
def _hooks_of(code: str) -> tuple[tuple[str, _Hook], ...]:
    """The hooks that a rule overrides, each with its level."""
    return _overridden(find_rule(code)())


def _overridden(rule: Rule) -> tuple[tuple[str, _Hook], ...]:
    return tuple(
        [(level, getattr(rule, level)) for level in HOOKS if getattr(type(rule), level) is not getattr(Rule, level)]
    )


def _run(plan: _Plan, policy: Policy, context: Context, full: set[str]) -> Iterator[Finding]:
    for hook in plan.check_policy:
        yield from hook(policy, context)
    for statement in policy.statements:
        yield from _run_statement(plan, statement, context, full)


def _run_statement(plan: _Plan, statement: Statement, context: Context, full: set[str]) -> Iterator[Finding]:
    yield from _call(plan.check_statement, full, statement, context)
    for principals in (statement.principal, statement.not_principal):
        if principals is None:
            continue
        if principals.text is not None:
            yield from _call(plan.check_principal, full, principals.text, None, principals, statement, context)
        for group in principals.groups:
            for principal in group.values:
                yield from _call(plan.check_principal, full, principal, group, principals, statement, context)
    for listing, hooks in (
        (statement.action, plan.check_action),
        (statement.not_action, plan.check_action),
        (statement.resource, plan.check_resource),
        (statement.not_resource, plan.check_resource),
    ):
        if listing is not None:
            for entry in listing.values:
                yield from _call(hooks, full, entry, statement, context)
    for test in statement.tests:
        yield from _call(plan.check_test, full, test, statement, context)


def _call(hooks: tuple[_Hook, ...], full: set[str], *arguments: object) -> Iterator[Finding]:
    for hook in hooks:
        if full and hook.__self__.code in full:  # type: ignore[attr-defined]
            continue
        yield from hook(*arguments)


def _length(finding: Finding) -> int:
    """Characters of what a finding says and of where it says so."""
    return len(finding.message) + sum([len(step) for step in finding.path if isinstance(step, str)])


def _with_sid(finding: Finding, sids: Mapping[Path, str]) -> Finding:
    """The finding with the Sid of the statement that its path leads through."""
    sid = sids.get(finding.path[:2]) or sids.get(finding.path[:1])
    return finding if sid is None else replace(finding, sid=sid)


def by_place(finding: Finding) -> tuple[Any, ...]:
    """What findings are sorted by: place, rule, message."""
    start = (finding.span.start, finding.span.end) if finding.span else (-1, -1)
    return (*start, _sortable(finding.path), finding.code, finding.message)


def _sortable(path: Path) -> tuple[tuple[int, int | str], ...]:
    """Indexes by number, names by text: the two do not compare with each other."""
    return tuple([(0, step) if isinstance(step, int) else (1, step) for step in path])
