"""A policy inside a file, cut loose from the rest of the file, so that it can be sent to another process."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from jfml_policies.record import record, replace
from jfml_policies.sources.shape import Choice, Items, Members
from jfml_policies.sources.source import Quoted, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jfml_policies.sources.shape import Shape

__all__ = ["Excerpt", "cut_loose"]


@final
@record
class Excerpt:
    """Some of a file's text, asked by places in the file."""

    text: str
    start: int

    def __getitem__(self, place: slice) -> str:
        return self.text[max(0, place.start - self.start) : max(0, place.stop - self.start)]


def cut_loose(source: Source, host: str) -> tuple[Source, int]:
    """A policy without the rest of its file, and how many characters it holds.

    >>> from jfml_policies.sources.shape import Word
    >>> source = Source("a", Word(("b",), 4, 7), '{a: "b"}')
    >>> cut_loose(source, source.host)[0].host
    Excerpt(text='"b"', start=4)
    """
    if isinstance(source.document, Quoted):
        return replace(source, host=""), len(source.document.text)
    places = [place for place in _places(source.document) if place[0] >= 0]
    start = min([first for first, _ in places], default=0)
    end = max([last for _, last in places], default=0)
    return replace(source, host=Excerpt(host[start:end], start)), end - start


def _places(shape: Shape) -> Iterator[tuple[int, int]]:
    if isinstance(shape, Choice):
        for branch in (shape.yes, shape.no):
            if branch is not None:
                yield from _places(branch)
        return
    yield shape.start, shape.end
    if isinstance(shape, Items):
        for item in shape.items:
            yield from _places(item)
    elif isinstance(shape, Members):
        for name, value in shape.members:
            yield name.start, name.end
            yield from _places(value)
