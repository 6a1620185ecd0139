"""Statements that differ in one thing become one: in their actions, resources, principals, or values of one test.

Each of these is a list of alternatives, so the statement with all of them matches what the others matched together.
Negated elements and tests, and `ForAllValues`, are not: their lists are left as they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jfml_policies.build.minimise.draft import Part, each_list, statement_size
from jfml_policies.linter.questions.statement_names import listed
from jfml_policies.policy.operators import parse_operator
from jfml_policies.record import record, replace

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Sequence

    from jfml_policies.build.minimise.draft import Draft
    from jfml_policies.policy.nodes import Group, Statement, Test, Text

__all__ = ["Merge", "merged", "merges"]

#: A condition with more tests is looked at for its actions and resources only.
_MOST_TESTS: Final = 30
#: Tests whose values are no list of alternatives that AWS takes.
_SINGLE: Final = ("Bool", "Null")

Slot = tuple[str, ...]


@record
class Merge:
    """Statements that can be one.

    Attributes:
        statements: their positions in the draft, sorted.
        slot: the list in which they differ, as `each_list` calls it; the first two words of it for principals.
        saves: characters.
    """

    statements: tuple[int, ...]
    slot: Slot
    saves: int

    @property
    def what(self) -> str:
        """Its kind, as a word."""
        return "merged-statements"

    def sentence(self, draft: Draft) -> str:
        """What was done."""
        names = listed([draft.parts[place].name for place in self.statements])
        return f"merged the statements {names}, which differ in {_name_of(self.slot)} only"


def merges(draft: Draft) -> list[Merge]:
    """Merges that can be made at once, those that save most first; no statement is in two of them."""
    statements = draft.policy.statements
    groups: dict[Hashable, list[int]] = {}
    for place, statement in enumerate(statements):
        for slot in _slots(statement):
            groups.setdefault((slot, _without(statement, slot)), []).append(place)
    found = []
    for (slot, _), places in groups.items():  # type: ignore[misc]
        if len(places) > 1:
            whole = statement_size(_union([statements[place] for place in places], slot))
            saves = sum(statement_size(statements[place]) + 1 for place in places) - 1 - whole
            found.append(Merge(tuple(places), slot, saves))
    found.sort(key=lambda merge: (-merge.saves, merge.statements, merge.slot))
    taken: set[int] = set()
    chosen = []
    for merge in found:
        if merge.saves > 0 and taken.isdisjoint(merge.statements):
            taken.update(merge.statements)
            chosen.append(merge)
    return chosen


def merged(draft: Draft, some: Iterable[Merge]) -> Draft:
    """A draft with some of its statements merged."""
    parts = draft.parts
    gone: set[int] = set()
    made = []
    for merge in some:
        gone.update(merge.statements)
        group = [parts[place] for place in merge.statements]
        made.append(Part(_union([part.statement for part in group], merge.slot), min(part.place for part in group)))
    return draft.with_parts([*[part for place, part in enumerate(parts) if place not in gone], *made])


def _slots(statement: Statement) -> Iterator[Slot]:
    if statement.action is not None:
        yield ("Action",)
    if statement.resource is not None:
        yield ("Resource",)
    if statement.principal is not None and statement.principal.text is None:
        yield ("Principal",)
    if len(statement.tests) <= _MOST_TESTS:
        for test in statement.tests:
            if _has_alternatives(test):
                yield ("Condition", test.operator.value, test.key.value)


def _has_alternatives(test: Test) -> bool:
    operator = parse_operator(test.operator.value)
    return (
        operator is not None
        and not operator.negated
        and operator.qualifier != "ForAllValues"
        and operator.family not in _SINGLE
        and bool(test.values)
    )


def _without(statement: Statement, slot: Slot) -> Hashable:
    """What statements share that differ in one list only."""
    bare = replace(statement, sid=None)
    if slot == ("Principal",):
        return replace(bare, principal=None)
    return each_list(bare, lambda values, other: () if other == slot else values)


def _union(statements: Sequence[Statement], slot: Slot) -> Statement:
    """One statement that matches what some match that differ in one list; of their Sids it has the shortest."""
    sids = [statement.sid for statement in statements if statement.sid is not None]
    first = replace(statements[0], sid=min(sids, key=lambda sid: (len(sid.value), sid.value)) if sids else None)
    if slot == ("Principal",):
        return _with_all_principals(first, statements)
    united: dict[str, Text] = {}

    def collect(values: tuple[Text, ...], other: Slot) -> tuple[Text, ...]:
        if other == slot:
            for text in values:
                united.setdefault(text.value, text)
        return values

    for statement in statements:
        each_list(statement, collect)
    return each_list(first, lambda values, other: tuple(united.values()) if other == slot else values)


def _with_all_principals(first: Statement, statements: Sequence[Statement]) -> Statement:
    groups: dict[str, list[Text]] = {}
    kinds: dict[str, Group] = {}
    for statement in statements:
        for group in statement.principal.groups if statement.principal else ():
            kinds.setdefault(group.type.value, group)
            known = groups.setdefault(group.type.value, [])
            known += [text for text in group.values if text not in known]
    assert first.principal is not None
    united = tuple([replace(kinds[name], values=tuple(values)) for name, values in groups.items()])
    return replace(first, principal=replace(first.principal, groups=united))


def _name_of(slot: Slot) -> str:
    return f"`{slot[0]}`" if slot[0] != "Condition" else f"the values of `{slot[2]}`"
