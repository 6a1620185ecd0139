"""What the cursor's place is in a policy: which element, and what the statement around it says so far."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from jfml_policies.editor.cursor import Cursor, cursor_at
from jfml_policies.editor.loose_json import LooseArray, LooseObject, LooseText
from jfml_policies.policy.kinds import DOCUMENT_ELEMENTS, STATEMENT_ELEMENTS
from jfml_policies.record import record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jfml_policies.findings import Path

__all__ = ["Place", "PlaceKind", "place_at"]

PlaceKind = Literal[
    "document-element",
    "version",
    "statement-element",
    "effect",
    "action",
    "resource",
    "principal",
    "principal-type",
    "principal-value",
    "operator",
    "condition-key",
    "condition-value",
]

_STATEMENT: Final = "statement"
#: What the values of an element are; those of `Sid` and `Id` are the user's.
_VALUES: Final[dict[str, PlaceKind]] = {
    "effect": "effect",
    "action": "action",
    "notaction": "action",
    "resource": "resource",
    "notresource": "resource",
    "principal": "principal",
    "notprincipal": "principal",
}
_NAMES: Final = frozenset(name.lower() for name in (*DOCUMENT_ELEMENTS, *STATEMENT_ELEMENTS))


@record(eq=False)
class Place:
    """What the cursor's place is.

    Attributes:
        kind: which element, key or value belongs there.
        cursor: the place in the text.
        actions: what `Action` of the statement names; none under `NotAction`.
        resources: what `Resource` or `NotResource` names.
        siblings: the keys that the object around a key has already, but for the one at the cursor.
        has_principal: whether some statement of the document names principals.
        operator: for condition keys and values: the operator around them.
        key: for condition values: the condition key; for principals: their type; else empty.
    """

    kind: PlaceKind
    cursor: Cursor
    actions: tuple[str, ...] = ()
    resources: tuple[str, ...] = ()
    siblings: tuple[str, ...] = ()
    has_principal: bool = False
    operator: str = ""
    key: str = ""


def place_at(text: str, offset: int) -> Place | None:
    """What an offset of a text is in a policy, or None where nothing of a policy belongs.

    >>> text = '{"Statement": [{"Action": ["s3:GetObject"], "Condition": {"StringLike": {"s3'
    >>> place = place_at(text, len(text))
    >>> place.kind, place.operator, place.actions
    ('condition-key', 'StringLike', ('s3:GetObject',))
    """
    cursor = cursor_at(text, offset)
    depth = _statement_depth(cursor.path)
    if depth is None:
        return _in_document(cursor)
    around = cursor.around[depth:]
    rest = cursor.path[depth + 1 :]
    inner = around[1:]
    if rest and isinstance(rest[0], int):
        rest, inner = rest[1:], inner[1:]
    if not inner or not isinstance(inner[0], LooseObject):
        return None
    statement = inner[0]
    kind, operator, key = _kind(cursor, rest)
    if kind is None:
        return None
    return Place(
        kind,
        cursor,
        actions=_texts(statement, "Action"),
        resources=_texts(statement, "Resource") + _texts(statement, "NotResource"),
        siblings=_siblings(cursor),
        has_principal=_names_principal(around[0]),
        operator=operator,
        key=key,
    )


def _statement_depth(path: Path) -> int | None:
    """The place in a path of the `Statement` that leads to the cursor."""
    for depth, step in enumerate(path):
        if isinstance(step, str) and step.lower() == _STATEMENT:
            return depth
    return None


def _in_document(cursor: Cursor) -> Place | None:
    if not cursor.around or not isinstance(cursor.around[-1], LooseObject):
        return None
    document = cursor.around[-1]
    siblings = _siblings(cursor)
    if cursor.role == "key":
        # Other JSON than policies is none of our business; an object without any name may become one.
        if siblings and not _NAMES & {name.lower() for name in siblings}:
            return None
        return Place("document-element", cursor, siblings=siblings)
    is_version = cursor.path and cursor.path[-1] == "Version"
    if is_version and (document.get("Statement") is not None or len(document.members) == 1):
        return Place("version", cursor)
    return None


def _kind(cursor: Cursor, rest: Path) -> tuple[PlaceKind | None, str, str]:
    """What stands at a path within a statement, with the operator and key around it."""
    names = [step for step in rest if isinstance(step, str)]
    if cursor.role == "key":
        return _kind_of_key(names)
    if not names:
        return None, "", ""
    element = names[0].lower()
    if element == "condition":
        return ("condition-value", names[1], names[2]) if len(names) == 3 else (None, "", "")
    if element in ("principal", "notprincipal") and len(names) == 2:
        return "principal-value", "", names[1]
    return (_VALUES.get(element), "", "") if len(names) == 1 else (None, "", "")


def _kind_of_key(names: Sequence[str]) -> tuple[PlaceKind | None, str, str]:
    if not names:
        return "statement-element", "", ""
    element = names[0].lower()
    if element == "condition" and len(names) <= 2:
        return ("operator", "", "") if len(names) == 1 else ("condition-key", names[1], "")
    if element in ("principal", "notprincipal") and len(names) == 1:
        return "principal-type", "", ""
    return None, "", ""


def _siblings(cursor: Cursor) -> tuple[str, ...]:
    holder = cursor.around[-1] if cursor.around else None
    if cursor.role != "key" or not isinstance(holder, LooseObject):
        return ()
    at = cursor.token.start if cursor.token else -1
    return tuple([member.key.value for member in holder.members if member.key.start != at])


def _texts(statement: LooseObject, element: str) -> tuple[str, ...]:
    """The texts of an element; a block that is not closed yet, as a condition, has swallowed those behind it."""
    value = statement.get(element)
    if value is None:
        inner = [member.value for member in statement.members if isinstance(member.value, LooseObject)]
        return next((found for one in inner if (found := _texts(one, element))), ())
    items = value.items if isinstance(value, LooseArray) else [value]
    return tuple([item.value for item in items if isinstance(item, LooseText) and item.quoted])


def _names_principal(document: LooseObject | LooseArray) -> bool:
    block = document.get("Statement") if isinstance(document, LooseObject) else None
    statements = block.items if isinstance(block, LooseArray) else [block]
    return any(
        isinstance(one, LooseObject) and (one.get("Principal") is not None or one.get("NotPrincipal") is not None)
        for one in statements
    )
