from __future__ import annotations

from jfml_policies.catalog import load
from jfml_policies.catalog.required_together import SERVICES, required_groups

CATALOG = load()


def test_what_is_required_is_among_the_listed_types() -> None:
    """Every required type exists in its service, and one of each group is among the types of the action."""
    strange = [
        (action.full_name, group)
        for prefix in sorted(SERVICES)
        if (service := CATALOG.service(prefix)) is not None
        for action in service.actions
        for group in required_groups(action)
        if {entry.name for entry in action.resource_types}.isdisjoint(group)
        or any(service.resource_type(name) is None for name in group)
    ]

    assert [] == strange


def test_each_listed_service_has_such_an_action() -> None:
    """No service is listed in vain, so a misspelt action is noticed."""
    having = {
        prefix
        for prefix in CATALOG.prefixes
        if (service := CATALOG.service(prefix)) is not None and any(map(required_groups, service.actions))
    }

    assert having == SERVICES
