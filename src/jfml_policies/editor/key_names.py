"""Completions of condition keys: those that requests of the statement's actions carry, then the global ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jfml_policies.catalog import global_keys
from jfml_policies.editor.candidate import Candidate, candidate, is_begun
from jfml_policies.editor.named_actions import named_actions
from jfml_policies.policy.operators import Family, parse_operator

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jfml_policies.catalog import Catalog
    from jfml_policies.editor.place import Place

__all__ = ["key_candidates"]

#: The family of operators that compare a published type.
_FAMILIES: Final[dict[str, Family]] = {
    "String": "String",
    "ARN": "Arn",
    "Bool": "Bool",
    "Numeric": "Numeric",
    "Date": "Date",
    "IPAddress": "IpAddress",
}


def key_candidates(place: Place, catalog: Catalog) -> Iterator[Candidate]:
    """Keys that fit the statement's actions, those whose type the operator compares before the others.

    A family of keys is offered up to its placeholder: `aws:PrincipalTag/`.
    """
    cursor = place.cursor
    operator = parse_operator(place.operator)
    family = None if operator is None or operator.family == "Null" else operator.family
    present = {name.lower() for name in place.siblings}
    offered: set[str] = set()
    for name, level in _names(place, catalog):
        label = name.partition("${")[0]
        lowered = label.lower()
        if lowered in offered or lowered in present or not is_begun(label, cursor.typed):
            continue
        offered.add(lowered)
        key = catalog.condition_key(name)
        kind = "" if key is None else key.type
        fits = key is None or family is None or _FAMILIES.get(key.value_type) == family
        yield candidate(cursor, label, "key", kind, rank=level if fits else level + 2)


def _names(place: Place, catalog: Catalog) -> Iterator[tuple[str, int]]:
    """Names of keys, each with 0 for those of the actions and 1 for those of any request."""
    actions = named_actions(place.actions, catalog)
    for action in actions:
        for name in catalog.condition_keys_of(action.full_name):
            yield name, 0
    for known in global_keys.GLOBAL_KEYS:
        yield known.name, 1
    if not actions:
        service = catalog.service(place.cursor.typed.partition(":")[0])
        for key in service.condition_keys if service else ():
            yield key.name, 1
