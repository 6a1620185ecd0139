"""Unions of globs as automata.

A union of globs becomes one nondeterministic automaton whose states are the bits of a Python integer, so that a step
of thousands of states is a few integer operations.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias, final

from jfml_policies.errors import BudgetExceededError
from jfml_policies.patterns.letter_case import spellings
from jfml_policies.patterns.tokens import ANY_ONE, ANY_RUN, COLON, FIELD_ONE, FIELD_RUN, Token, Wild
from jfml_policies.record import record

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["MAX_STATES", "Machine", "TokenSet"]

#: Characters and single-character wildcards that the patterns of one automaton may have together.
MAX_STATES = 50_000

# Needs are counted for each state; patterns of more different characters than this go without.
_COUNTED_CHARACTERS = 128


#: What a machine is made from: a glob's tokens, and whether it ignores letter case.
TokenSet: TypeAlias = tuple[tuple[Token, ...], bool]


@final
@record(eq=False)
class Machine:
    """A union of globs as an automaton.

    State s of a glob means that its first s single-character tokens are behind; `*` tokens are loops on states. The
    states of different globs lie next to each other. Masks are sets of states.

    Attributes:
        starts: the first state of each glob.
        accept: states where a text may end.
        loop_any, loop_field: states that stay where they are on any character, on any but a colon.
        step_any, step_field: states that advance on any character, on any but a colon.
        steps: states that advance on this character by name.
        named: for each state, the characters by which alone it advances (all spellings), or none.
        needs: for each state, how often each character (its first spelling) must still come.
        remaining: for each state, how many characters must still come at least.
        behind: for each state in `loop_any`, the earlier states of its glob.
        characters: all characters by name, in order of appearance.
        folds: whether its globs ignore case; both when they differ.
    """

    starts: tuple[int, ...]
    accept: int
    loop_any: int
    loop_field: int
    step_any: int
    step_field: int
    steps: dict[str, int]
    named: tuple[tuple[str, ...], ...]
    needs: tuple[dict[str, int], ...]
    remaining: tuple[int, ...]
    behind: dict[int, int]
    characters: tuple[str, ...]
    folds: frozenset[bool]

    @staticmethod
    def of(globs: Iterable[TokenSet]) -> Machine:
        """Return the automaton of a union of globs.

        Raises:
            BudgetExceededError: the globs are longer than `MAX_STATES` together.
        """
        return _Builder().build(globs)

    @property
    def initial(self) -> int:
        """The set of states before the first character."""
        return sum(1 << start for start in self.starts)

    @property
    def has_fields(self) -> bool:
        """True when some wildcard stops at a colon."""
        return bool(self.loop_field or self.step_field)

    def advance(self, states: int, character: str) -> int:
        """Return the states after one more character."""
        move, stay = self.step_any | self.steps.get(character, 0), self.loop_any
        if character != COLON:
            move |= self.step_field
            stay |= self.loop_field
        return (states & move) << 1 | states & stay

    def reduced(self, states: int) -> int:
        """Return fewer states that accept the same texts.

        A state with a `*` accepts all that the earlier states of its glob accept: they would come by it anyway, and
        its `*` takes what they read before.
        """
        stars = states & self.loop_any
        while stars:
            last = stars.bit_length() - 1
            states &= ~self.behind[last]
            stars &= ~(self.behind[last] | 1 << last)
        return states

    def accepts(self, text: str) -> bool:
        """Return True when the union matches `text`."""
        states, done = self.initial, self.accept & self.loop_any
        for character in text:
            if not states or states & done:  # nothing can change any more: a final loop is accepting
                break
            states = self.advance(states, character)
        return bool(states & self.accept)


class _Builder:
    def __init__(self) -> None:
        self.masks: dict[Wild, int] = dict.fromkeys(Wild, 0)
        self.steps: dict[str, int] = {}
        self.named: list[tuple[str, ...]] = []
        self.needs: list[dict[str, int]] = []
        self.remaining: list[int] = []
        self.behind: dict[int, int] = {}

    def build(self, globs: Iterable[TokenSet]) -> Machine:
        starts, accept, folds = [], 0, set()
        for tokens, fold_case in globs:
            start = len(self.named)
            starts.append(start)
            folds.add(fold_case)
            self._add(tokens, fold_case=fold_case)
            last = len(self.named) - 1
            accept |= 1 << last
            self._count_needs(start, last)
        masks = self.masks
        return Machine(
            starts=tuple(starts),
            accept=accept,
            loop_any=masks[ANY_RUN],
            loop_field=masks[FIELD_RUN],
            step_any=masks[ANY_ONE],
            step_field=masks[FIELD_ONE],
            steps=self.steps,
            named=tuple(self.named),
            needs=tuple(self.needs),
            remaining=tuple(self.remaining),
            behind=self.behind,
            characters=tuple(self.steps),
            folds=frozenset(folds),
        )

    def _add(self, tokens: tuple[Token, ...], *, fold_case: bool) -> None:
        start = len(self.named)
        for token in tokens:
            state = len(self.named)
            if state > MAX_STATES:
                raise BudgetExceededError(
                    f"these patterns have more than {MAX_STATES} characters together", hint="compare fewer at a time"
                )
            bit = 1 << state
            if isinstance(token, str):
                names = spellings(token) if fold_case else (token,)
                for name in names:
                    self.steps[name] = self.steps.get(name, 0) | bit
                self.named.append(names)
                continue
            self.masks[token] |= bit
            if token is ANY_RUN:
                self.behind[state] = bit - (1 << start)
            elif token in (ANY_ONE, FIELD_ONE):
                self.named.append(())
        self.named.append(())

    def _count_needs(self, start: int, last: int) -> None:
        self.remaining += range(last - start, -1, -1)
        if len({names[0] for names in self.named[start:last] if names}) > _COUNTED_CHARACTERS:
            self.needs += [{}] * (last + 1 - start)
            return
        needs: dict[str, int] = {}
        backwards = [needs]
        for state in range(last - 1, start - 1, -1):
            if self.named[state]:
                key = self.named[state][0]
                needs = {**needs, key: needs.get(key, 0) + 1}
            backwards.append(needs)
        self.needs += reversed(backwards)
