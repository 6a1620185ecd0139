"""Findings about entries of a list that another entry of it covers: one a group."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jfml_policies.findings import Finding
from jfml_policies.linter.fixes.quick_fix import remove_entries
from jfml_policies.linter.questions.coverage import Budget, CoverGroup, cover_groups
from jfml_policies.linter.rule import Rule, related
from jfml_policies.policy.nodes import Listing, Statement, Text
from jfml_policies.record import replace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

__all__ = ["MAX_RELATED", "redundant_entries"]

#: Further members of a group that a finding names; nobody reads more.
MAX_RELATED: Final = 100


def redundant_entries(
    rule: type[Rule],
    statement: Statement,
    listing: Listing,
    *,
    fold_case: bool,
    budget: Budget,
    is_safe: Callable[[str, Sequence[str]], bool] | None = None,
) -> Iterator[Finding]:
    """The findings of a rule about redundant entries of one element.

    Args:
        rule: whose findings they are.
        statement: the statement, for its Sid.
        listing: the element.
        fold_case: whether letter case is ignored.
        budget: comparisons left for the whole policy.
        is_safe: whether removing what a text covers provably keeps the meaning; None when it always does.
    """
    groups = cover_groups([text.value for text in listing.values], fold_case=fold_case, budget=budget)
    if not groups:
        return
    covered = {place for group in groups for place in group.covered}
    kept = next(place for place in range(len(listing.values)) if place not in covered)
    sid = statement.sid.value if statement.sid else None
    for group in groups:
        yield replace(_finding(rule, listing.values, group, listing, kept, is_safe), sid=sid)


def _finding(
    rule: type[Rule],
    values: Sequence[Text],
    group: CoverGroup,
    listing: Listing,
    kept: int,
    is_safe: Callable[[str, Sequence[str]], bool] | None,
) -> Finding:
    first, *others = group.members
    covering = values[group.covering].value
    covered = [values[place].value for place in group.covered]
    safe = is_safe is None or is_safe(covering, covered)
    return rule.finding(
        values[first],
        _message(covering, covered),
        hint=f"remove `{covered[0]}`" if len(covered) == 1 else f"keep `{covering}` and remove the others",
        fix=remove_entries(listing, group.covered, kept=kept, safe=safe),
        related=tuple(
            [
                related(values[place], "covers the others" if place == group.covering else "is covered")
                for place in others[:MAX_RELATED]
            ]
        ),
    )


def _message(covering: str, covered: Sequence[str]) -> str:
    if {text.lower() for text in covered} == {covering.lower()}:
        return f"`{covering}` is listed {len(covered) + 1} times"
    more = len(covered) - 1
    if not more:
        return f"`{covered[0]}` is covered by `{covering}`"
    return f"`{covered[0]}` and {more} more {'entry' if more == 1 else 'entries'} are covered by `{covering}`"
