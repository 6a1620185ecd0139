"""Findings about entries whose requests other statements, or the rest of their list, decide alike: one a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jfml_policies.linter.fixes.quick_fix import remove_entries
from jfml_policies.linter.questions.redundant_entries import MAX_RELATED
from jfml_policies.linter.questions.statement_meaning import statement_meaning
from jfml_policies.linter.questions.statement_names import entries_name, together
from jfml_policies.linter.rule import Rule, related

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jfml_policies.findings import Finding
    from jfml_policies.linter.questions.sample_requests import Element
    from jfml_policies.linter.questions.statement_meaning import CoveredEntries
    from jfml_policies.linter.rule import Context

__all__ = ["covered_entries"]


def covered_entries(rule: type[Rule], name: Element, context: Context) -> Iterator[Finding]:
    """The findings of a rule about covered entries of Action or Resource."""
    for some in context.ask(statement_meaning).entries:
        if some.listing.name == name:
            values = [some.listing.values[place] for place in some.places]
            yield rule.finding(
                values[0],
                _message(some, entries_name(values)),
                hint="remove it" if len(values) == 1 else "remove them",
                fix=remove_entries(some.listing, some.places, kept=some.kept, safe=True),
                related=tuple(
                    [related(values[place], "is covered, too") for place in range(1, min(len(values), MAX_RELATED))]
                    + [related(other, "covers it") for other in some.by if other.path != some.statement.path]
                ),
            )


def _message(some: CoveredEntries, entries: str) -> str:
    does = _does(some)
    others = [other for other in some.by if other.path != some.statement.path]
    if not others:
        return f"the other entries of `{some.listing.name}` include {entries}"
    if len(others) < len(some.by):
        return together(others, f"with the other entries here all that {entries} {does}")
    return together(others, f"all that {entries} {does} here")


def _does(some: CoveredEntries) -> str:
    """The verb that fits the entries."""
    if some.statement.denies:
        return "denies" if len(some.places) == 1 else "deny"
    return "grants" if len(some.places) == 1 else "grant"
