"""What a template itself says of the names in its values, so that a comparison sees when that was changed."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from jfml_policies.policy.write import compact
from jfml_policies.text.tree import JsonArray, JsonObject, JsonString

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jfml_policies.text.tree import Json

__all__ = ["Meanings"]

#: What of a parameter bears on its value.
_OF_PARAMETERS: Final = frozenset({"Type", "Default", "AllowedValues"})
_in_text: Final = re.compile(r"\$\{([^!{}][^{}]*)\}")


class Meanings:
    """The parameters, mappings and conditions of a template, each with those that it refers to.

    A digest stands for all that the template says of a name. That it is another one does not prove that a value
    changed, as a parameter may be given whatever its default is; that it is the same leaves deployment alone to differ.
    """

    __slots__ = ("_closures", "_definitions")

    def __init__(self, template: JsonObject) -> None:
        self._definitions: dict[str, list[str]] = {}
        self._closures: dict[str, frozenset[str]] = {}
        uses: dict[str, set[str]] = {}
        for section in ("Parameters", "Mappings", "Conditions"):
            block = template.get(section)
            for member in block.members if isinstance(block, JsonObject) else ():
                name, tree = member.key.value, member.value
                if section == "Parameters" and isinstance(tree, JsonObject):
                    kept = tuple([one for one in tree.members if one.key.value in _OF_PARAMETERS])
                    tree = JsonObject(kept, tree.start, tree.end)
                self._definitions.setdefault(name, []).append(compact(tree))
                uses.setdefault(name, set()).update(_names_in(tree))
        for name in self._definitions:
            self._closures[name] = frozenset(self._closure(name, uses))

    def of_name(self, name: str) -> str:
        """A digest of what is said of a name; empty where that is nothing."""
        return self._digest(self._closures.get(name, frozenset()))

    def of_value(self, tree: Json) -> str:
        """A digest of what is said of all the names in a value."""
        return self._digest(frozenset().union(*[self._closures.get(name, ()) for name in _names_in(tree)]))

    def _closure(self, name: str, uses: dict[str, set[str]]) -> set[str]:
        found: set[str] = set()
        waiting = [name]
        while waiting:
            one = waiting.pop()
            if one in self._definitions and one not in found:
                found.add(one)
                waiting += uses[one]
        return found

    def _digest(self, names: frozenset[str]) -> str:
        if not names:
            return ""
        text = "\n".join([f"{name} {definition}" for name in sorted(names) for definition in self._definitions[name]])
        return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _names_in(tree: Json) -> Iterator[str]:
    """All texts of a value, and what they refer to in `${...}`: more than its names, which does no harm."""
    waiting = [tree]
    while waiting:
        one = waiting.pop()
        if isinstance(one, JsonString):
            yield one.value
            for match in _in_text.finditer(one.value):
                yield match[1].strip()
        elif isinstance(one, JsonArray):
            waiting += one.items
        elif isinstance(one, JsonObject):
            waiting += [member.value for member in one.members]
