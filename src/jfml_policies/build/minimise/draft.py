"""A policy on its way: in an order that does not depend on the author's, and back in the author's order at the end.

Statements and lists have no order in their meaning. Work on them in one order makes the same result of the same
meaning, however it was arranged; people get back the arrangement that they know.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from jfml_policies.linter.questions.document_size import characters
from jfml_policies.policy.kinds import KINDS
from jfml_policies.policy.nodes import Condition, Listing, Policy, Principals, Statement, Test, Text
from jfml_policies.policy.parse import parse_tree
from jfml_policies.policy.write import compact
from jfml_policies.record import record, replace
from jfml_policies.text.tree import Json, JsonArray, JsonBoolean, JsonNumber, JsonObject, JsonString, Member

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

#: Makes another list of one, told which list it is: element, then type of principal, or operator and key.
ListChange: TypeAlias = "Callable[[tuple[Text, ...], tuple[str, ...]], tuple[Text, ...]]"

__all__ = ["Draft", "Part", "each_list", "rebuilt", "size_of", "statement_size", "statement_tree"]


@record
class Part:
    """A statement, and where the first statement stood that went into it.

    Attributes:
        statement: the statement; its lists are sorted.
        place: a position in the author's document.
    """

    statement: Statement
    place: int

    @property
    def name(self) -> str:
        """How a sentence calls it: by its Sid, or else by its place in the author's document."""
        sid = self.statement.sid
        return f"`{sid.value}`" if sid is not None and sid.value else f"`Statement[{self.place}]`"


@record
class Draft:
    """A policy whose statements and lists are sorted.

    Attributes:
        policy: the policy.
        places: for each statement the position, in the author's document, of the first that went into it.
    """

    policy: Policy
    places: tuple[int, ...]

    @classmethod
    def of(cls, author: Policy) -> Draft:
        """The draft of an author's policy; nothing is left out of it."""
        return cls.made(author, [Part(statement, place) for place, statement in enumerate(author.statements)])

    @classmethod
    def made(cls, policy: Policy, parts: Iterable[Part]) -> Draft:
        """The draft that holds some parts and otherwise what a policy holds."""
        ordered = sorted([replace(part, statement=_sorted(part.statement)) for part in parts], key=_rank)
        return cls(rebuilt(policy, [part.statement for part in ordered]), tuple([part.place for part in ordered]))

    @property
    def parts(self) -> tuple[Part, ...]:
        """The statements with their places."""
        return tuple(map(Part, self.policy.statements, self.places))

    def with_parts(self, parts: Iterable[Part]) -> Draft:
        """The draft with other statements."""
        return Draft.made(self.policy, parts)

    def in_order_of(self, author: Policy) -> Policy:
        """The policy, with everything where its author had it; what several statements brought follows the first."""
        order = _AuthorsOrder(author)
        parts = sorted(self.parts, key=lambda part: part.place)
        return rebuilt(self.policy, [order.restored(part) for part in parts])


def rebuilt(policy: Policy, statements: Iterable[Statement]) -> Policy:
    """A policy with other statements, read from its own tree, so that every node knows its place in it."""
    members = [
        Member(JsonString(name), JsonString(text.value))
        for name, text in (("Version", policy.version), ("Id", policy.id))
        if text is not None
    ]
    trees: tuple[Json, ...] = tuple(map(statement_tree, statements))
    members.append(Member(JsonString("Statement"), JsonArray(trees)))
    return parse_tree(JsonObject(tuple(members)), kind=policy.kind, resource_type=policy.resource_type)


def size_of(policy: Policy) -> int:
    """How many characters a policy has as AWS counts them for its kind, when it is written without layout.

    A bare statement counts as a list of one, which is how policies are written here.
    """
    brackets = 0 if policy.is_list or not policy.statements else 2
    return characters(replace(policy, text=None), KINDS[policy.kind].counting) + brackets


def statement_size(statement: Statement) -> int:
    """How many characters a statement has without layout."""
    return len(compact(statement_tree(statement)))


# ------------------------------------------------------------------------------------------------ to JSON


def statement_tree(statement: Statement) -> JsonObject:
    """A statement as JSON: elements in canonical order, a list of one as a bare value, nothing that is empty twice."""
    texts = (("Sid", statement.sid), ("Effect", statement.effect))
    elements: list[tuple[str, Json]] = [(name, JsonString(text.value)) for name, text in texts if text is not None]
    elements += [(one.name, _principals_tree(one)) for one in _principals(statement)]
    elements += [(one.name, _values_tree(one.values)) for one in _listings(statement)]
    if statement.tests:
        elements.append(("Condition", _condition_tree(statement.tests)))
    return _object(elements)


def _principals(statement: Statement) -> list[Principals]:
    return [one for one in (statement.principal, statement.not_principal) if one is not None]


def _listings(statement: Statement) -> list[Listing]:
    lists = (statement.action, statement.not_action, statement.resource, statement.not_resource)
    return [one for one in lists if one is not None]


def _principals_tree(principals: Principals) -> Json:
    if principals.text is not None:
        return JsonString(principals.text.value)
    return _object([(group.type.value, _values_tree(group.values)) for group in principals.groups])


def _condition_tree(tests: Iterable[Test]) -> Json:
    blocks: dict[str, list[tuple[str, Json]]] = {}
    for test in tests:
        blocks.setdefault(test.operator.value, []).append((test.key.value, _values_tree(test.values)))
    return _object([(operator, _object(block)) for operator, block in blocks.items()])


def _values_tree(values: tuple[Text, ...]) -> Json:
    items = tuple(map(_scalar, values))
    return items[0] if len(items) == 1 else JsonArray(items)


def _scalar(text: Text) -> Json:
    if text.json_type == "number":
        return JsonNumber(text.value)
    return JsonBoolean(text.value == "true") if text.json_type == "boolean" else JsonString(text.value)


def _object(members: Iterable[tuple[str, Json]]) -> JsonObject:
    return JsonObject(tuple([Member(JsonString(name), value) for name, value in members]))


# ------------------------------------------------------------------------------------------------ order


def _rank(part: Part) -> tuple[str, str, int]:
    sid = part.statement.sid
    return compact(statement_tree(replace(part.statement, sid=None))), sid.value if sid else "", part.place


def _sorted(statement: Statement) -> Statement:
    """A statement with every list sorted and each entry once."""

    def sort(values: tuple[Text, ...], _slot: tuple[str, ...]) -> tuple[Text, ...]:
        return tuple(sorted({text.value: text for text in reversed(values)}.values(), key=lambda text: text.value))

    statement = each_list(statement, sort)
    if statement.condition is not None:
        tests = tuple(sorted(statement.tests, key=lambda test: (test.operator.value, test.key.value)))
        statement = replace(statement, condition=_of_tests(statement.condition, tests))
    for principals in _principals(statement):
        groups = tuple(sorted(principals.groups, key=lambda group: group.type.value))
        statement = _with_principals(statement, replace(principals, groups=groups))
    return statement


def _of_tests(condition: Condition, tests: tuple[Test, ...]) -> Condition | None:
    operators = tuple(dict.fromkeys([test.operator for test in tests]))
    return replace(condition, tests=tests, operators=operators) if tests else None


def _with_listing(statement: Statement, listing: Listing) -> Statement:
    if listing.name == "Action":
        return replace(statement, action=listing)
    if listing.name == "NotAction":
        return replace(statement, not_action=listing)
    if listing.name == "Resource":
        return replace(statement, resource=listing)
    return replace(statement, not_resource=listing)


def _with_principals(statement: Statement, principals: Principals) -> Statement:
    if principals.name == "Principal":
        return replace(statement, principal=principals)
    return replace(statement, not_principal=principals)


def each_list(statement: Statement, change: ListChange) -> Statement:
    """A statement with each of its lists changed; the change is told which list it has before it."""
    for listing in _listings(statement):
        statement = _with_listing(statement, replace(listing, values=change(listing.values, (listing.name,))))
    for principals in _principals(statement):
        groups = tuple(
            [
                replace(group, values=change(group.values, (principals.name, group.type.value)))
                for group in principals.groups
            ]
        )
        statement = _with_principals(statement, replace(principals, groups=groups))
    if statement.condition is not None:
        tests = [
            replace(test, values=change(test.values, ("Condition", test.operator.value, test.key.value)))
            for test in statement.tests
        ]
        statement = replace(statement, condition=replace(statement.condition, tests=tuple(tests)))
    return statement


class _AuthorsOrder:
    """Where an author had the entries of lists, the tests and the types of principals."""

    def __init__(self, author: Policy) -> None:
        self._own: list[dict[tuple[str, ...], int]] = []
        self._all: dict[tuple[str, ...], int] = {}
        for statement in author.statements:
            own: dict[tuple[str, ...], int] = {}
            self._own.append(own)

            def note(
                values: tuple[Text, ...], slot: tuple[str, ...], own: dict[tuple[str, ...], int] = own
            ) -> tuple[Text, ...]:
                # The list itself has a place, too: that of its operator and key, or of its type of principal.
                for key in (slot[:2], slot, *[(*slot, text.value.lower()) for text in values]):
                    own.setdefault(key, len(own))
                    self._all.setdefault(key, len(self._all))
                return values

            each_list(statement, note)

    def restored(self, part: Part) -> Statement:
        """A statement with everything in the author's order."""
        own = self._own[part.place]

        def rank(key: tuple[str, ...]) -> tuple[int, int, tuple[str, ...]]:
            if key in own:
                return 0, own[key], key
            return (1, self._all[key], key) if key in self._all else (2, 0, key)

        def arrange(values: tuple[Text, ...], slot: tuple[str, ...]) -> tuple[Text, ...]:
            return tuple(sorted(values, key=lambda text: (rank((*slot, text.value.lower())), text.value)))

        statement = each_list(part.statement, arrange)
        if statement.condition is not None:
            tests = sorted(
                statement.tests,
                key=lambda test: (
                    rank(("Condition", test.operator.value)),
                    rank(("Condition", test.operator.value, test.key.value)),
                ),
            )
            statement = replace(statement, condition=replace(statement.condition, tests=tuple(tests)))
        for principals in _principals(statement):
            ranks = {group: rank((principals.name, group.type.value)) for group in principals.groups}
            groups = tuple(sorted(principals.groups, key=ranks.__getitem__))
            statement = _with_principals(statement, replace(principals, groups=groups))
        return statement
