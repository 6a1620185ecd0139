"""A second engine for comparing: policies as formulas over strings, decided by z3. Tests and benchmarks use it.

The encoding shares nothing with the algebra but the parser and the table of operators. It reads the semantics as the
evaluator does, but says it once for all requests: an action, a resource, whether each key is there, and its values.
What it cannot say without quantifiers (two `*` around a variable) is left out.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from fractions import Fraction
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from jfml_policies.policy.nodes import Listing, Policy, Statement, Test
from jfml_policies.policy.operators import Operator, parse_operator
from jfml_policies.policy.values import read_instant, read_network, read_number

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["UnsupportedError", "is_possible"]

z3: Any = import_module("z3")  # it has no types

TRUE: Final[Any] = z3.BoolVal(val=True)
FALSE: Final[Any] = z3.BoolVal(val=False)

SEVERAL = {"aws:tagkeys", "aws:calledvia"}
#: Values that a key with several may have at once; one for each test on the key are enough, and one more.
MOST_SLOTS = 5


class UnsupportedError(Exception):
    """Something that this encoding does not say."""


# ------------------------------------------------------------------------------------------ patterns

CHARACTER = z3.AllChar(z3.ReSort(z3.StringSort()))
IN_FIELD = z3.Diff(CHARACTER, z3.Re(":"))


def language(tokens: list[str]) -> Any:
    """The regular language of tokens: characters, `**` for any run, `??` for any one, `*:` and `?:` within a field."""
    meanings = {"**": z3.Star(CHARACTER), "??": CHARACTER, "*:": z3.Star(IN_FIELD), "?:": IN_FIELD}
    parts = [meanings.get(token) if token in meanings else z3.Re(token) for token in tokens] or [z3.Re("")]
    return parts[0] if len(parts) == 1 else z3.Concat(*parts)


def tokenised(text: str, *, wildcards: bool, variables: bool) -> list[str | tuple[str, str | None]]:
    """Tokens of a text; a variable is a pair of key and default."""
    tokens: list[str | tuple[str, str | None]] = []
    place = 0
    while place < len(text):
        end = text.find("}", place)
        if variables and text.startswith("${", place) and end > 0:
            inner = text[place + 2 : end]
            key, comma, default = inner.partition(",")
            if inner in ("*", "?", "$"):
                tokens.append(inner)
            else:
                tokens.append((key.lower(), default.strip()[1:-1] if comma else None))
            place = end + 1
            continue
        character = text[place]
        tokens.append({"*": "**", "?": "??"}.get(character, character) if wildcards else character)
        place += 1
    return tokens


def in_fields(tokens: list[Any], *, completed: bool) -> list[Any] | None:
    """An ARN pattern's tokens: wildcards of the first five fields stop at colons; None for what matches nothing."""
    colons = 0
    found: list[Any] = []
    for one in tokens:
        if colons < 5 and isinstance(one, tuple):
            raise UnsupportedError("a variable before an ARN's last field")
        colons += int(one == ":" and colons < 5)
        found.append({"**": "*:", "??": "?:"}.get(one, one) if colons < 5 else one)
    if colons < 5 and not completed:
        return None
    while colons < 5:
        colons += 1
        found += [":", "**" if colons == 5 else "*:"]
    return found


# ------------------------------------------------------------------------------------------ requests


@dataclass
class World:
    """The unknowns of a request."""

    several: Mapping[str, int]
    action: Any = field(default_factory=lambda: z3.String("action"))
    resource: Any = field(default_factory=lambda: z3.String("resource"))
    slots: dict[str, list[tuple[Any, Any]]] = field(default_factory=dict)
    typed: dict[str, Any] = field(default_factory=dict)
    families: dict[str, str] = field(default_factory=dict)

    def values(self, key: str) -> list[tuple[Any, Any]]:
        """For each value that a key may have: whether it is there, and its text."""
        if key not in self.slots:
            count = self.several.get(key, 1)
            if count > MOST_SLOTS:
                raise UnsupportedError("many tests on one key")
            self.slots[key] = [(z3.Bool(f"{key} has {n}"), z3.String(f"{key} {n}")) for n in range(count)]
        return self.slots[key]

    def variable(self, key: str, default: str | None) -> list[tuple[Any, Any]]:
        """What a variable stands for: each text with the condition under which it does."""
        if key in self.several or self.families.setdefault(key, "text") != "text":
            raise UnsupportedError("a variable of a key with several values, or with other values than texts")
        ((present, text),) = self.values(key)
        return [(present, text)] if default is None else [(present, text), (z3.Not(present), z3.StringVal(default))]

    def bounds(self) -> Any:
        """What every request is: an action has one colon, a resource is an ARN or `*`."""
        name = z3.Plus(IN_FIELD)
        arn = language([*"arn:", "*:", ":", "*:", ":", "*:", ":", "*:", ":", "**"])
        return z3.And(
            z3.InRe(self.action, z3.Concat(name, z3.Re(":"), name)),
            z3.Or(self.resource == "*", z3.InRe(self.resource, arn)),
        )


def is_like(world: World, text: Any, tokens: list[Any]) -> Any:
    """Whether a text matches tokens, of which some may be variables."""
    if not any(isinstance(token, tuple) for token in tokens):
        return z3.InRe(text, language(tokens))
    if sum(token in ("**", "*:") for token in tokens) > 1 or "?:" in tokens:
        raise UnsupportedError("a variable beside several `*`")
    place = next((place for place, token in enumerate(tokens) if token in ("**", "*:")), len(tokens))
    conditions, before, before_length = laid_out(world, text, tokens[:place], z3.IntVal(0))
    more, after, after_length = laid_out(world, text, tokens[place + 1 :], None)
    length = before_length + after_length
    fits = [*conditions, *more, *before]
    if place == len(tokens):
        return z3.And(*fits, z3.Length(text) == length)
    fits += [piece(z3.Length(text) - after_length) for piece in after]
    if tokens[place] == "*:":
        middle = z3.SubString(text, before_length, z3.Length(text) - length)
        fits.append(z3.Not(z3.Contains(middle, ":")))
    return z3.And(*fits, z3.Length(text) >= length)


def laid_out(world: World, text: Any, tokens: list[Any], start: Any) -> tuple[list[Any], list[Any], Any]:
    """Conditions, what must stand where (from `start`, or as functions of it when None), and the length."""
    conditions: list[Any] = []
    pieces: list[Any] = []
    length: Any = z3.IntVal(0)
    for one in tokens:
        if one == "??":
            length = length + 1
            continue
        if isinstance(one, tuple):
            options = world.variable(*one)
            conditions.append(z3.Or(*[when for when, _ in options]))
            wanted = options[-1][1]
            for when, value in options[:-1]:
                wanted = z3.If(when, value, wanted)
        else:
            wanted = z3.StringVal(one)

        def stands(base: Any, offset: Any = length, wanted: Any = wanted) -> Any:
            return z3.SubString(text, base + offset, z3.Length(wanted)) == wanted

        pieces.append(stands if start is None else stands(start))
        length = length + z3.Length(wanted)
    return conditions, pieces, length


# ------------------------------------------------------------------------------------------ policies


def allows(world: World, policy: Policy) -> Any:
    """Whether a policy allows the request."""
    allow = [about(world, policy, one) for one in policy.statements if one.allows]
    deny = [about(world, policy, one) for one in policy.statements if one.denies]
    return z3.And(z3.Or(*allow), z3.Not(z3.Or(*deny)))


def about(world: World, policy: Policy, statement: Statement) -> Any:
    parts = [holds(world, policy, test) for test in statement.tests]
    for listing in (statement.actions, statement.resources):
        if listing is not None:
            entries = [is_listed(world, policy, listing, value.value) for value in listing.values]
            parts.append(z3.Not(z3.Or(*entries)) if listing.name.startswith("Not") else z3.Or(*entries))
    return z3.And(*parts)


def is_listed(world: World, policy: Policy, listing: Listing, text: str) -> Any:
    if listing.name.endswith("Action"):
        # Requests' actions are in lower case here.
        return is_like(world, world.action, tokenised(text.lower(), wildcards=True, variables=False))
    tokens = tokenised(text, wildcards=True, variables=policy.has_variables)
    if tokens == ["**"]:
        return TRUE
    fields = in_fields(tokens, completed=True)
    return FALSE if fields is None else is_like(world, world.resource, fields)


def holds(world: World, policy: Policy, test: Test) -> Any:
    operator = parse_operator(test.operator.value)
    assert operator is not None
    key = test.key.value.lower()
    values = [value.value for value in test.values]
    slots = world.values(key)
    is_absent = z3.And(*[z3.Not(present) for present, _ in slots])
    if operator.family == "Null":
        return z3.Or(*[is_absent if value == "true" else z3.Not(is_absent) for value in values])

    def is_hit(text: Any) -> Any:
        hit = z3.Or(*[meets(world, policy, operator, key, text, value) for value in values])
        return z3.Not(hit) if operator.negated else hit

    some = z3.Or(*[z3.And(present, is_hit(text)) for present, text in slots])
    every = z3.And(*[z3.Implies(present, is_hit(text)) for present, text in slots])
    if operator.qualifier == "ForAllValues":
        return every
    if operator.qualifier == "ForAnyValue":
        return z3.Or(some, is_absent) if operator.if_exists else some
    count = z3.Sum(*[z3.If(present, 1, 0) for present, _ in slots]) if len(slots) > 1 else None
    is_one = z3.Not(is_absent) if count is None else count == 1
    if operator.negated:
        return z3.Or(z3.Not(is_one), every)
    return z3.Or(z3.And(is_one, every), is_absent) if operator.if_exists else z3.And(is_one, every)


def meets(world: World, policy: Policy, operator: Operator, key: str, text: Any, value: str) -> Any:
    family = "text" if operator.family in ("String", "Arn", "Binary") else operator.family
    if world.families.setdefault(key, family) != family:
        raise UnsupportedError("a key of two types")
    if family in ("Numeric", "Date", "IpAddress", "Bool"):
        if key in world.several or operator.qualifier:
            raise UnsupportedError("several values that are no texts")
        return typed(world, operator, key, value)
    tokens: list[Any] = tokenised(value, wildcards=operator.facts.patterns, variables=policy.has_variables)
    if operator.family == "Arn":
        fields = in_fields(tokens, completed=False)
        return FALSE if fields is None else is_like(world, text, fields)
    if operator.facts.positive == "StringEqualsIgnoreCase":
        if any(isinstance(token, tuple) for token in tokens):
            raise UnsupportedError("a variable in any letter case")
        cases = [z3.Union(z3.Re(c.lower()), z3.Re(c.upper())) if c.isalpha() else z3.Re(c) for c in tokens]
        return z3.InRe(text, z3.Concat(*cases) if len(cases) > 1 else cases[0] if cases else z3.Re(""))
    return is_like(world, text, tokens)


def typed(world: World, operator: Operator, key: str, value: str) -> Any:
    if operator.family == "Bool":
        return world.typed.setdefault(key, z3.Bool(f"{key} value")) == (value.lower() == "true")
    if operator.family == "IpAddress":
        network = read_network(value)
        assert network is not None
        is_v6, number = world.typed.setdefault(key, (z3.Bool(f"{key} is v6"), z3.Int(f"{key} number")))
        limit = z3.If(is_v6, z3.IntVal(2**128), z3.IntVal(2**32))
        is_address = z3.And(number >= 0, number < limit)
        world.typed.setdefault("bounds", []).append(is_address)
        return z3.And(is_v6 == (network.version == 6), number >= network.first, number <= network.last)
    read = read_number if operator.family == "Numeric" else read_instant
    bound = read(value)
    assert isinstance(bound, Fraction)
    number = world.typed.setdefault(key, z3.Real(f"{key} value"))
    point = z3.Q(bound.numerator, bound.denominator)
    compared = {
        "Equals": number == point,
        "LessThan": number < point,
        "LessThanEquals": number <= point,
        "GreaterThan": number > point,
        "GreaterThanEquals": number >= point,
    }
    return compared[operator.facts.positive.removeprefix(operator.family)]


def keys_with_several_values(policies: list[Policy]) -> dict[str, int]:
    """How many values to try of the keys that may have several; unknown keys may under a set operator."""
    tests = [test for policy in policies for statement in policy.statements for test in statement.tests]
    counts = Counter(test.key.value.lower() for test in tests)
    qualified = {test.key.value.lower() for test in tests if ":" in test.operator.value}
    return {
        key: count + 1
        for key, count in counts.items()
        if key in SEVERAL or (key.startswith("acme:") and key in qualified)
    }


def is_possible(allowing: Policy, refusing: Policy, *, milliseconds: int) -> bool | None:
    """Whether a request is allowed by one policy and not by the other; None when that took too long.

    Raises:
        UnsupportedError: a policy says something that this encoding does not say.
    """
    world = World(keys_with_several_values([allowing, refusing]))
    formula = z3.And(allows(world, allowing), z3.Not(allows(world, refusing)))
    solver = z3.Solver()
    solver.set("timeout", milliseconds)
    solver.add(world.bounds(), formula, *world.typed.get("bounds", []))
    answer = solver.check()
    return True if answer == z3.sat else False if answer == z3.unsat else None
