"""What is known of the thing under the pointer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jfml_policies.catalog import Catalog
from jfml_policies.catalog import load as load_catalog
from jfml_policies.editor.action_notes import action_note
from jfml_policies.editor.element_names import ELEMENT_MEANINGS
from jfml_policies.editor.key_notes import key_note
from jfml_policies.editor.limits import MAX_CHARACTERS
from jfml_policies.editor.operator_names import operator_meaning
from jfml_policies.editor.place import Place, place_at
from jfml_policies.editor.principal_notes import principal_note
from jfml_policies.editor.resource_notes import resource_note
from jfml_policies.findings import Span
from jfml_policies.policy.operators import parse_operator
from jfml_policies.record import record

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Hover", "hover_at"]

#: Names are shorter; nothing longer is looked up.
_LONGEST = 2_048


@record
class Hover:
    """An explanation: `markdown`, which holds no text of the document, of what stands at `span`."""

    markdown: str
    span: Span


def hover_at(text: str, offset: int, *, catalog: Catalog | None = None) -> Hover | None:
    """What is known of the name at an offset of a policy, or None.

    >>> text = '{"Statement": [{"Effect": "Allow", "Action": "s3:getobject"}]}'
    >>> print(hover_at(text, 50).markdown.splitlines()[0])
    **`s3:GetObject`** action, Read
    """
    if len(text) > MAX_CHARACTERS:
        return None
    place = place_at(text, offset)
    if place is None or place.cursor.token is None or len(place.cursor.whole) > _LONGEST:
        return None
    markdown = _note(place, catalog or load_catalog())
    return None if markdown is None else Hover(markdown, place.cursor.token)


def _note(place: Place, catalog: Catalog) -> str | None:
    name = place.cursor.whole
    match place.kind:
        case "document-element" | "statement-element":
            return _element_note(name, ELEMENT_MEANINGS)
        case "action":
            return action_note(name, catalog)
        case "condition-key":
            return key_note(name, catalog)
        case "operator":
            operator = parse_operator(name)
            return None if operator is None else f"**`{name}`** operator\n\n{operator_meaning(operator)}"
        case "principal-value":
            return principal_note(place.key, name)
        case "resource":
            return resource_note(name, place.actions, catalog)
        case _:
            return None


def _element_note(name: str, meanings: Mapping[str, str]) -> str | None:
    for known, meaning in meanings.items():
        if known.lower() == name.lower():
            return f"**`{known}`**\n\n{meaning}"
    return None
