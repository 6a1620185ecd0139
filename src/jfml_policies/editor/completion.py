"""What may be typed at the cursor."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from jfml_policies.catalog import Catalog
from jfml_policies.catalog import load as load_catalog
from jfml_policies.editor.action_names import action_candidates
from jfml_policies.editor.candidate import Candidate
from jfml_policies.editor.element_names import element_candidates, value_candidates
from jfml_policies.editor.key_names import key_candidates
from jfml_policies.editor.limits import MAX_CANDIDATES, MAX_CHARACTERS
from jfml_policies.editor.operator_names import operator_candidates
from jfml_policies.editor.place import Place, place_at
from jfml_policies.editor.principal_names import principal_candidates, principal_type_candidates
from jfml_policies.editor.resource_templates import resource_candidates

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["completions_at"]


def completions_at(text: str, offset: int, *, catalog: Catalog | None = None) -> tuple[Candidate, ...]:
    """What may be typed at an offset of a policy, finished or not, best first; nothing where that can't be told.

    Args:
        text: the document as it is now.
        offset: where the cursor stands, in characters.
        catalog: another catalogue than the shipped one.

    >>> text = '{"Statement": [{"Effect": "Allow", "Action": "s3:GetObjectAcl'
    >>> [(found.label, found.detail) for found in completions_at(text, len(text))]
    [('s3:GetObjectAcl', 'Read')]
    """
    if len(text) > MAX_CHARACTERS:
        return ()
    place = place_at(text, offset)
    if place is None:
        return ()
    found = _candidates(place, catalog or load_catalog())
    return tuple(islice(sorted(found, key=lambda one: (one.rank, one.label)), MAX_CANDIDATES))


def _candidates(place: Place, catalog: Catalog) -> Iterable[Candidate]:
    match place.kind:
        case "document-element" | "statement-element":
            return element_candidates(place)
        case "effect" | "version":
            return value_candidates(place)
        case "action":
            return action_candidates(place, catalog)
        case "resource":
            return resource_candidates(place, catalog)
        case "principal-type":
            return principal_type_candidates(place)
        case "principal-value":
            return principal_candidates(place)
        case "operator":
            return operator_candidates(place)
        case "condition-key":
            return key_candidates(place, catalog)
        case "principal" | "condition-value":
            return ()
