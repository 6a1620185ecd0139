"""What a template itself says of the names in its values, so that a comparison sees when that was changed."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from jfml_policies.policy.write import compact
from jfml_policies.text.tree import JsonArray, JsonObject, JsonString, Member

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jfml_policies.text.tree import Json

__all__ = ["Meanings"]

#: What of a parameter bears on its value.
_OF_PARAMETERS: Final = frozenset({"Type", "Default", "AllowedValues"})
#: What of a resource bears on its name, ARN or id, by how the properties are called.
_naming: Final = re.compile(r"(?:Name|Path|Id|Arn|Prefix|Suffix)$")
#: Properties of some types that their attributes give back.
_GIVEN_BACK: Final = {"AWS::SSM::Parameter": frozenset({"Value"})}
#: Types of which any property may bear on any attribute.
_ANY: Final = ("AWS::CloudFormation::", "Custom::")
_in_text: Final = re.compile(r"\$\{([^!{}][^{}]*)\}")


class Meanings:
    """The parameters, mappings, conditions and resources of a template, each with those that it refers to.

    Of a resource counts what bears on what a reference to it gives: its type, and the properties that name it.

    A digest stands for all that the template says of a name. That it is another one does not prove that a value
    changed, as a parameter may be given whatever its default is; that it is the same leaves deployment alone to differ.
    """

    __slots__ = ("_definitions", "_digests", "_uses")

    def __init__(self, template: JsonObject) -> None:
        self._definitions: dict[str, list[str]] = {}
        self._uses: dict[str, set[str]] = {}
        self._digests: dict[str, str] = {}
        for section in ("Parameters", "Mappings", "Conditions", "Resources"):
            for block in [one.value for one in template.members if one.key.value == section]:
                for member in block.members if isinstance(block, JsonObject) else ():
                    name, tree = member.key.value, member.value
                    if section == "Parameters" and isinstance(tree, JsonObject):
                        kept = tuple([one for one in tree.members if one.key.value in _OF_PARAMETERS])
                        tree = JsonObject(kept, tree.start, tree.end)
                    elif section == "Resources" and isinstance(tree, JsonObject):
                        tree = _identity(tree)
                    self._definitions.setdefault(name, []).append(compact(tree))
                    self._uses.setdefault(name, set()).update(_names_in(tree))

    def of_name(self, name: str) -> str:
        """A digest of what is said of a name; empty where that is nothing."""
        if name not in self._definitions:
            return ""
        if name not in self._digests:
            self._work_out(name)
        return self._digests[name]

    def of_value(self, tree: Json) -> str:
        """A digest of what is said of all the names in a value."""
        said = {self.of_name(name) for name in _names_in(tree)} - {""}
        return _digest(sorted(said)) if said else ""

    def _work_out(self, name: str) -> None:
        """Takes a digest of a name and of all that it refers to: of its own definition and their digests.

        Names that refer to each other in a circle have one digest together. Each name is looked at once, however long
        the chains are (Tarjan's algorithm, without recursion).
        """
        order: dict[str, int] = {}
        lowest: dict[str, int] = {}
        open_names: list[str] = []
        path: list[tuple[str, Iterator[str]]] = []

        def enter(one: str) -> None:
            order[one] = lowest[one] = len(order)
            open_names.append(one)
            path.append((one, iter(sorted(self._uses[one] & self._definitions.keys()))))

        enter(name)
        while path:
            one, rest = path[-1]
            used = next((other for other in rest if other not in self._digests), None)
            if used is None:
                path.pop()
                if path:
                    lowest[path[-1][0]] = min(lowest[path[-1][0]], lowest[one])
                if lowest[one] == order[one]:
                    circle = [open_names.pop()]
                    while circle[-1] != one:
                        circle.append(open_names.pop())
                    self._digests |= dict.fromkeys(circle, self._of_circle(circle))
            elif used in order:
                lowest[one] = min(lowest[one], order[used])
            else:
                enter(used)

    def _of_circle(self, names: list[str]) -> str:
        own = sorted([f"{name} {definition}" for name in names for definition in self._definitions[name]])
        used = {self._digests[other] for name in names for other in self._uses[name] if other in self._digests}
        return _digest([*own, *sorted(used)])


def _digest(texts: list[str]) -> str:
    return sha256("\n".join(texts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _identity(resource: JsonObject) -> JsonObject:
    """What of a resource bears on what references to it give."""
    written = resource.get("Type")
    resource_type = written.value if isinstance(written, JsonString) else ""
    kept: list[Member] = []
    for member in resource.members:
        if member.key.value == "Type":
            kept.append(member)
        elif member.key.value == "Properties" and isinstance(member.value, JsonObject):
            known = _GIVEN_BACK.get(resource_type, frozenset())
            kept += [
                one
                for one in member.value.members
                if resource_type.startswith(_ANY)
                or one.key.value in known
                or one.key.value.startswith("Fn::")
                or _naming.search(one.key.value)
            ]
    return JsonObject(tuple(kept), resource.start, resource.end)


def _names_in(tree: Json) -> Iterator[str]:
    """All texts of a value, and what they refer to in `${...}`: more than its names, which does no harm."""
    waiting = [tree]
    while waiting:
        one = waiting.pop()
        if isinstance(one, JsonString):
            for name in (one.value, *[match[1].strip() for match in _in_text.finditer(one.value)]):
                yield name
                # An attribute of a resource: `Bucket.Arn`.
                yield name.partition(".")[0]
        elif isinstance(one, JsonArray):
            waiting += one.items
        elif isinstance(one, JsonObject):
            waiting += [member.value for member in one.members]
