"""A state in which the keys behind policy variables get values, one after the other.

Each step replaces the letters of a key by what they then mean and asks anew which values the dimensions leave. So a
step that leaves a dimension none is a proof, and what is left suggests values for the keys to come.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

from jfml_policies.access.key_test import KeyTest
from jfml_policies.access.key_theory import KeySolution
from jfml_policies.access.letters import Letter
from jfml_policies.access.space import ACTION, PRINCIPAL, RESOURCE
from jfml_policies.access.text_theory import Solution, solve_resource
from jfml_policies.access.value_sets import EVERYTHING, LAST_LETTER, Texts
from jfml_policies.errors import BudgetExceededError
from jfml_policies.patterns.glob import Glob
from jfml_policies.record import record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jfml_policies.access.search import State
    from jfml_policies.access.space import Dimension, Space

__all__ = ["PRESENT", "Assignment", "Choice"]

#: What a key is taken to be: a value, `PRESENT` for any value, None for absent.
Choice: TypeAlias = "str | None"
#: No value is this very text: it holds a character that policies must not hold.
PRESENT: Final = LAST_LETTER

_Need: TypeAlias = "tuple[Texts | KeyTest, bool]"


@record
class Assignment:
    """A state after some choices.

    Attributes:
        space: what numbered the literals.
        needs: for the resource and each condition key, what must hold and what must not.
        found: what each dimension leaves; a dimension that took too long is left with something that is not exact.
    """

    space: Space
    needs: Mapping[Dimension, tuple[_Need, ...]]
    found: Mapping[Dimension, Solution | KeySolution]

    @staticmethod
    def of(space: Space, state: State) -> Assignment:
        """A state before any choice; it must not be known to be empty."""
        needs: dict[Dimension, tuple[_Need, ...]] = {}
        for dimension, box in state.items():
            if dimension not in (ACTION, PRINCIPAL):
                needs[dimension] = tuple([(space.content(literal), literal > 0) for literal in sorted(box)])
        found = {dimension: space.solve(dimension, box) for dimension, box in state.items()}
        return Assignment(space, needs, {name: one for name, one in found.items() if one is not None})

    @property
    def is_exact(self) -> bool:
        """Whether no letter takes part, so that what was found is a request."""
        return all(solution.is_exact for solution in self.found.values())

    @property
    def keys(self) -> list[str]:
        """The keys whose letters take part."""
        letters = {letter for dimension in self.needs for texts in self.texts(dimension) for letter in texts.letters}
        return sorted({self.space.letters.meanings[letter].key for letter in letters})

    def letters_of(self, key: str) -> frozenset[str]:
        """The letters that stand for a key's value."""
        return frozenset([letter for letter, meaning in self.space.letters.meanings.items() if meaning.key == key])

    def texts(self, dimension: Dimension) -> Iterator[Texts]:
        """The sets of texts that the needs of a dimension are about."""
        for content, _ in self.needs.get(dimension, ()):
            values = content.values if isinstance(content, KeyTest) else content
            if isinstance(values, Texts):
                yield values

    def choose(self, key: str, choice: Choice) -> Assignment | None:
        """The assignment after one more choice, or None when that leaves a dimension nothing."""
        meanings = self._meanings(key, choice)
        needs, found = dict(self.needs), dict(self.found)
        changed = {key}
        for dimension, some in self.needs.items():
            if any(not texts.letters.isdisjoint(meanings) for texts in self.texts(dimension)):
                needs[dimension] = tuple([(_replaced(content, meanings), wanted) for content, wanted in some])
                changed.add(dimension)
        needs[key] = (*needs.get(key, ()), _demand(key, choice))
        for dimension in changed:
            solution = self._solve(dimension, needs[dimension])
            if solution is None:
                return None
            found[dimension] = solution
        return Assignment(self.space, needs, found)

    def _meanings(self, key: str, choice: Choice) -> dict[str, str | None]:
        """What the letters of a key mean: where it has a value, all of them that value.

        Not so for a key that may have several: with several values a variable has none, but it has its default.
        """
        meanings: dict[str, str | None] = {}
        for letter in self.letters_of(key):
            if choice is None:
                meanings[letter] = self.space.letters.meanings[letter].default
            elif choice != PRESENT:
                meanings[letter] = choice
            elif not self.space.may_have_several(key):
                meanings[letter] = self.space.letters.letter(Letter(key, None))
        return meanings

    def _solve(self, dimension: Dimension, needs: tuple[_Need, ...]) -> Solution | KeySolution | None:
        try:
            if dimension == RESOURCE:
                texts = [(content, wanted) for content, wanted in needs if isinstance(content, Texts)]
                return solve_resource([t for t, wanted in texts if wanted], [t for t, wanted in texts if not wanted])
            tests = [(content, wanted) for content, wanted in needs if isinstance(content, KeyTest)]
            return self.space.solve_tests(dimension, tests)
        except BudgetExceededError:
            return Solution("", is_exact=False)  # not known to be empty


def _replaced(content: Texts | KeyTest, meanings: Mapping[str, str | None]) -> Texts | KeyTest:
    if isinstance(content, Texts):
        return content.replaced(meanings)
    if not isinstance(content.values, Texts):
        return content
    return KeyTest(content.key, content.quantifier, content.absent, content.values.replaced(meanings))


def _demand(key: str, choice: Choice) -> _Need:
    if choice is None or choice == PRESENT:
        return KeyTest(key, "any", absent=False, values=EVERYTHING), choice == PRESENT
    return KeyTest(key, "one", absent=False, values=Texts((Glob.literal(choice),))), True
