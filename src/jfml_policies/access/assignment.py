"""A state in which the keys behind policy variables get values, one after the other.

Each step replaces the letters of a key by what they then mean and asks anew which values the dimensions leave. So a
step that leaves a dimension none is a proof, and what is left suggests values for the keys to come.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

from jfml_policies.access.key_test import KeyTest
from jfml_policies.access.key_theory import KeySolution
from jfml_policies.access.letter_values import values_at_letter
from jfml_policies.access.letters import Letter
from jfml_policies.access.space import ACTION, PRINCIPAL, RESOURCE
from jfml_policies.access.text_theory import Solution, solve_resource
from jfml_policies.access.value_sets import EVERYTHING, LAST_LETTER, Texts
from jfml_policies.errors import BudgetExceededError
from jfml_policies.patterns.glob import ANYTHING, Glob
from jfml_policies.record import record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from jfml_policies.access.search import State
    from jfml_policies.access.space import Dimension, Space

__all__ = ["PRESENT", "Assignment", "Choice"]

#: What a key is taken to be: a value, `PRESENT` for any value, None for absent.
Choice: TypeAlias = "str | None"
#: No value is this very text: it holds a character that policies must not hold.
PRESENT: Final = LAST_LETTER

#: Sets that limit the value of a key, told from where its variables stand.
_MOST_LIMITS: Final = 8

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
        for key, test in _mirrored(space, needs):
            needs[key] = (*needs.get(key, ()), (test, True))
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
        needs[key] = (*needs.get(key, ()), *self.demands(key, choice))
        for dimension in changed:
            solution = self._solve(dimension, needs[dimension])
            if solution is None:
                return None
            found[dimension] = solution
        return Assignment(self.space, needs, found)

    def demands(self, key: str, choice: Choice) -> list[_Need]:
        """What a choice asks of the values of its key; of a present key, that they fit where its variables stand."""
        if choice is None or choice == PRESENT:
            present = (KeyTest(key, "any", absent=False, values=EVERYTHING), choice == PRESENT)
            return [present, *[(_is_in(key, texts), True) for texts in self.beside(key) if choice == PRESENT]]
        return [(_is_in(key, Texts((Glob.literal(choice),))), True)]

    def beside(self, key: str) -> list[Texts]:
        """Sets that the value of a key is in if it has one, told from what is demanded where its variables stand."""
        return self._limits(key, self._pairs(key))[:_MOST_LIMITS]

    def hints(self, key: str) -> list[Texts]:
        """Sets in which a value that fits may be: the same for each pattern with the key's variable alone."""
        return self._limits(key, ((Texts((glob,)), other) for texts, other in self._pairs(key) for glob in texts.globs))

    def _pairs(self, key: str) -> Iterator[tuple[Texts, Texts]]:
        """Sets in which a key's variable stands, each with another one that the same value must be in."""
        letters = self.letters_of(key)
        for dimension in self.needs:
            if not self.space.may_have_several(key) and not self.space.may_have_several(dimension):
                wanted = self.wanted(dimension)
                for texts in wanted:
                    if not letters.isdisjoint(texts.letters):
                        yield from [(texts, other) for other in wanted if other is not texts]

    def _limits(self, key: str, pairs: Iterable[tuple[Texts, Texts]]) -> list[Texts]:
        letters = self.letters_of(key)
        found = [values_at_letter(texts, letters, other) for texts, other in pairs]
        return [limit for limit in found if limit is not None and ANYTHING not in limit.globs]

    def wanted(self, dimension: Dimension) -> list[Texts]:
        """The sets of texts that the value of a dimension must be in; none where it need not have one."""
        contents = [content for content, wanted in self.needs.get(dimension, ()) if wanted]
        tests = [content for content in contents if isinstance(content, KeyTest)]
        found = [content for content in contents if isinstance(content, Texts)]
        if not all(test.absent for test in tests):
            found += [test.values for test in tests if isinstance(test.values, Texts)]
        return found

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


def _is_in(key: str, texts: Texts) -> KeyTest:
    return KeyTest(key, "one", absent=False, values=texts)


def _mirrored(space: Space, needs: Mapping[Dimension, tuple[_Need, ...]]) -> list[tuple[str, KeyTest]]:
    """What a key that must equal another's variable says of that other key: it equals the variable of the first.

    Nothing new is demanded, but where `a` is `${b}` and `b` is not `${a}`, `b` is left nothing now.
    """
    found: list[tuple[str, KeyTest]] = []
    for key, some in needs.items():
        for content, wanted in some:
            equal = _equal_variable(space, content) if wanted else None
            # Nobody else would notice where the first key has no variable.
            if equal is not None and any(meaning.key == key for meaning in space.letters.meanings.values()):
                other, fold_case = equal
                own = Texts((Glob((space.letters.letter(Letter(key, None)),), fold_case),))
                found.append((other, KeyTest(other, "one", absent=False, values=own)))
    return found


def _equal_variable(space: Space, content: Texts | KeyTest) -> tuple[str, bool] | None:
    """The key whose single value a key must equal, and whether letter case is ignored; None where it need not."""
    if not isinstance(content, KeyTest) or content.absent or space.may_have_several(content.key):
        return None
    values = content.values
    if not isinstance(values, Texts) or values.unsettled or len(values.globs) != 1:
        return None
    (glob,) = values.globs
    meaning = space.letters.meanings.get(glob.text) if len(glob.tokens) == 1 else None
    if meaning is None or meaning.default is not None or space.may_have_several(meaning.key):
        return None
    return meaning.key, glob.fold_case
