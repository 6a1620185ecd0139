"""A policy as a template holds it: JSON with places in the file, holes for what only deployment knows, and choices.

A reader of templates makes shapes; everything that asks something of a policy gets a text, which `writing.py` makes of
a shape and of one set of values for its holes and choices.
"""

from __future__ import annotations

from typing import Literal, TypeAlias, final

from jfml_policies.policy.write import compact
from jfml_policies.record import record, replace
from jfml_policies.text.tree import Json, JsonArray, JsonObject, JsonString

__all__ = ["Bare", "Choice", "Hole", "Items", "Members", "Nature", "Shape", "Word", "relabelled", "shape_of"]

#: What is known of a value that only deployment knows. `any`: nothing; `name`: a name without wildcards and colons.
Nature = Literal["any", "name", "account", "region", "partition", "suffix"]


@final
@record
class Hole:
    """A value that only deployment knows; the same label is the same value wherever it stands in a file.

    Attributes:
        label: how the template writes it, as in `${Bucket}`; it stands for the value in messages.
        nature: what is known of the value.
        examples: values that it may well have, where more is known: an ARN of the right form. `{n}` in one becomes a
            number, which differs between holes.
        meaning: stands for what the file says of the value, as the default of a parameter; two files that say
            different things of one label do not mean the same value.
    """

    label: str
    nature: Nature = "any"
    examples: tuple[str, ...] = ()
    meaning: str = ""


@final
@record
class Word:
    """A string: known text and holes in turn.

    Attributes:
        parts: texts and holes; no text is empty.
        start: where it starts in the file, quotes included; -1 when it stood nowhere.
        end: the place after it.
    """

    parts: tuple[str | Hole, ...]
    start: int
    end: int

    @property
    def hole(self) -> Hole | None:
        """The hole, when the whole string is one."""
        return self.parts[0] if len(self.parts) == 1 and isinstance(self.parts[0], Hole) else None

    @property
    def is_open(self) -> bool:
        """Whether nothing is known of how the string begins, so that it may be anything."""
        first = self.parts[0] if self.parts else ""
        return isinstance(first, Hole) and (len(self.parts) == 1 or (first.nature == "any" and not first.examples))

    @property
    def text(self) -> str | None:
        """The string, when all of it is known."""
        return None if any(isinstance(part, Hole) for part in self.parts) else "".join(map(str, self.parts))


@final
@record
class Bare:
    """A number, `true`, `false` or `null`, as JSON writes it."""

    raw: str
    start: int
    end: int


@final
@record
class Items:
    """A list."""

    items: tuple[Shape, ...]
    start: int
    end: int


@final
@record
class Members:
    """An object: names with their values, in order, repeated names included."""

    members: tuple[tuple[Word, Shape], ...]
    start: int
    end: int


@final
@record
class Choice:
    """One of two values, by a condition of the template; None stands for no value at all.

    Attributes:
        condition: the condition's name; the same name is decided the same way everywhere in a file.
        yes: what stands there when the condition holds.
        no: what stands there when it does not.
        meaning: stands for what the file says of the condition, as for a `Hole`.
    """

    condition: str
    yes: Shape | None
    no: Shape | None
    meaning: str = ""


Shape: TypeAlias = Word | Bare | Items | Members | Choice


def shape_of(tree: Json) -> Shape:
    """The shape of plain JSON, in which everything is known.

    >>> from jfml_policies.text.parse import parse_json
    >>> shape_of(parse_json('["a", 1]'))
    Items(items=(Word(parts=('a',), start=1, end=4), Bare(raw='1', start=6, end=7)), start=0, end=8)
    """
    if isinstance(tree, JsonString):
        return _word(tree)
    if isinstance(tree, JsonArray):
        return Items(tuple([shape_of(item) for item in tree.items]), tree.start, tree.end)
    if isinstance(tree, JsonObject):
        members = tuple([(_word(member.key), shape_of(member.value)) for member in tree.members])
        return Members(members, tree.start, tree.end)
    return Bare(compact(tree), tree.start, tree.end)


def relabelled(shape: Shape, mark: str) -> Shape:
    """A shape whose holes are others: their labels have a mark at the end.

    >>> relabelled(Word((Hole("${x}"),), 0, 4), " before")
    Word(parts=(Hole(label='${x} before', nature='any', examples=(), meaning=''),), start=0, end=4)
    """
    if isinstance(shape, Word):
        parts = [replace(part, label=part.label + mark) if isinstance(part, Hole) else part for part in shape.parts]
        return Word(tuple(parts), shape.start, shape.end)
    if isinstance(shape, Items):
        return Items(tuple([relabelled(item, mark) for item in shape.items]), shape.start, shape.end)
    if isinstance(shape, Members):
        members = [(name, relabelled(value, mark)) for name, value in shape.members]
        return Members(tuple(members), shape.start, shape.end)
    if isinstance(shape, Choice):
        branches = [None if one is None else relabelled(one, mark) for one in (shape.yes, shape.no)]
        return Choice(shape.condition, branches[0], branches[1], shape.meaning)
    return shape


def _word(string: JsonString) -> Word:
    return Word((string.value,) if string.value else (), string.start, string.end)
