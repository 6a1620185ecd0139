"""Which statements and entries of a policy might add nothing, told from texts alone: one sample request each.

A request that an entry matches and nothing else could match shows that the entry adds something. For nearly all
entries the first request that comes to mind is such a one, so the algebra of `access` is asked about the others only.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from jfml_policies.linter.questions.action_uses import ActionUses, service_of
from jfml_policies.patterns.glob import normalise
from jfml_policies.patterns.letter_case import fold
from jfml_policies.patterns.shape import Shape, fits, meets, shape_of
from jfml_policies.policy.operators import parse_operator

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from jfml_policies.policy.nodes import Listing, Statement

__all__ = ["ELEMENTS", "Element", "SampleRequests"]

Element: TypeAlias = Literal["Action", "Resource"]
ELEMENTS: Final[tuple[Element, ...]] = ("Action", "Resource")

_OPEN: Final = re.compile(r"[*?]|\$\{")
_VARIABLE: Final = re.compile(r"\$\{[^}]*\}")
#: A character that no policy writes.
_FRESH: Final = "\0"
#: Samples of one statement that are tried; more would not tell much more.
_MOST_SAMPLES: Final = 4
_FIELDS: Final = 5


class _Entries:
    """The texts of one element; every text lies in an element that is missing or negated."""

    __slots__ = ("_everything", "_open", "_prefix_lengths", "_whole", "texts")

    def __init__(self, listing: Listing | None, *, fold_case: bool) -> None:
        values = [] if listing is None else [text.value for text in listing.values]
        self.texts = [fold(value) for value in values] if fold_case else values
        self._everything = listing is None
        self._whole: dict[str, int] = {}
        self._open: dict[str, list[tuple[int, Shape]]] = {}
        for number, text in enumerate(self.texts):
            found = _OPEN.search(text)
            if found is None:
                self._whole.setdefault(text, number)
            else:
                # A variable stands for any text here: more is thought to match than does.
                shape = shape_of(normalise(_VARIABLE.sub("*", text)))
                self._open.setdefault(text[: found.start()], []).append((number, shape))
        self._prefix_lengths = sorted({len(prefix) for prefix in self._open})

    def hold(self, word: str, *, but: int = -1) -> bool:
        """Whether a text may lie in them, one of them left out."""
        if self._everything or self._whole.get(word, but) != but:
            return True
        return any(number != but and fits(shape, word) for number, shape in self._beginning(word))

    def meet(self, text: str) -> bool:
        """Whether a text may lie in them and match an entry written like `text`."""
        if self._everything:
            return True
        found = _OPEN.search(text)
        if found is None:
            return self.hold(text)
        prefix = text[: found.start()]
        shape = shape_of(normalise(_VARIABLE.sub("*", text)))
        if any(word.startswith(prefix) and fits(shape, word) for word in self._whole):
            return True
        near = (other for begun, some in self._open.items() if _agree(begun, prefix) for _, other in some)
        return any(meets(shape, other) for other in near)

    def _beginning(self, word: str) -> Iterator[tuple[int, Shape]]:
        for length in self._prefix_lengths:
            if length > len(word):
                break
            yield from self._open.get(word[:length], ())


class SampleRequests:
    """Answers for the statements of one policy, by their positions.

    >>> from jfml_policies.policy.parse import parse_text
    >>> samples = SampleRequests(
    ...     parse_text('''{"Statement": [
    ...     {"Effect": "Allow", "Action": ["s3:Get*", "sqs:*"], "Resource": "arn:aws:s3:::a/*"},
    ...     {"Effect": "Allow", "Action": ["s3:GetObject", "s3:PutObject"], "Resource": "arn:aws:s3:::a/b"},
    ...     {"Effect": "Deny", "Action": "s3:PutObject", "Resource": "*"}
    ... ]}''').statements
    ... )
    >>> [samples.may_be_covered(place) for place in range(3)]
    [False, True, False]
    >>> samples.may_be_covered(0, "Action", 0), samples.deciding(1, "Action", 1)
    (False, (2,))
    """

    __slots__ = (
        "_by_service",
        "_elements",
        "_has_variables",
        "_keys",
        "_needed_keys",
        "_samples",
        "_services",
        "_statements",
        "_uses",
    )

    def __init__(self, statements: Sequence[Statement]) -> None:
        self._statements = statements
        self._uses = ActionUses(statements)
        self._keys = [frozenset(test.key.value.lower() for test in one.tests) for one in statements]
        self._needed_keys = [_needed_keys(one) for one in statements]
        self._has_variables = [_has_variables(one) for one in statements]
        self._services = [
            frozenset(map(service_of, texts)) if one.action is not None else frozenset(("",))
            for one, texts in zip(statements, self._uses.by_statement, strict=True)
        ]
        self._by_service: dict[str, list[int]] = {}
        for place, services in enumerate(self._services):
            for service in services:
                self._by_service.setdefault(service, []).append(place)
        # Made when they are asked for: most policies need few of them.
        self._elements: dict[tuple[int, Element], _Entries] = {}
        self._samples: dict[tuple[int, Element], list[str | None]] = {}

    def may_be_covered(self, place: int, name: Element = "Action", entry: int | None = None) -> bool:
        """Whether others of the same effect, or Denies, may decide all requests of a statement or of one entry.

        For an entry the rest of its list counts as another, too.
        """
        actions = self._uses.by_statement[place]
        if entry is None or name == "Resource":
            has_rivals = not any(map(self._uses.stands_alone, actions))
        else:
            has_rivals = not self._uses.stands_alone(actions[entry])
        if not has_rivals and (entry is None or name == "Action"):
            return False
        samples: dict[Element, list[str | None]] = {}
        if entry is not None:
            own = self._entries(place, name)
            text = own.texts[entry]
            sample = _sample_action(text) if name == "Action" else _sample_resource(text)
            if sample is not None and own.hold(sample, but=entry):
                return True
            samples[name] = [sample]
        return has_rivals and all(
            any(self._holds(other, action, resource) for other in self._rivals(place, action))
            for action in samples.get("Action") or self._sampled(place, "Action")
            for resource in samples.get("Resource") or self._sampled(place, "Resource")
        )

    def _entries(self, place: int, name: Element) -> _Entries:
        found = self._elements.get((place, name))
        if found is None:
            statement = self._statements[place]
            is_action = name == "Action"
            found = _Entries(statement.action if is_action else statement.resource, fold_case=is_action)
            self._elements[place, name] = found
        return found

    def _sampled(self, place: int, name: Element) -> list[str | None]:
        found = self._samples.get((place, name))
        if found is None:
            texts = self._entries(place, name).texts[:_MOST_SAMPLES]
            found = list(map(_sample_action if name == "Action" else _sample_resource, texts or (None,)))
            self._samples[place, name] = found
        return found

    def deciding(self, place: int, name: Element = "Action", entry: int | None = None) -> tuple[int, ...]:
        """The other statements of the same effect, and Denies, that may match a request of a statement or entry."""
        mine = {key: list(self._entries(place, key).texts) for key in ELEMENTS}
        if entry is not None:
            mine[name] = [mine[name][entry]]
        services = self._services[place]
        return tuple(
            [
                other
                for other in self._rivals(place, None)
                if ("" in services or "" in self._services[other] or not services.isdisjoint(self._services[other]))
                and all(
                    not texts or any(self._entries(other, key).meet(text) for text in texts)
                    for key, texts in mine.items()
                )
            ]
        )

    def _rivals(self, place: int, action: str | None) -> Iterable[int]:
        """The others that an action's service does not rule out, whose effect counts, and whose conditions may hold."""
        statement = self._statements[place]
        if action is None:
            near: Iterable[int] = range(len(self._statements))
        else:
            service = action.partition(":")[0]
            near = [other for key in (service, "") for other in self._by_service.get(key, ())]
        # Without its own keys and those of its variables a request needs no condition key.
        is_plain = action is not None and not self._has_variables[place]
        for other in near:
            rival = self._statements[other]
            counts = other != place and (rival.denies or not statement.denies)
            if counts and (self._needed_keys[other] <= self._keys[place] or not is_plain):
                yield other

    def _holds(self, place: int, action: str | None, resource: str | None) -> bool:
        return (action is None or self._entries(place, "Action").hold(action)) and (
            resource is None or self._entries(place, "Resource").hold(resource)
        )


def _sample_action(text: str | None) -> str | None:
    """An action that an entry matches; None where any may be one."""
    if text is None:
        return None
    return text.replace("*", _FRESH if ":" in text else f"{_FRESH}:{_FRESH}", 1).replace("*", _FRESH).replace("?", "_")


def _sample_resource(text: str | None) -> str | None:
    """A resource that an entry matches; None where that takes more thought."""
    if text is None or text == "*":
        return text
    if text.count(":") < _FIELDS or "${" in text:
        return None
    return text.replace("*", _FRESH).replace("?", _FRESH)


def _needed_keys(statement: Statement) -> frozenset[str]:
    """The condition keys without which a request does not match."""
    return frozenset(test.key.value.lower() for test in statement.tests if not _holds_when_absent(test.operator.value))


def _holds_when_absent(written: str) -> bool:
    """Whether a test may hold for a request without its key."""
    operator = parse_operator(written)
    if operator is None or operator.family == "Null" or operator.if_exists or operator.qualifier == "ForAllValues":
        return True
    return operator.negated


def _has_variables(statement: Statement) -> bool:
    listings = (statement.action, statement.resource, statement.not_resource)
    return any("${" in text.value for listing in listings if listing is not None for text in listing.values)


def _agree(one: str, two: str) -> bool:
    return one.startswith(two) or two.startswith(one)
