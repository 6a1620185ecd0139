"""Policies that a template writes as text: JSON in a string, put together by `Fn::Sub` or `Fn::Join`.

What a reference gives stands inside a string of the JSON in all but odd cases, so the text is read with a mark in place
of each, and the strings with marks become words with holes.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, Final

from jfml_policies.errors import JsonSyntaxError
from jfml_policies.findings import Span
from jfml_policies.policy.write import compact
from jfml_policies.sources.cloudformation.intrinsics import function_of, parts_of, substitutes
from jfml_policies.sources.shape import Bare, Hole, Items, Members, Word
from jfml_policies.sources.strings import document_in_string, is_policy
from jfml_policies.text.parse import parse_json
from jfml_policies.text.tree import Json, JsonArray, JsonObject, JsonString, placed

if TYPE_CHECKING:
    from jfml_policies.sources.cloudformation.intrinsics import Names
    from jfml_policies.sources.places import Places
    from jfml_policies.sources.shape import Shape

__all__ = ["PutTogether", "put_together"]

#: Marks are characters for private use, of which a text has none.
_FIRST: Final = 0xE000
_MOST: Final = 6_400
_mark: Final = re.compile("[\ue000-\uf8ff]")


class PutTogether:
    """A text that functions put together, with its places in the file."""

    def __init__(self) -> None:
        self._texts: list[str] = []
        self._length = 0
        self._starts: list[int] = []
        self._pieces: list[tuple[int, Places | None, int, int]] = []
        self._holes: list[Hole] = []
        self._is_marked_up = False

    @property
    def text(self) -> str:
        """The text, a mark in place of each value that is not known."""
        return "".join(self._texts)

    def copy(self, text: str, places: Places, start: int) -> None:
        """Adds what stands at `start` of another text with places."""
        if _mark.search(text):
            self._is_marked_up = True
        self._add(text, places, start, 0)

    def fill_in(self, parts: list[str | Hole], tree: Json) -> None:
        """Adds the value of a function that stands in the file."""
        for part in parts:
            if isinstance(part, Hole):
                self._holes.append(part)
                self._add(chr(_FIRST + min(len(self._holes), _MOST) - 1), None, tree.start, tree.end)
            else:
                self._add(part, None, tree.start, tree.end)

    def policy(self) -> Shape | None:
        """The policy in the text; None where it is something else.

        Raises:
            JsonSyntaxError: it is no JSON before deployment.
        """
        if self._is_marked_up or len(self._holes) > _MOST:
            raise JsonSyntaxError("characters for private use", offset=0, line=1, column=1)
        tree = parse_json(self.text)
        return self._shape(placed(tree, self._host)) if is_policy(tree) else None

    def _add(self, text: str, places: Places | None, start: int, end: int) -> None:
        if text:
            self._starts.append(self._length)
            self._pieces.append((self._length, places, start, end))
            self._texts.append(text)
            self._length += len(text)

    def _host(self, start: int, end: int) -> tuple[int, int]:
        first = self._place(start)[0]
        return first, max(first, self._place(max(start, end - 1))[1])

    def _place(self, offset: int) -> tuple[int, int]:
        """Where a character stands in the file."""
        begin, places, start, end = self._pieces[bisect_right(self._starts, offset) - 1]
        if places is None:
            return start, end
        span = places.host(Span(start + offset - begin, start + offset - begin + 1))
        return span.start, span.end

    def _shape(self, tree: Json) -> Shape:
        if isinstance(tree, JsonString):
            return self._word(tree)
        if isinstance(tree, JsonArray):
            return Items(tuple(map(self._shape, tree.items)), tree.start, tree.end)
        if isinstance(tree, JsonObject):
            members = [(self._word(member.key), self._shape(member.value)) for member in tree.members]
            return Members(tuple(members), tree.start, tree.end)
        return Bare(compact(tree), tree.start, tree.end)

    def _word(self, string: JsonString) -> Word:
        parts: list[str | Hole] = []
        at = 0
        for match in _mark.finditer(string.value):
            parts += [string.value[at : match.start()], self._holes[ord(match[0]) - _FIRST]]
            at = match.end()
        parts.append(string.value[at:])
        return Word(tuple([part for part in parts if part != ""]), string.start, string.end)


def put_together(tree: Json, names: Names, host: str) -> PutTogether | None:
    """The text that a call of `Fn::Sub` or `Fn::Join` gives; None for any other value.

    Args:
        tree: the call.
        names: what the template says of its names.
        host: the file's text.
    """
    function, given = function_of(tree) or ("", tree)
    found = PutTogether()
    if function == "Fn::Sub":
        pieces = substitutes(given, names)
        if pieces is None:
            return None
        string, listed = pieces
        quoted = document_in_string(host, string)
        for start, part in listed:
            if isinstance(part, str):
                found.copy(part, quoted.places, start)
            else:
                found.fill_in(part, string)
        return found
    if function == "Fn::Join" and isinstance(given, JsonArray) and len(given.items) == 2:
        separator, entries = given.items
        if not isinstance(separator, JsonString) or not isinstance(entries, JsonArray):
            return None
        for number, entry in enumerate(entries.items):
            if number:
                found.fill_in([separator.value], entry)
            if isinstance(entry, JsonString):
                quoted = document_in_string(host, entry)
                found.copy(quoted.text, quoted.places, 0)
            else:
                found.fill_in(parts_of(entry, names), entry)
        return found
    return None
