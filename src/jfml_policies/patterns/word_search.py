"""Finding a shortest text that lies in all of some sets and in none of others.

The search walks the wanted sets by single positions and the refused ones by sets of positions. It keeps only the
smallest refused sets (antichains) and visits short texts first, so the first text it finds is a shortest one, and
when nothing is left to visit there is none. Every step counts against a budget.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from jfml_policies.errors import BudgetExceededError
from jfml_policies.patterns.automaton import Machine
from jfml_policies.patterns.tokens import COLON

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

__all__ = ["DEFAULT_BUDGET", "shortest_word"]

#: Search steps that a question may take unless its caller says otherwise; 10,000 take about half a second.
DEFAULT_BUDGET = 20_000


def shortest_word(
    wanted: Sequence[Machine],
    refused: Machine | None = None,
    *,
    opaque: Collection[str] = (),
    budget: int = DEFAULT_BUDGET,
) -> str | None:
    """Return a shortest text that all of `wanted` accept and `refused` does not, or None when there is none.

    Args:
        wanted: the sets that the text is in.
        refused: the set that it is not in.
        opaque: characters that stand for texts of any length: no wildcard of `wanted` takes one, of `refused` only a
            `*` that crosses colons does.
        budget: how many steps the search may take.

    Raises:
        BudgetExceededError: the search was longer than `budget` steps.
    """
    return _Search(wanted, refused or Machine.of(()), budget, opaque).run()


# A place of the search: one state of each wanted machine, the set of states of the refused one, and the way there.
_Positions: TypeAlias = tuple[int, ...]
_Way: TypeAlias = "tuple[_Way, str] | None"
_Place: TypeAlias = tuple[_Positions, int, _Way, int]


class _Search:
    def __init__(self, wanted: Sequence[Machine], refused: Machine, budget: int, opaque: Collection[str]) -> None:
        self.wanted = wanted
        self.opaque = opaque
        self.refused = refused
        self.budget = budget
        # One character may serve `a` and, where case is ignored, `A` too: then needs of characters do not add up.
        self.can_count_needs = len(wanted) > 1 and len(frozenset().union(*(machine.folds for machine in wanted))) == 1
        # Once the refused machine is in one of these states it accepts whatever follows.
        self.hopeless = refused.accept & refused.loop_any
        self.preference = _preference([*wanted, refused])
        # Wanted field wildcards only lose by a colon, so there any other character does as well.
        self.colon_matters = refused.has_fields
        self.seen: dict[_Positions, list[int]] = {}
        # Places by the least length of a text that goes through them. INVARIANT: a step never lowers that length,
        # because one character brings every lower bound down by at most one; so the first text found is a shortest.
        self.waiting: dict[int, list[_Place]] = {}

    def run(self) -> str | None:
        self._start()
        while self.waiting:
            shortest = min(self.waiting)
            places = self.waiting[shortest]
            if not places:
                del self.waiting[shortest]
                continue
            # Last in, first out: among texts of equal length, go on with the one that is nearly complete.
            positions, states, way, length = places.pop()
            if self._is_dominated(positions, states):
                continue
            if not states & self.refused.accept and self._all_accept(positions):
                return _spelled(way)
            self._expand(positions, states, way, length)
        return None

    def _start(self) -> None:
        states = self.refused.reduced(self.refused.initial)
        combinations: list[_Positions] = [()]
        for machine in self.wanted:
            self._charge(len(combinations) * len(machine.starts) // 8)
            combinations = [(*positions, start) for positions in combinations for start in machine.starts]
        for positions in reversed(combinations):
            self._push(positions, states, None, 0)

    def _push(self, positions: _Positions, states: int, way: _Way, length: int) -> None:
        if not states & self.hopeless:
            least = length + self._least_rest(positions)
            self.waiting.setdefault(least, []).append((positions, states, way, length))

    def _least_rest(self, positions: _Positions) -> int:
        """A lower bound of what is still to come: the longest rest, or one of each character that any rest needs."""
        longest = max(machine.remaining[state] for machine, state in zip(self.wanted, positions, strict=True))
        if not self.can_count_needs:
            return longest
        most: dict[str, int] = {}
        for machine, state in zip(self.wanted, positions, strict=True):
            for character, count in machine.needs[state].items():
                if most.get(character, 0) < count:
                    most[character] = count
        return max(longest, sum(most.values()))

    def _is_dominated(self, positions: _Positions, states: int) -> bool:
        """True when a place at least as good was visited: same positions, no more refused states, no longer a way."""
        known = self.seen.setdefault(positions, [])
        self._charge(1 + len(known) // 16 + len(self.refused.named) // 4096 + len(self.preference) // 64)
        if any(other & states == other for other in known):
            return True
        known[:] = [other for other in known if other & states != states]
        known.append(states)
        return False

    def _charge(self, steps: int) -> None:
        self.budget -= steps
        if self.budget < 0:
            raise BudgetExceededError(
                "comparing these patterns takes more steps than the budget allows",
                hint="use fewer or simpler wildcards, or raise the budget",
            )

    def _all_accept(self, positions: _Positions) -> bool:
        return all(machine.accept >> state & 1 for machine, state in zip(self.wanted, positions, strict=True))

    def _expand(self, positions: _Positions, states: int, way: _Way, length: int) -> None:
        best: dict[_Positions, list[tuple[int, str]]] = {}
        for character in self._characters(positions, states):
            targets = self._successors(positions, character)
            if targets:
                after = self.refused.reduced(self._advance(states, character)) if states else 0
                for target in targets:
                    known = best.setdefault(target, [])
                    if not any(other & after == other for other, _ in known):
                        known[:] = [(other, name) for other, name in known if other & after != after]
                        known.append((after, character))
        # What leaves the refused sets behind is tried first: otherwise many places would be visited before the one
        # that dominates them. Pushed last is tried first.
        successors = [(after, target, name) for target, known in best.items() for after, name in known]
        successors.sort(key=lambda successor: successor[0].bit_count())
        for after, target, name in reversed(successors):
            self._push(target, after, (way, name), length + 1)

    def _advance(self, states: int, character: str) -> int:
        if character not in self.opaque:
            return self.refused.advance(states, character)
        return (states & self.refused.steps.get(character, 0)) << 1 | states & self.refused.loop_any

    def _successors(self, positions: _Positions, character: str) -> list[_Positions]:
        self._charge(len(self.wanted) // 16)
        colon = character == COLON
        combinations: list[_Positions] = [()]
        for machine, state in zip(self.wanted, positions, strict=True):
            step, loop = machine.steps.get(character, 0), 0
            if character not in self.opaque:
                step |= machine.step_any | (0 if colon else machine.step_field)
                loop = machine.loop_any | (0 if colon else machine.loop_field)
            targets = []
            if step >> state & 1:
                targets.append(state + 1)
            # Staying behind accepts no more than a `*` that the other step leads to.
            if loop >> state & 1 and not (targets and machine.loop_any >> (state + 1) & 1):
                targets.append(state)
            if not targets:
                return []
            self._charge(len(combinations) // 8)
            combinations = [(*done, target) for done in combinations for target in targets]
        return combinations

    def _characters(self, positions: _Positions, states: int) -> list[str]:
        """The characters that can make a difference here, liked ones first; one stands for all the others."""
        named: set[str] = set()
        free = True
        for machine, state in zip(self.wanted, positions, strict=True):
            named.update(machine.named[state])
            if not (machine.loop_any | machine.loop_field | machine.step_any | machine.step_field) >> state & 1:
                free = False
        if not free:
            return [character for character in self.preference if character in named]
        steps = self.refused.steps
        result: list[str] = []
        other_found = False
        for character in self.preference:
            if character in named or steps.get(character, 0) & states:
                result.append(character)
            elif character == COLON:
                if self.colon_matters:
                    result.append(character)
            elif not other_found:
                other_found = True
                result.append(character)
        return result


def _preference(machines: Sequence[Machine]) -> list[str]:
    """Letters that are named, then a plain one that is not, then all other named characters."""
    named = dict.fromkeys(character for machine in machines for character in machine.characters)
    letters = [character for character in named if character.isascii() and character.isalpha()]
    fresh = next(chr(code) for code in _fresh_codes() if chr(code) not in named)
    return list(dict.fromkeys([*letters, fresh, *named, COLON]))


def _fresh_codes() -> Iterable[int]:
    yield from b"xyzabcdefghijklmnopqrstuvw0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-_"
    yield from (code for code in range(0xA1, 0x110000) if not 0xD800 <= code < 0xE000)


def _spelled(way: _Way) -> str:
    characters = []
    while way is not None:
        way, character = way
        characters.append(character)
    return "".join(reversed(characters))
