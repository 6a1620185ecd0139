"""What can be left out: statements, entries of lists and values of tests that add nothing.

The questions are those that lint asks; what they answer goes together, and is proved once more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from jfml_policies.build.minimise.draft import each_list, statement_size
from jfml_policies.catalog import load
from jfml_policies.linter.questions.coverage import Budget, cover_groups
from jfml_policies.linter.questions.covered_values import covered_values
from jfml_policies.linter.questions.statement_form import statement_form
from jfml_policies.linter.questions.statement_meaning import policy_boxes, statement_meaning
from jfml_policies.linter.questions.statement_names import entries_name
from jfml_policies.linter.rule import Context
from jfml_policies.record import record, replace

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Mapping

    from jfml_policies.build.minimise.draft import Draft, Part
    from jfml_policies.findings import Path
    from jfml_policies.linter.questions.statement_meaning import Covered, CoveredEntries
    from jfml_policies.policy.nodes import Statement, Text

__all__ = ["Removal", "removals", "without"]

What = Literal[
    "repeated-statement",
    "dead-statement",
    "denied-statement",
    "covered-statement",
    "denied-entry",
    "covered-entry",
    "covered-value",
]


@record
class Removal:
    """Something that can be left out.

    Attributes:
        what: why, as a word.
        statement: the position of the statement in the draft.
        slot: the list that loses entries, as `each_list` calls it; None when the whole statement goes.
        entries: the entries that it loses.
    """

    what: What
    statement: int
    slot: tuple[str, ...] | None = None
    entries: tuple[Text, ...] = ()

    def sentence(self, draft: Draft) -> str:
        """What goes, and why."""
        name = draft.parts[self.statement].name
        if self.slot is None:
            return f"removed statement {name}: it {_REASONS[self.what]}"
        return f"removed {entries_name(self.entries)} from statement {name}: {_REASONS[self.what]}"


_REASONS: Final[dict[What, str]] = {
    "repeated-statement": "says what another one says",
    "dead-statement": "matches no request",
    "denied-statement": "allows only what is denied",
    "covered-statement": "is covered by others",
    "denied-entry": "all of it is denied",
    "covered-entry": "other entries or statements cover it",
    "covered-value": "the other values of the test include it",
}


def removals(draft: Draft) -> list[Removal]:
    """All that can be left out of a draft at once."""
    context = Context(draft.policy, load())
    statements = draft.policy.statements
    places = {statement.path: place for place, statement in enumerate(statements)}
    found = {one.statement: one for one in _whole(statements, places, context)}
    if found and len(found) == len(statements):
        # A policy has a statement; if none of them does anything, the shortest may stay.
        del found[min(found, key=lambda place: (statement_size(statements[place]), place))]
    return [*found.values(), *[one for one in _partial(statements, places, context) if one.statement not in found]]


def without(draft: Draft, some: Iterable[Removal]) -> Draft:
    """A draft with something left out."""
    gone: dict[int, list[Removal]] = {}
    for one in some:
        gone.setdefault(one.statement, []).append(one)
    parts = []
    for place, part in enumerate(draft.parts):
        if not any(one.slot is None for one in gone.get(place, ())):
            parts.append(_thinned(part, gone.get(place, ())))
    return draft.with_parts(parts)


# ------------------------------------------------------------------------------------------------ statements


def _whole(statements: Iterable[Statement], places: Mapping[Path, int], context: Context) -> Iterator[Removal]:
    seen: set[Hashable] = set()
    boxes = context.ask(policy_boxes)
    for place, statement in enumerate(statements):
        form = statement_form(statement)
        if form is not None and form in seen:
            yield Removal("repeated-statement", place)
        elif boxes is not None and _may_be_dead(statement) and boxes.is_dead(statement):
            yield Removal("dead-statement", place)
        seen.add(form)
    meaning = context.ask(statement_meaning)
    yield from _of_statements("denied-statement", meaning.denied, places)
    yield from _of_statements("covered-statement", meaning.covered, places)


def _may_be_dead(statement: Statement) -> bool:
    """Whether a statement may match nothing; lists of actions and resources match something, unless they are empty."""
    lists = (statement.action, statement.resource)
    return bool(
        statement.tests
        or statement.not_action
        or statement.not_resource
        or statement.not_principal
        or any(one is not None and not one.values for one in lists)
    )


def _of_statements(what: What, some: Iterable[Covered], places: Mapping[Path, int]) -> Iterator[Removal]:
    for one in some:
        yield Removal(what, places[one.statement.path])


# ------------------------------------------------------------------------------------------------ entries


def _partial(statements: Iterable[Statement], places: Mapping[Path, int], context: Context) -> Iterator[Removal]:
    meaning = context.ask(statement_meaning)
    yield from _of_entries("denied-entry", meaning.denied_entries, places)
    yield from _of_entries("covered-entry", meaning.entries, places)
    budget = Budget()
    for place, statement in enumerate(statements):
        for listing in (statement.action, statement.not_action, statement.resource, statement.not_resource):
            if listing is not None and len(listing.values) > 1:
                fold_case = listing is statement.actions
                groups = cover_groups([text.value for text in listing.values], fold_case=fold_case, budget=budget)
                covered = [listing.values[number] for group in groups for number in group.covered]
                if covered:
                    yield Removal("covered-entry", place, (listing.name,), tuple(covered))
    for some in covered_values(context):
        slot = ("Condition", some.test.operator.value, some.test.key.value)
        entries = tuple([some.test.values[number] for number in some.places])
        yield Removal("covered-value", places[some.statement.path], slot, entries)


def _of_entries(what: What, some: Iterable[CoveredEntries], places: Mapping[Path, int]) -> Iterator[Removal]:
    for one in some:
        entries = tuple([one.listing.values[number] for number in one.places])
        yield Removal(what, places[one.statement.path], (one.listing.name,), entries)


def _thinned(part: Part, some: Iterable[Removal]) -> Part:
    """A part without some entries; a list keeps one at least."""
    gone: dict[tuple[str, ...] | None, set[str]] = {}
    for one in some:
        gone.setdefault(one.slot, set()).update([text.value for text in one.entries])

    def thin(values: tuple[Text, ...], slot: tuple[str, ...]) -> tuple[Text, ...]:
        lost = gone.get(slot, ())
        return tuple([text for text in values if text.value not in lost]) or values

    return replace(part, statement=each_list(part.statement, thin))
