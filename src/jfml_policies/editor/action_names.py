"""Completions of actions: prefixes of services first, then the service's actions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jfml_policies.editor.candidate import Candidate, candidate, is_begun

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jfml_policies.catalog import Catalog
    from jfml_policies.editor.place import Place

__all__ = ["action_candidates"]

#: The actions that a role's trust policy is about.
_TRUST = ("sts:AssumeRole", "sts:AssumeRoleWithSAML", "sts:AssumeRoleWithWebIdentity", "sts:TagSession")


def action_candidates(place: Place, catalog: Catalog) -> Iterator[Candidate]:
    """What may stand in an `Action`, as far as it is typed; what the statement has already is left out."""
    cursor = place.cursor
    typed = cursor.typed
    prefix, colon, short = typed.partition(":")
    if not colon:
        if place.has_principal and not place.resources:
            for name in _TRUST:
                if is_begun(name, typed):
                    yield candidate(cursor, name, "action")
        for known in sorted(catalog.prefixes):
            if is_begun(known, typed) and not catalog.is_retired_service(known):
                yield candidate(cursor, f"{known}:", "service", "service", rank=1)
        return
    service = catalog.service(prefix)
    if service is None:
        return
    present = {name.lower() for name in place.actions} - {cursor.whole.lower()}
    for name in service.action_names:
        full = f"{service.prefix}:{name}"
        if is_begun(name, short) and full.lower() not in present:
            action = service.action(name)
            yield candidate(cursor, full, "action", action.access_level if action else "")
