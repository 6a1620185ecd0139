"""From a state to a concrete request.

Where no policy variable takes part, the solutions of the dimensions make one request. Otherwise each variable's key is
taken to be absent or present in turn; a case that cannot be is proved away, and in the others values are tried. Whoever
asks confirms the requests.
"""

from __future__ import annotations

from itertools import islice, product
from typing import TYPE_CHECKING, Final, TypeAlias

from jfml_policies.access.candidate_values import candidate_values
from jfml_policies.access.key_test import KeyTest
from jfml_policies.access.key_theory import KeySolution, solve_key
from jfml_policies.access.request import Request
from jfml_policies.access.space import ACTION, PRINCIPAL, RESOURCE, Letter
from jfml_policies.access.text_theory import Solution, solve_texts
from jfml_policies.access.value_sets import EVERYTHING, Texts, is_letter
from jfml_policies.errors import BudgetExceededError
from jfml_policies.patterns.glob import Glob
from jfml_policies.record import record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jfml_policies.access.search import State
    from jfml_policies.access.space import Box, Dimension, Space
    from jfml_policies.patterns.tokens import Token

__all__ = ["Attempt", "attempt"]

#: Assignments of values to policy variables that are tried for one case.
_MOST_ASSIGNMENTS: Final = 400
#: Keys in policy variables of one state that are taken to be absent or present in turn.
_MOST_SPLIT_KEYS: Final = 5

#: What replaces a letter: a text, nothing (its glob then matches nothing), or another letter.
_Meanings: TypeAlias = "Mapping[str, str | None]"
_Solutions: TypeAlias = "dict[Dimension, Solution | KeySolution]"


@record
class Attempt:
    """What came of a state.

    Attributes:
        requests: requests to confirm.
        is_possible: False when it was proved that no request is in the state.
    """

    requests: Iterator[Request]
    is_possible: bool


def attempt(space: Space, state: State) -> Attempt:
    """Requests that a state describes: one that holds where no policy variable takes part, else some to be tried."""
    solutions = {dimension: solution for dimension, box in state.items() if (solution := space.solve(dimension, box))}
    if all(solution.is_exact for solution in solutions.values()):
        return Attempt(iter((_request(space, solutions),)), is_possible=True)
    letters = sorted({letter for box in state.values() for texts in _texts_of(space, box) for letter in texts.letters})
    keys = sorted({space.letters[letter].key for letter in letters})
    if len(keys) > _MOST_SPLIT_KEYS:
        return Attempt(_tried(space, state, dict.fromkeys(keys, True)), is_possible=True)
    cases = []
    for presence in product((True, False), repeat=len(keys)):
        case = dict(zip(keys, presence, strict=True))
        if _solve(space, state, _meanings(space, letters, case), case) is not None:
            cases.append(case)
    return Attempt((request for case in cases for request in _tried(space, state, case)), is_possible=bool(cases))


def _tried(space: Space, state: State, presence: Mapping[str, bool]) -> Iterator[Request]:
    """Requests for some values of the keys that are present; a present key may still be tried without a value."""
    pools = [candidate_values(space, state, key) if is_present else [None] for key, is_present in presence.items()]
    for values in islice(product(*pools), _MOST_ASSIGNMENTS):
        assigned = dict(zip(presence, values, strict=True))
        meanings = {}
        for letter, meaning in space.letters.items():
            if meaning.key in assigned:
                value = assigned[meaning.key]
                meanings[letter] = meaning.default if value is None else value
        solutions = _solve(space, state, meanings, {}, assigned)
        if solutions is not None and all(solution.is_exact for solution in solutions.values()):
            yield _request(space, solutions)


def _meanings(space: Space, letters: list[str], presence: Mapping[str, bool]) -> dict[str, str | None]:
    """What letters mean where keys are absent or present: of a present key every letter is the same value."""
    meanings: dict[str, str | None] = {}
    for letter in letters:
        meaning = space.letters[letter]
        meanings[letter] = space.letter(Letter(meaning.key, None)) if presence[meaning.key] else meaning.default
    return meanings


def _solve(
    space: Space,
    state: State,
    meanings: _Meanings,
    presence: Mapping[str, bool],
    values: Mapping[str, str | None] | None = None,
) -> _Solutions | None:
    """Values of every dimension once letters are replaced; None when a dimension has none.

    Args:
        space: what numbered the literals.
        state: the literals.
        meanings: what replaces letters.
        presence: keys that must have a value, or none.
        values: the value that a key must have, or None for none.
    """
    demands: dict[str, list[tuple[KeyTest, bool]]] = {}
    for key, is_present in presence.items():
        demands[key] = [(KeyTest(key, "any", absent=False, values=EVERYTHING), is_present)]
    for key, value in (values or {}).items():
        is_value = KeyTest(key, "one", absent=False, values=Texts((Glob.literal(value or ""),)))
        some = KeyTest(key, "any", absent=False, values=EVERYTHING)
        demands[key] = [(is_value, True)] if value is not None else [(some, False)]
    found: _Solutions = {}
    for dimension in dict.fromkeys([*state, *demands]):
        box = state.get(dimension, frozenset())
        try:
            if dimension in (ACTION, PRINCIPAL):
                solution = space.solve(dimension, box)
            elif dimension == RESOURCE:
                solution = _solve_resource(space, box, meanings)
            else:
                solution = _solve_key(space, dimension, box, meanings, demands.get(dimension, []))
        except BudgetExceededError:
            solution = Solution("", is_exact=False)  # not known to have none
        if solution is None:
            return None
        found[dimension] = solution
    return found


def _solve_resource(space: Space, box: Box, meanings: _Meanings) -> Solution | None:
    inside: list[Texts] = []
    outside: list[Texts] = []
    for literal in sorted(box):
        content = space.content(literal)
        assert isinstance(content, Texts)
        (inside if literal > 0 else outside).append(_replaced(content, meanings))
    return solve_texts(inside, outside)


def _solve_key(
    space: Space, key: str, box: Box, meanings: _Meanings, demands: list[tuple[KeyTest, bool]]
) -> KeySolution | None:
    tests = list(demands)
    for literal in sorted(box):
        test = space.content(literal)
        assert isinstance(test, KeyTest)
        values = _replaced(test.values, meanings) if isinstance(test.values, Texts) else test.values
        tests.append((KeyTest(key, test.quantifier, test.absent, values), literal > 0))
    return solve_key(tests, may_have_several=space.may_have_several(key), domain=space.domain(key))


def _replaced(texts: Texts, meanings: _Meanings) -> Texts:
    """The texts with letters replaced; a glob that holds a letter for nothing matches nothing."""
    if not texts.letters:
        return texts
    globs = [_with_meanings(glob, meanings) for glob in texts.globs]
    return Texts(tuple([glob for glob in globs if glob is not None]))


def _with_meanings(glob: Glob, meanings: _Meanings) -> Glob | None:
    tokens: list[Token] = []
    for token in glob.tokens:
        if not is_letter(token) or token not in meanings:
            tokens.append(token)
            continue
        meaning = meanings[str(token)]
        if meaning is None:
            return None
        tokens += meaning
    return Glob(tuple(tokens), glob.fold_case)


def _request(space: Space, found: _Solutions) -> Request:
    values = {
        name: solution.values if isinstance(solution, KeySolution) else (solution.text,)
        for name, solution in found.items()
    }
    action = values.pop(ACTION, ("s3:GetObject",))[0]
    resource = values.pop(RESOURCE, ("*",))[0]
    fallback = space.principals.first(space.principals.everything()) if space.has_principals else None
    principal = values.pop(PRINCIPAL, (fallback,))[0]
    context: dict[str, str | list[str]] = {
        space.spelling(name): some[0] if len(some) == 1 else list(some) for name, some in sorted(values.items()) if some
    }
    return Request(action, resource, principal, context)


def _texts_of(space: Space, box: Box) -> Iterator[Texts]:
    for literal in box:
        content = space.content(literal)
        values = content.values if isinstance(content, KeyTest) else content
        if isinstance(values, Texts):
            yield values
