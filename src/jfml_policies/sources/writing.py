"""A shape as a JSON text, with places: one way of deciding its conditions, one set of values for its holes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, final

from jfml_policies.findings import Span
from jfml_policies.policy.write import quote
from jfml_policies.record import record
from jfml_policies.sources.guesses import ROUNDS, guess
from jfml_policies.sources.places import Piece, Pieces
from jfml_policies.sources.shape import Bare, Choice, Hole, Items, Members, Word
from jfml_policies.sources.variants import ways

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jfml_policies.sources.excerpt import Excerpt
    from jfml_policies.sources.places import Places
    from jfml_policies.sources.shape import Shape
    from jfml_policies.sources.variants import Decisions

__all__ = ["Written", "written", "written_once"]

#: Texts of a shape are not made beyond this size; the reader of policies has a limit of its own.
_MOST_CHARACTERS: Final = 4_000_000
#: What shows that a value is one of our guesses.
_told_apart: Final = re.compile(r"[Oo]paque|\d{12}")


@final
@record
class Written:
    """A policy as a text to look at.

    Attributes:
        text: the text.
        places: where in the file it comes from.
        has_holes: whether some of it is known only at deployment.
        labels: values that were put into holes and that nobody takes for another one, with the holes' labels.
        open: places in `text` of strings that may be anything: nothing can be said against them.
    """

    text: str
    places: Places
    has_holes: bool = False
    labels: tuple[tuple[str, str], ...] = ()
    open: tuple[Span, ...] = ()

    def named(self, message: str) -> str:
        """A message with the holes' labels in place of the values that were put into them."""
        for value, label in self.labels:
            message = message.replace(value, label)
        return message


def written(shape: Shape, host: str | Excerpt) -> Iterator[Iterator[Written]]:
    """For each way through a policy's conditions the texts that must agree before anything is said of it.

    Args:
        shape: the policy.
        host: the file's text.
    """
    for way in ways(shape):
        yield _texts(shape, host, way)


def written_once(
    shape: Shape,
    host: str | Excerpt,
    decisions: Decisions,
    round_number: int = 0,
    *,
    numbers: dict[str, int] | None = None,
) -> Written:
    """One text of a policy.

    Args:
        shape: the policy.
        host: the file's text.
        decisions: how its conditions are decided.
        round_number: which values its holes get.
        numbers: the numbers of holes by what they mean, so that a hole has the same value in several texts; new ones
            are added.
    """
    writer = _Writer(host, decisions, round_number, {} if numbers is None else numbers)
    writer.value(shape, "")
    return writer.written()


def _texts(shape: Shape, host: str | Excerpt, way: Iterable[Decisions]) -> Iterator[Written]:
    for decisions in way:
        first = written_once(shape, host, decisions)
        yield first
        if first.has_holes:
            for number in range(1, ROUNDS):
                yield written_once(shape, host, decisions, number)


class _Writer:
    """Writes compact JSON, as AWS stores and measures it; the depth of a shape is bounded by that of its file."""

    def __init__(self, host: str | Excerpt, decisions: Decisions, round_number: int, numbers: dict[str, int]) -> None:
        self._host = host
        self._decisions = decisions
        self._round = round_number
        self._texts: list[str] = []
        self._length = 0
        self._pieces: list[Piece] = []
        self._numbers = numbers
        self._has_holes = False
        self._labels: dict[str, str] = {}
        self._open: list[Span] = []

    def written(self) -> Written:
        labels = sorted(self._labels.items(), key=lambda item: (-len(item[0]), item))
        return Written(
            "".join(self._texts), Pieces(tuple(self._pieces)), self._has_holes, tuple(labels), tuple(self._open)
        )

    def value(self, shape: Shape, place: str) -> None:
        """Writes a value; `place` is the nearest name above it."""
        chosen = self._chosen(shape)
        if chosen is None or self._length > _MOST_CHARACTERS:
            self._add("null")
        elif isinstance(chosen, Word):
            self._word(chosen, place)
        elif isinstance(chosen, Bare):
            self._piece(chosen.raw, chosen.start, chosen.end)
        elif isinstance(chosen, Items):
            self._piece("[", chosen.start, chosen.start + 1)
            kept = [one for one in map(self._chosen, chosen.items) if one is not None]
            for number, one in enumerate(kept):
                self._add("," if number else "")
                self.value(one, place)
            self._piece("]", chosen.end - 1, chosen.end)
        elif isinstance(chosen, Members):
            self._piece("{", chosen.start, chosen.start + 1)
            pairs = [(name, self._chosen(value)) for name, value in chosen.members]
            for number, (name, one) in enumerate([(name, one) for name, one in pairs if one is not None]):
                self._add("," if number else "")
                self._word(name, "")
                self._add(":")
                self.value(one, name.text or place)
            self._piece("}", chosen.end - 1, chosen.end)

    def _chosen(self, shape: Shape) -> Shape | None:
        """A shape with its outermost choices made."""
        chosen: Shape | None = shape
        while isinstance(chosen, Choice):
            chosen = chosen.yes if self._decisions.holds(chosen.condition) else chosen.no
        return chosen

    def _word(self, word: Word, place: str) -> None:
        start = self._length
        known = word.text
        text = known if known is not None else "".join([self._part(part, word, place) for part in word.parts])
        raw = quote(text)
        if word.is_open:
            self._open.append(Span(start, start + len(raw)))
        # The file may hold the same characters, in quotes of either kind or, in YAML, in none.
        inside = raw[1:-1]
        quotes = (word.end - word.start - len(inside)) // 2
        first = word.start + quotes
        if known is None or quotes not in {0, 1} or self._host[first : first + len(inside)] != inside:
            self._piece(raw, word.start, word.end)
        elif quotes and self._host[word.start : word.start + 1] == '"':
            self._piece(raw, word.start, word.end, copied=True)
        else:
            self._piece('"', word.start, first)
            self._piece(inside, first, first + len(inside), copied=True)
            self._piece('"', first + len(inside), word.end)

    def _part(self, part: str | Hole, word: Word, place: str) -> str:
        if isinstance(part, str):
            return part
        self._has_holes = True
        number = self._numbers.setdefault(f"{part.label} {part.meaning}", len(self._numbers) + 1)
        whole = word.hole is not None
        value = guess(part, round_number=self._round, hole_number=number, place=place, whole=whole)
        if _told_apart.search(value):
            self._labels.setdefault(value, part.label)
        return value

    def _piece(self, text: str, host_start: int, host_end: int, *, copied: bool = False) -> None:
        if text:
            self._pieces.append(Piece(self._length, self._length + len(text), host_start, host_end, copied))
            self._add(text)

    def _add(self, text: str) -> None:
        self._texts.append(text)
        self._length += len(text)
