"""Which values can a condition key have, given tests on it that must hold and tests that must fail?

The values are none (the key is absent), one, or several for keys that may have several. Each case is decided apart;
every test asks about single values only, so one value for each "some value is ..." is enough.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from jfml_policies.access.text_theory import Solution, solve_texts
from jfml_policies.access.value_sets import EVERYTHING, Addresses, Line, Texts, all_words
from jfml_policies.errors import BudgetExceededError
from jfml_policies.patterns.glob import Glob
from jfml_policies.record import record

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jfml_policies.access.key_test import KeyTest
    from jfml_policies.access.value_sets import ValueSet

__all__ = ["KeySolution", "holds_for", "solve_key"]

#: Neither a number nor a date nor an address: in none of the sets of those.
_UNREADABLE: Final = "other"


@record
class KeySolution:
    """Values that a key may have; `is_exact` is False where letters took part."""

    values: tuple[str, ...]
    is_exact: bool = True


def solve_key(
    tests: Sequence[tuple[KeyTest, bool]],
    *,
    may_have_several: bool,
    domain: Texts | None = None,
    is_readable: bool = False,
) -> KeySolution | None:
    """Values under which each test has the wanted answer; None when there are none.

    Args:
        tests: each with the answer that it must give.
        may_have_several: whether the key may have more than one value.
        domain: what values there are, where not all texts are values.
        is_readable: whether every value is a number, a date or an address, whichever the tests compare it with.

    Raises:
        BudgetExceededError: no answer was found in time, or sets of different types meet and no value was found.
    """
    if all(test.absent == wanted for test, wanted in tests):
        return KeySolution(())
    needs: list[tuple[ValueSet, bool]] = [] if domain is None else [(domain, True)]
    one = _solve_value(needs + [(test.values, wanted) for test, wanted in tests], is_readable=is_readable)
    if one is not None:
        return KeySolution((one.text,), one.is_exact)
    return _solve_several(tests, needs, is_readable=is_readable) if may_have_several else None


def holds_for(test: KeyTest, values: tuple[str, ...]) -> bool:
    """The answer of a test on some values."""
    if not values:
        return test.absent
    if test.quantifier == "one":
        return len(values) == 1 and test.values.holds(values[0])
    hits = (test.values.holds(value) for value in values)
    return any(hits) if test.quantifier == "any" else all(hits)


def _solve_several(
    tests: Sequence[tuple[KeyTest, bool]], needs: Sequence[tuple[ValueSet, bool]], *, is_readable: bool
) -> KeySolution | None:
    """At least two values."""
    every = list(needs)
    some: list[tuple[ValueSet, bool]] = []
    for test, wanted in tests:
        if test.quantifier == "one":
            if wanted:
                return None
        elif test.quantifier == "any":
            (some if wanted else every).append((test.values, wanted))
        else:
            (every if wanted else some).append((test.values, wanted))
    found: dict[str, None] = {}
    exact = True
    for need in some or [(EVERYTHING, True)]:
        solution = _solve_value([*every, need], is_readable=is_readable)
        if solution is None:
            return None
        found[solution.text] = None
        exact = exact and solution.is_exact
    if len(found) == 1:
        first = next(iter(found))
        other = _solve_value([*every, (Texts((Glob.literal(first),)), False)], is_readable=is_readable)
        if other is None:
            return None
        found[other.text] = None
        exact = exact and other.is_exact
    return KeySolution(tuple(found), exact)


def _solve_value(needs: Sequence[tuple[ValueSet, bool]], *, is_readable: bool) -> Solution | None:
    """One value that is in the sets marked True and not in those marked False."""
    typed = [(values, wanted) for values, wanted in needs if not isinstance(values, Texts)]
    texts = [(values, wanted) for values, wanted in needs if isinstance(values, Texts)]
    if not typed:
        return solve_texts([v for v, wanted in texts if wanted], [v for v, wanted in texts if not wanted])
    for candidate in _candidates([values for values, _ in typed], is_readable=is_readable):
        if all(values.holds(candidate) == wanted for values, wanted in needs):
            return Solution(candidate)
    if _is_one_type([values for values, _ in typed]) and all(values == EVERYTHING for values, _ in texts):
        return None
    return _solve_mixed(typed, texts)


def _solve_mixed(typed: Sequence[tuple[ValueSet, bool]], texts: Sequence[tuple[Texts, bool]]) -> Solution | None:
    """Sets of texts beside sets of numbers: each of few texts is tried, or one that writes no number.

    Raises:
        BudgetExceededError: neither a value nor a proof that there is none was found.
    """
    for values, wanted in texts:
        words = all_words(values) if wanted else None
        if words is not None and not any(others.letters for others, _ in texts):
            meets_all = (word for word in words if all(one.holds(word) == must for one, must in (*typed, *texts)))
            return next(map(Solution, meets_all), None)
    solution = solve_texts([v for v, wanted in texts if wanted], [v for v, wanted in texts if not wanted])
    if solution is None:
        return None
    if all(values.holds(solution.text) == wanted for values, wanted in typed):
        return solution
    raise BudgetExceededError("a condition key is compared as values of different types")


def _is_one_type(sets: Sequence[ValueSet]) -> bool:
    return len({values.read if isinstance(values, Line) else type(values) for values in sets}) == 1


def _candidates(sets: Sequence[ValueSet], *, is_readable: bool) -> Iterator[str]:
    """Values that, one for each piece that the sets cut their line into, try every combination of answers.

    Raises:
        BudgetExceededError: after the last one, when some piece has no value that could be written.
    """
    is_complete = True
    lines = [values for values in sets if isinstance(values, Line)]
    if lines:
        points = sorted({point for values in lines for point in values.points})
        for value in _around(points):
            text = lines[0].write(value)
            is_complete = is_complete and lines[0].read(text) == value
            yield text
    for version in (4, 6):
        starts = {0}
        for values in sets:
            if isinstance(values, Addresses):
                for network in values.networks:
                    if network.version == version:
                        starts |= {network.first, network.last + 1}
        limit = 1 << (32 if version == 4 else 128)
        if any(isinstance(values, Addresses) for values in sets):
            for start in sorted(starts):
                if start < limit:
                    yield _write_address(version, start)
    if not is_readable:
        yield _UNREADABLE
    if not is_complete:
        raise BudgetExceededError("a condition compares with a number that is too long to be written")


def _around(points: list[Fraction]) -> Iterator[Fraction]:
    """Each point, a value between each two neighbours, one below and one above all."""
    if not points:
        yield Fraction(0)
        return
    yield points[0] - 1
    for place, point in enumerate(points):
        yield point
        yield (point + points[place + 1]) / 2 if place + 1 < len(points) else point + 1


def _write_address(version: int, number: int) -> str:
    if version == 4:
        return ".".join(str(number >> shift & 255) for shift in (24, 16, 8, 0))
    import ipaddress

    return str(ipaddress.IPv6Address(number))
