"""A template's values as shapes: what its functions give is put in where it is known, and is a hole where it is not.

Source: AWS CloudFormation Template Reference, "Intrinsic function reference" and "Pseudo parameters reference".
"""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from jfml_policies.policy.write import compact
from jfml_policies.record import record
from jfml_policies.sources.cloudformation.resource_types import arn_examples, ref_of
from jfml_policies.sources.shape import Bare, Choice, Hole, Items, Members, Word
from jfml_policies.text.tree import JsonArray, JsonObject, JsonString

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jfml_policies.sources.cloudformation.meanings import Meanings
    from jfml_policies.sources.shape import Nature, Shape
    from jfml_policies.text.tree import Json

__all__ = ["Names", "function_of", "parts_of", "shape_of_value", "substitutes"]

_PSEUDO: Final[dict[str, Nature]] = {
    "AWS::AccountId": "account",
    "AWS::Region": "region",
    "AWS::Partition": "partition",
    "AWS::URLSuffix": "suffix",
    "AWS::StackName": "name",
}
_NO_VALUE: Final = "AWS::NoValue"
#: References in the text of `Fn::Sub`, and dynamic references in any text.
_reference = re.compile(r"\$\{(!?)([^{}]*)\}")
_dynamic = re.compile(r"\{\{resolve:[^{}]*\}\}")
_dynamic_or_looped = re.compile(rf"{_dynamic.pattern}|[$&]\{{(?P<variable>[^{{}}]*)\}}")
#: Labels that are longer are cut, with a digest of the whole.
_LONGEST_LABEL: Final = 100


@record(eq=False)
class Names:
    """What a template says of the names that its values refer to.

    Attributes:
        types: the resource types by logical id.
        allowed: the allowed values of parameters, where a template lists them.
        mapped: the texts in each of the template's mappings.
        negated: conditions that are another one's opposite, with that one.
        meanings: what the template says of its parameters, mappings, conditions and resources.
        loops: the variables of the loops (`Fn::ForEach`) around a value, which stand for themselves in any text.
    """

    types: Mapping[str, str]
    allowed: Mapping[str, tuple[str, ...]]
    mapped: Mapping[str, tuple[str, ...]]
    negated: Mapping[str, str]
    meanings: Meanings
    loops: frozenset[str] = frozenset()

    def hole(self, name: str) -> Hole:
        """What `Ref` gives for a name."""
        label = f"${{{name}}}"
        if name in _PSEUDO:
            return Hole(label, _PSEUDO[name])
        if name in self.allowed:
            return Hole(label, "any", self.allowed[name], self.meanings.of_name(name))
        nature, examples = ref_of(self.types.get(name, ""))
        return Hole(label, nature, examples, self.meanings.of_name(name))

    def attribute(self, name: str, attribute: str) -> Hole:
        """What `Fn::GetAtt` gives."""
        examples = arn_examples(self.types.get(name, "")) if attribute == "Arn" else ()
        return Hole(f"${{{name}.{attribute}}}", "any", examples, self.meanings.of_name(name))

    def opaque(self, tree: Json, examples: tuple[str, ...] = ()) -> Hole:
        """A value of which no more is known than the function that gives it."""
        return Hole(_label_of(tree), "any", examples, self.meanings.of_value(tree))

    def key(self, tree: Json) -> str:
        """A digest of a value and all that the template says of what it refers to."""
        return _digest(f"{compact(tree)} {self.meanings.of_value(tree)}")

    def given(self, condition: str, *, holds: bool) -> tuple[str, bool, str]:
        """A condition on which something depends, and what it means."""
        name = self.negated.get(condition, condition)
        return name, holds == (name == condition), self.meanings.of_name(name)

    def choice(self, condition: str, yes: Shape | None, no: Shape | None) -> Choice:
        """What `Fn::If` gives."""
        if condition in self.negated:
            condition, yes, no = self.negated[condition], no, yes
        return Choice(condition, yes, no, self.meanings.of_name(condition))


def function_of(tree: Json) -> tuple[str, Json] | None:
    """The function that an object calls, and what it is given; None for any other value."""
    if isinstance(tree, JsonObject) and len(tree.members) == 1:
        name = tree.members[0].key.value
        if name == "Ref" or name.startswith("Fn::"):
            return name, tree.members[0].value
    return None


def shape_of_value(tree: Json, names: Names) -> Shape | None:
    """A value of a template; None for no value at all (`AWS::NoValue`)."""
    called = function_of(tree)
    if called is not None:
        return _result(*called, tree, names)
    if isinstance(tree, JsonString):
        return Word(tuple(_with_dynamic(tree.value, names)), tree.start, tree.end)
    if isinstance(tree, JsonArray):
        items = [shape_of_value(item, names) for item in tree.items]
        return Items(tuple([item for item in items if item is not None]), tree.start, tree.end)
    if isinstance(tree, JsonObject):
        # A loop (`Fn::ForEach::Name`) or macro makes members that nobody knows before deployment.
        if any(member.key.value.startswith("Fn::") for member in tree.members):
            return Word((names.opaque(tree),), tree.start, tree.end)
        return Members(tuple(_members(tree, names)), tree.start, tree.end)
    return Bare(compact(tree), tree.start, tree.end)


def _members(tree: JsonObject, names: Names) -> Iterator[tuple[Word, Shape]]:
    for member in tree.members:
        value = shape_of_value(member.value, names)
        if value is not None:
            text = member.key.value
            parts = tuple(_with_dynamic(text, names)) if names.loops else (text,) if text else ()
            yield Word(parts, member.key.start, member.key.end), value


def _result(function: str, given: Json, tree: Json, names: Names) -> Shape | None:
    """What a call gives."""
    if function == "Fn::If" and isinstance(given, JsonArray) and len(given.items) == 3:
        condition, yes, no = given.items
        if isinstance(condition, JsonString):
            return names.choice(condition.value, shape_of_value(yes, names), shape_of_value(no, names))
    if function == "Ref" and isinstance(given, JsonString) and given.value == _NO_VALUE:
        return None
    parts = _parts(function, given, names, tree)
    merged = _merged(parts if parts is not None else [names.opaque(tree)])
    return Word(tuple(merged), tree.start, tree.end)


def _parts(function: str, given: Json, names: Names, tree: Json) -> list[str | Hole] | None:
    """The text that a call gives, with holes; None where nothing is known of it."""
    if function == "Ref" and isinstance(given, JsonString):
        return [names.hole(given.value)]
    if function == "Fn::GetAtt":
        path = _attribute_path(given)
        return None if path is None else [names.attribute(*path)]
    if function == "Fn::Sub":
        return _substituted(given, names)
    if function == "Fn::Join" and isinstance(given, JsonArray) and len(given.items) == 2:
        return _joined(*given.items, names)
    if function == "Fn::Select" and isinstance(given, JsonArray) and len(given.items) == 2:
        index, chosen = given.items
        written = getattr(index, "value", None) or getattr(index, "raw", None)
        if isinstance(chosen, JsonArray) and str(written).isdecimal() and int(str(written)[:6]) < len(chosen.items):
            return _text_parts(chosen.items[int(str(written)[:6])], names)
    if function == "Fn::FindInMap" and isinstance(given, JsonArray) and given.items:
        name = given.items[0]
        if isinstance(name, JsonString) and names.mapped.get(name.value):
            return [names.opaque(tree, names.mapped[name.value])]
    return None


def _text_parts(tree: Json, names: Names) -> list[str | Hole] | None:
    """The parts of a value that is one text; None for any other."""
    shape = shape_of_value(tree, names)
    return list(shape.parts) if isinstance(shape, Word) else None


def parts_of(tree: Json, names: Names) -> list[str | Hole]:
    """The parts of a value that is one text; a hole in place of any other."""
    parts = _text_parts(tree, names)
    return [names.opaque(tree)] if parts is None else parts


def _attribute_path(given: Json) -> tuple[str, str] | None:
    if isinstance(given, JsonString):
        name, _, attribute = given.value.partition(".")
        return name, attribute
    if isinstance(given, JsonArray) and len(given.items) == 2:
        owner, wanted = given.items
        if isinstance(owner, JsonString) and isinstance(wanted, JsonString):
            return owner.value, wanted.value
    return None


def substitutes(given: Json, names: Names) -> tuple[JsonString, list[tuple[int, str | list[str | Hole]]]] | None:
    """The text that `Fn::Sub` is given, and what it becomes: known text and filled in values, each with its start."""
    values: dict[str, list[str | Hole]] = {}
    if isinstance(given, JsonArray) and len(given.items) == 2 and isinstance(given.items[1], JsonObject):
        values = {member.key.value: parts_of(member.value, names) for member in given.items[1].members}
        given = given.items[0]
    if not isinstance(given, JsonString):
        return None
    pieces: list[tuple[int, str | list[str | Hole]]] = []
    at = 0
    for match in _reference.finditer(given.value):
        pieces.append((at, given.value[at : match.start()]))
        at = match.end()
        name = match[2].strip()
        if match[1]:
            # `${!name}` is not filled in: it leaves `${name}`, as policy variables are written.
            pieces += [(match.start(), "${"), (match.start(2), f"{match[2]}}}")]
        elif name in values:
            pieces.append((match.start(), values[name]))
        elif "." in name:
            resource, _, attribute = name.partition(".")
            pieces.append((match.start(), [names.attribute(resource, attribute)]))
        else:
            pieces.append((match.start(), [names.hole(name)]))
    pieces.append((at, given.value[at:]))
    return given, pieces


def _substituted(given: Json, names: Names) -> list[str | Hole] | None:
    found = substitutes(given, names)
    if found is None:
        return None
    parts = [one for _, piece in found[1] for one in ([piece] if isinstance(piece, str) else piece)]
    return [piece for part in parts for piece in (_with_dynamic(part, names) if isinstance(part, str) else [part])]


def _joined(separator: Json, listed: Json, names: Names) -> list[str | Hole] | None:
    if not isinstance(separator, JsonString) or not isinstance(listed, JsonArray):
        return None
    parts: list[str | Hole] = []
    for number, item in enumerate(listed.items):
        if number:
            parts.append(separator.value)
        parts += parts_of(item, names)
    return parts


def _with_dynamic(text: str, names: Names) -> Iterator[str | Hole]:
    """A text with holes for its dynamic references, and for the variables of loops."""
    at = 0
    for match in (_dynamic_or_looped if names.loops else _dynamic).finditer(text):
        variable = match["variable"] if names.loops else None
        if variable is not None and variable not in names.loops:
            continue
        if match.start() > at:
            yield text[at : match.start()]
        yield Hole(match[0]) if variable is None else names.hole(variable)
        at = match.end()
    if at < len(text):
        yield text[at:]


def _merged(parts: list[str | Hole]) -> list[str | Hole]:
    """The parts without empty texts, and with neighbouring texts joined."""
    merged: list[str | Hole] = []
    for part in parts:
        if isinstance(part, str) and merged and isinstance(merged[-1], str):
            merged[-1] += part
        elif part != "":
            merged.append(part)
    return merged


def _label_of(tree: Json) -> str:
    """How a hole is called whose value a call gives: by all of the call, so that two calls are never taken for one.

    >>> from jfml_policies.text.parse import parse_json
    >>> _label_of(parse_json('{"Fn::ImportValue": "shared"}'))
    '${{"Fn::ImportValue":"shared"}}'
    """
    text = compact(tree)
    if len(text) > _LONGEST_LABEL:
        text = f"{text[:_LONGEST_LABEL]}... {_digest(text)}"
    return f"${{{text}}}"


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
