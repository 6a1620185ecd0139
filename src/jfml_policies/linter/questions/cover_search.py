"""Goes through the statements of a policy and takes away what the rest covers.

What turned out to add nothing no longer counts for what is looked at after it. So all that is found can go at once,
and of two statements that cover each other one stays: the first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jfml_policies.linter.questions.statement_boxes import ACTION, RESOURCE
from jfml_policies.linter.questions.statement_form import statement_form
from jfml_policies.linter.questions.statement_meaning import (
    Covered,
    CoveredEntries,
    Meaning,
    element,
    textually_covered,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Sequence

    from jfml_policies.access.space import Box, Dimension
    from jfml_policies.linter.questions.sample_requests import Element, SampleRequests
    from jfml_policies.linter.questions.statement_boxes import StatementBoxes
    from jfml_policies.policy.nodes import Listing, Statement

__all__ = ["CoverSearch"]

_DIMENSIONS: Final[dict[Element, Dimension]] = {"Action": ACTION, "Resource": RESOURCE}


class CoverSearch:
    """The work on one policy.

    Args:
        statements: all statements.
        samples: tells which of them may match the same requests.
        doubted: positions of statements that may add nothing.
        entries: by position and element the entries that may add nothing.
        boxes: the statements in the algebra; their lists become shorter.
    """

    def __init__(
        self,
        statements: Sequence[Statement],
        samples: SampleRequests,
        doubted: Collection[int],
        entries: dict[tuple[int, Element], tuple[int, ...]],
        boxes: StatementBoxes,
    ) -> None:
        self._statements = statements
        self._samples = samples
        self._doubted = doubted
        self._doubted_entries = entries
        self._boxes = boxes
        copies = _copies(statements)
        # Copies have a rule of their own; here they don't count.
        self._standing = {place: None for place in range(len(statements)) if place not in copies}

    def run(self) -> Meaning:
        """Statements that are denied, those that one other covers, those that several cover; then entries."""
        denied = self._take(self._denied)
        covered = self._take(self._covered_by_one) | self._take(self._covered_by_several)
        entries: list[CoveredEntries] = []
        denied_entries: list[CoveredEntries] = []
        # The last first, as with statements.
        for (place, name), doubtful in reversed(self._doubted_entries.items()):
            if place in self._standing:
                self._entries(place, name, doubtful, entries, denied_entries)
        return Meaning(
            tuple([Covered(self._statements[place], self._at(by)) for place, by in sorted(denied.items())]),
            tuple(denied_entries),
            tuple([Covered(self._statements[place], self._at(by)) for place, by in sorted(covered.items())]),
            tuple(entries),
            next(iter(self._standing), 0),
        )

    # -------------------------------------------------------------------------------------------- statements

    def _take(self, covering: Callable[[int], Iterable[int] | None]) -> dict[int, Iterable[int]]:
        """The standing statements that are covered, with what covers them; they stand no longer."""
        found: dict[int, Iterable[int]] = {}
        for place in sorted(self._doubted, reverse=True):
            by = covering(place) if place in self._standing and self._boxes.box(place) is not None else None
            if by is not None:
                found[place] = by
                del self._standing[place]
        return found

    def _denied(self, place: int) -> Iterable[int] | None:
        denies = self._denies(place, self._samples.deciding(place))
        box = self._boxes.box(place)
        return self._boxes.needed(box, denies) if denies and box is not None else None

    def _covered_by_one(self, place: int) -> Iterable[int] | None:
        for other in self._alike(place, self._samples.deciding(place)):
            if self._covering(place, (other,), {}):
                return (other,)
        return None

    def _covered_by_several(self, place: int) -> Iterable[int] | None:
        meeting = self._samples.deciding(place)
        alike = self._alike(place, meeting)
        return self._covering(place, alike, self._denies(place, meeting)) if alike else None

    def _covering(self, place: int, others: Sequence[int], denies: dict[int, Box]) -> Iterable[int] | None:
        """Those that cover each part of a statement, or None."""
        found: set[int] = set()
        for part, box in self._boxes.parts(place).items():
            by = self._boxes.needed(box, self._naming(part, others) | denies)
            if by is None:
                return None
            found.update(by)
        return sorted(found)

    def _alike(self, place: int, others: Iterable[int]) -> list[int]:
        """The standing ones among others that have the same effect."""
        denies = self._statements[place].denies
        return [other for other in others if other in self._standing and self._statements[other].denies == denies]

    def _naming(self, part: Hashable, others: Iterable[int]) -> dict[int, Box]:
        """The boxes of those that are about a part."""
        boxes = {other: self._boxes.box(other) for other in others if self._boxes.names(other, part)}
        return {other: box for other, box in boxes.items() if box is not None}

    def _denies(self, place: int, others: Iterable[int]) -> dict[int, Box]:
        """The boxes of the Denies among others, when the statement is an Allow."""
        if self._statements[place].denies:
            return {}
        boxes = {
            other: self._boxes.box(other)
            for other in others
            if other in self._standing and self._statements[other].denies
        }
        return {other: box for other, box in boxes.items() if box is not None}

    # -------------------------------------------------------------------------------------------- entries

    def _entries(
        self,
        place: int,
        name: Element,
        doubtful: Sequence[int],
        covered: list[CoveredEntries],
        denied: list[CoveredEntries],
    ) -> None:
        """Adds the entries of a list that others decide to those that are covered, or denied."""
        statement = self._statements[place]
        listing = element(statement, name)
        if listing is None or self._boxes.box(place) is None:
            return
        gone: dict[int, tuple[bool, tuple[int, ...]]] = {}
        left = self._without_textual_cover(place)[name]
        for number in reversed(doubtful):
            rest = [other for other in left if other != number]
            by = self._covering_entry(place, listing, number, rest) if rest else None
            if by:
                is_denied = statement.allows and all(self._statements[other].denies for other in by)
                gone[number] = (is_denied, by)
                left = rest
                self._boxes.shrink(place, _DIMENSIONS[name], [listing.values[other].value for other in rest])
        for wanted, into in ((False, covered), (True, denied)):
            places = sorted(number for number, (is_denied, _) in gone.items() if is_denied == wanted)
            if places:
                deciding = self._at({other for number in places for other in gone[number][1]})
                into.append(CoveredEntries(statement, listing, tuple(places), left[0], deciding))

    def _without_textual_cover(self, place: int) -> dict[Element, list[int]]:
        """The entries of the lists of a statement that no other entry of the list covers by its text.

        What AWS's checks report about a list may go at the same time, so it does not count as cover for others.
        """
        found: dict[Element, list[int]] = {}
        for name, dimension in _DIMENSIONS.items():
            listing = element(self._statements[place], name)
            values = [] if listing is None else [text.value for text in listing.values]
            gone = textually_covered(listing) if listing is not None and len(values) > 1 else ()
            found[name] = [number for number in range(len(values)) if number not in gone]
            if gone:
                self._boxes.shrink(place, dimension, [values[number] for number in found[name]])
        return found

    def _covering_entry(self, place: int, listing: Listing, number: int, rest: list[int]) -> tuple[int, ...] | None:
        """What covers an entry: others, or with them the rest of its own list."""
        name: Element = "Action" if listing.name == "Action" else "Resource"
        others = self._samples.deciding(place, name, number)
        alike, denies = self._alike(place, others), self._denies(place, others)
        dimension = _DIMENSIONS[name]
        found: set[int] = set()
        for part, whole in self._boxes.parts(place).items():
            box = self._boxes.narrowed(whole, dimension, [listing.values[number].value])
            blockers = self._naming(part, alike) | denies
            blockers[place] = self._boxes.narrowed(whole, dimension, [listing.values[other].value for other in rest])
            by = self._boxes.needed(box, blockers)
            if by is None:
                return None
            found.update(by)
        return tuple(sorted(found))

    def _at(self, places: Iterable[int]) -> tuple[Statement, ...]:
        return tuple([self._statements[place] for place in sorted(places)])


def _copies(statements: Sequence[Statement]) -> frozenset[int]:
    """The positions of statements that certainly say what an earlier one says."""
    return frozenset(_repeated(statements))


def _repeated(statements: Sequence[Statement]) -> Iterator[int]:
    seen: set[Hashable] = set()
    for place, statement in enumerate(statements):
        form = statement_form(statement)
        if form is not None and form in seen:
            yield place
        seen.add(form)
