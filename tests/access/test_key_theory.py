from __future__ import annotations

from itertools import combinations
from random import Random
from typing import Any

import pytest

from jfml_policies.access.contents import Written, values_of
from jfml_policies.access.key_test import KeyTest, Quantifier, form_of
from jfml_policies.access.key_theory import KeySolution, holds_for, solve_key
from jfml_policies.access.letters import Letters
from jfml_policies.access.value_sets import EVERYTHING, FIRST_LETTER, Texts
from jfml_policies.errors import BudgetExceededError
from jfml_policies.patterns.glob import Glob
from jfml_policies.policy.parse import parse_document

WORDS = ("", "a", "b", "aa", "ab", "ba", "bb", "x")
PATTERNS = ("a", "b", "ab", "a*", "*b", "?", "*", "", "?*")
NUMBERS = tuple(str(half / 2) for half in range(-4, 18))
INSTANTS = ("2025-12-31T23:59:59Z", "2026-01-01", "2026-01-01T00:00:01Z", "2026-06-01", "2027-01-01", "1e9", "0", "-5")
ADDRESSES = (*[f"10.0.0.{last}" for last in range(9)], "9.9.9.9", "11.0.0.0", "::1", "2001:db8::", "2001:db9::")
NETWORKS = ("10.0.0.0/30", "10.0.0.2/31", "10.0.0.5", "10.0.0.0/8", "0.0.0.0/0", "::/0", "2001:db8::/32", "::1")
COMPARISONS = ("Equals", "NotEquals", "LessThan", "LessThanEquals", "GreaterThan", "GreaterThanEquals")


def sets_of(words: tuple[str, ...], *, several: bool) -> list[tuple[str, ...]]:
    """Every value that a key may have, of some words: none, one, or up to three."""
    return [some for size in range(4 if several else 2) for some in combinations(words, size)]


def random_key_test(chance: Random) -> tuple[KeyTest, bool]:
    texts = Texts(tuple(map(Glob.parse, chance.sample(PATTERNS, chance.choice((0, 1, 1, 2, 3))))))
    quantifiers: tuple[Quantifier, ...] = ("one", "any", "all")
    quantifier = chance.choice(quantifiers)
    absent = chance.random() < 0.5 or quantifier == "all"
    return KeyTest("k", quantifier, absent, texts), chance.random() < 0.5


@pytest.mark.parametrize("several", [False, True])
@pytest.mark.parametrize("seed", range(3))
def test_values_are_found_exactly_when_there_are_some(seed: int, several: bool) -> None:
    """Against every set of up to three short texts: "none" is never wrong, and what is found meets every test."""
    chance = Random(seed)
    values = sets_of(WORDS, several=several)
    found = empty = 0
    for _ in range(400):
        tests = [random_key_test(chance) for _ in range(chance.choice((1, 2, 3, 4)))]
        solution = solve_key(tests, may_have_several=several)
        if solution is None:
            empty += 1
            assert [] == [some for some in values if all(holds_for(test, some) == wanted for test, wanted in tests)]
        else:
            found += 1
            assert solution.is_exact
            assert several or len(solution.values) <= 1
            assert len(set(solution.values)) == len(solution.values)
            assert all(holds_for(test, solution.values) == wanted for test, wanted in tests)

    assert min(found, empty) > 30


def as_tests(*written: tuple[str, list[str]]) -> list[tuple[KeyTest, bool]]:
    """Tests of one key, as a policy writes them."""
    found = []
    for operator, values in written:
        condition = {"Condition": {operator: {"k": values}}}
        (test,) = parse_document({"Statement": condition}).statements[0].tests
        form = form_of(test)
        assert form is not None
        assert form.operator is not None
        meant = Written.of([value.value for value in test.values], has_variables=False)
        some = values_of(meant, Letters(), form.operator, "k", may_have_several=True)
        found.append((KeyTest("k", form.quantifier, form.absent, some), form.positive))
    return found


@pytest.mark.parametrize(
    ("family", "comparisons", "points", "values"),
    [
        ("Numeric", COMPARISONS, ("0", "3", "3.5", "4", "4.0", "-1"), NUMBERS),
        ("Date", COMPARISONS, ("2026-01-01", "2026-01-01T00:00:01Z", "1767225600", "2026-06-01", "0"), INSTANTS),
    ],
)
@pytest.mark.parametrize("several", [False, True])
def test_numbers_and_dates(
    family: str, comparisons: tuple[str, ...], points: tuple[str, ...], values: tuple[str, ...], several: bool
) -> None:
    """The same for values on a line; a value between two neighbours, below and above all is found, too."""
    chance = Random(family)
    for _ in range(250):
        written: list[Any] = [
            (chance.choice(("", "ForAnyValue:", "ForAllValues:")) + family + chance.choice(comparisons), points_of)
            for points_of in (chance.sample(points, chance.choice((1, 1, 2))) for _ in range(chance.choice((1, 2, 3))))
        ]
        tests = [(test, wanted != (chance.random() < 0.3)) for test, wanted in as_tests(*written)]
        check_against(tests, values, several=several)


@pytest.mark.parametrize("several", [False, True])
def test_addresses(several: bool) -> None:
    """The same for addresses of both versions."""
    chance = Random(0)
    for _ in range(250):
        written: list[Any] = [
            (chance.choice(("IpAddress", "NotIpAddress", "IpAddressIfExists")), chance.sample(NETWORKS, k=count))
            for count in (chance.choice((1, 2, 3)) for _ in range(chance.choice((1, 2, 3))))
        ]
        check_against(as_tests(*written), ADDRESSES, several=several)


def check_against(tests: list[tuple[KeyTest, bool]], values: tuple[str, ...], *, several: bool) -> None:
    for is_readable in (True, False):
        solution = solve_key(tests, may_have_several=several, is_readable=is_readable)
        some = values if is_readable else (*values, "neither", "")
        sets = sets_of(some, several=False) + (list(combinations(some, 2)) if several else [])
        if solution is None:
            assert [] == [one for one in sets if all(holds_for(test, one) == wanted for test, wanted in tests)]
        else:
            assert all(holds_for(test, solution.values) == wanted for test, wanted in tests)


def test_a_domain_limits_the_values() -> None:
    """A key that is true or false is nothing else."""
    true_or_false = Texts((Glob.literal("true", fold_case=True), Glob.literal("false", fold_case=True)))
    neither = [
        (KeyTest("k", "one", absent=False, values=Texts((Glob.literal(word, fold_case=True),))), False)
        for word in ("true", "false")
    ]
    present = (KeyTest("k", "any", absent=False, values=EVERYTHING), True)

    assert None is solve_key([*neither, present], may_have_several=False, domain=true_or_false)
    assert solve_key([*neither, present], may_have_several=False) is not None
    assert KeySolution(()) == solve_key(neither, may_have_several=False, domain=true_or_false)


def test_values_of_different_types() -> None:
    """Texts beside numbers: a value is found where one is easy to find, and "none" is said only where texts clash."""
    number, text, other = as_tests(
        ("NumericLessThan", ["5"]), ("StringEquals", ["ten", "4"]), ("StringEquals", ["twelve"])
    )
    like, not_four = as_tests(("StringLike", ["*4"]), ("StringNotEquals", ["3", "4"]))

    assert KeySolution(("4",)) == solve_key([number, text], may_have_several=False)
    assert None is solve_key([text, other], may_have_several=False)
    assert None is solve_key([number, text, other], may_have_several=False)
    assert None is solve_key([number, text, not_four], may_have_several=False)
    # `04` would do, but nobody looks for other writings of a number.
    with pytest.raises(BudgetExceededError, match="different types"):
        solve_key([number, like, not_four], may_have_several=False)


def test_a_variable_beside_numbers_rules_nothing_out() -> None:
    """A text with a variable may be the very word that a list holds, so the word is not ruled out by it."""
    variable = (KeyTest("k", "one", absent=False, values=Texts((Glob.literal(FIRST_LETTER),))), True)
    number, words = as_tests(("NumericLessThan", ["5"]), ("StringEquals", ["4", "x"]))

    assert solve_key([number, words, variable], may_have_several=False) is not None


def test_numbers_that_cannot_be_written() -> None:
    """Where the only value that might do is too long for a request, there is no answer."""
    tiny = as_tests(("NumericGreaterThan", ["0"]), ("NumericLessThan", ["1e-300"]))
    with pytest.raises(BudgetExceededError):
        solve_key(tiny, may_have_several=False)
