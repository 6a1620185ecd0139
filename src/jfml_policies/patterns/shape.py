"""The shape of a glob, and the linear questions that need nothing more.

A glob written with `*` and `?` only is a head, then blocks of characters with gaps between them, then a tail:
`ab??*c?d*e` is head `ab`, a gap of at least two, block `c?d`, a gap of any size, tail `e`. Placing the blocks one
after the other, each as far left as it goes, decides whether a text matches, and with two small changes also whether
one glob lies inside another and whether a glob meets a text that has single unknown characters.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Literal, final

from jfml_policies.errors import BudgetExceededError
from jfml_policies.record import record

__all__ = ["Shape", "covers", "fits", "meets", "shape_of"]

# How the characters `*` and `?` of the text that is searched are read:
#   "text": as themselves;
#   "inside": the text is another glob; only a gap takes its `*`, only a gap or `?` takes its `?`;
#   "overlap": the text is another glob without `*`; its `?` may become whatever a block needs.
_Reading = Literal["text", "inside", "overlap"]

# Characters of a block times places to try it; the machine does 64 of them at once. About a second.
_MAX_WORK = 1 << 34


@final
@record
class Shape:
    """A glob cut into pieces; the pieces hold literal characters and `?`.

    Attributes:
        text: the whole glob in canonical writing (`?` before `*`, no `**`).
        starred: True when it has a `*`; if not, `head` is the whole glob.
        head: what every match starts with; never ends in `?` when `starred`.
        middles: pairs (least size of the gap before it, block); a block starts and ends with a literal character.
        last_gap: least size of the gap before the tail.
        tail: what every match ends with.
        min_length: length of the shortest match.
    """

    text: str
    starred: bool
    head: str
    middles: tuple[tuple[int, str], ...]
    last_gap: int
    tail: str
    min_length: int


def shape_of(text: str) -> Shape:
    """Return the shape of a canonical glob text.

    >>> shape_of("ab??*c?d*e").middles
    ((2, 'c?d'),)
    """
    first, *rest = text.split("*")
    if not rest:
        return Shape(text, starred=False, head=first, middles=(), last_gap=0, tail="", min_length=len(text))
    tail = rest.pop()
    head = first.rstrip("?")
    gap = len(first) - len(head)
    middles = []
    for piece in rest:
        block = piece.rstrip("?")
        middles.append((gap, block))
        gap = len(piece) - len(block)
    least = len(text) - text.count("*")
    return Shape(text, starred=True, head=head, middles=tuple(middles), last_gap=gap, tail=tail, min_length=least)


def fits(shape: Shape, text: str) -> bool:
    """Return True when the glob matches `text`."""
    return len(text) >= shape.min_length and _embeds(shape, text, "text")


def covers(outer: Shape, inner: Shape) -> bool:
    """Return True when every text that `inner` matches is matched by `outer`: exact, in linear time.

    Why the walk is complete, given that there are more characters than a glob can name: suppose it fails. Build a text
    of `inner` with a character z that `outer` does not name for every `?`; make those `*` empty that the walk passed
    while it filled a gap's least size, and all others a run of z longer than `outer`. No block begins, ends or
    stretches across such a run, and empty runs only shorten gaps, so the leftmost placement in that text stays behind
    the walk's and fails too.
    """
    return inner.min_length >= outer.min_length and _embeds(outer, inner.text, "inside")


def meets(one: Shape, other: Shape) -> bool:
    """Return True when some text matches both globs: exact, in linear time."""
    if one.starred and other.starred:
        # Overlay the two beginnings and the two ends; between them each `*` takes what the other glob asks for.
        return _overlay(_before_star(one), _before_star(other)) and _overlay(one.tail[::-1], other.tail[::-1])
    starred, fixed = (one, other) if one.starred else (other, one)
    if fixed.min_length < starred.min_length:
        return False
    if "?" not in fixed.text:
        return _embeds(starred, fixed.text, "text")
    return _embeds(starred, fixed.text, "overlap")


def _before_star(shape: Shape) -> str:
    return shape.text[: shape.text.index("*")]


def _overlay(one: str, other: str) -> bool:
    if "?" not in one and "?" not in other:
        return one.startswith(other) or other.startswith(one)
    return all(c in (d, "?") or d == "?" for c, d in zip(one, other, strict=False))


def _embeds(shape: Shape, text: str, reading: _Reading) -> bool:
    """Place head, blocks and tail in `text`, each block as far left as possible."""
    if not shape.starred:
        return len(text) == len(shape.head) and _is_at(shape.head, text, 0, reading)
    position = len(shape.head)
    limit = len(text) - len(shape.tail)
    if limit < position or not _is_at(shape.head, text, 0, reading) or not _is_at(shape.tail, text, limit, reading):
        return False
    for gap, block in shape.middles:
        position = _find(block, text, _skip(text, position, gap, reading), limit, reading)
        if position < 0:
            return False
        position += len(block)
    return _skip(text, position, shape.last_gap, reading) <= limit


def _skip(text: str, position: int, count: int, reading: _Reading) -> int:
    """Return the place after `count` characters; the `*` of an inner glob may be empty and counts for nothing."""
    if reading != "inside":
        return position + count
    while count:
        if position >= len(text):
            return len(text) + 1
        if text[position] != "*":
            count -= 1
        position += 1
    return position


def _is_at(block: str, text: str, position: int, reading: _Reading) -> bool:
    if reading != "overlap" and "?" not in block:
        return text.startswith(block, position)
    there = text[position : position + len(block)]
    return len(there) == len(block) and all(_agree(b, c, reading) for b, c in zip(block, there, strict=True))


def _agree(wanted: str, found: str, reading: _Reading) -> bool:
    if wanted == "?":
        return reading != "inside" or found != "*"
    return wanted == found or (reading == "overlap" and found == "?")


def _find(block: str, text: str, start: int, end: int, reading: _Reading) -> int:
    """Return the first place of `block` in `text[start:end]`, or -1."""
    if reading != "overlap" and "?" not in block:
        return text.find(block, start, end)
    if end - start < len(block):
        return -1
    if len(block) * (end - start) > _MAX_WORK:
        raise BudgetExceededError("this pattern is too long to be compared with a text of this length")
    # Shift-and: bit i of `seen` says that the last i + 1 characters fit the first i + 1 of the block.
    masks, any_character = _masks(block)
    done = 1 << (len(block) - 1)
    special = {"*": 0} if reading == "inside" else {"?": 2 * done - 1} if reading == "overlap" else {}
    seen = 0
    for place in range(start, end):
        character = text[place]
        mask = special.get(character)
        if mask is None:
            mask = masks.get(character, any_character)
        seen = (seen << 1 | 1) & mask
        if seen & done:
            return place - len(block) + 1
    return -1


@lru_cache(maxsize=256)
def _masks(block: str) -> tuple[dict[str, int], int]:
    any_character = 0
    masks: dict[str, int] = {}
    for place, character in enumerate(block):
        if character == "?":
            any_character |= 1 << place
        else:
            masks[character] = masks.get(character, 0) | 1 << place
    return {character: mask | any_character for character, mask in masks.items()}, any_character
