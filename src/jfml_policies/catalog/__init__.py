"""What AWS publishes about itself: services, actions, resource types, condition keys, regions, principals.

Everything is data compiled or written down beforehand, with its source and date; nothing here asks AWS.
`load()` returns the catalogue of services; the other facts live in one small module each
(`partitions`, `regions`, `global_keys`, `identity_provider_keys`, `service_principals`, `vendor_accounts`,
`retired_services`, `resource_policy_types`, `rcp_exemptions`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jfml_policies.catalog.arn_format import ArnFormat
    from jfml_policies.catalog.reader import Catalog, load
    from jfml_policies.catalog.service import Action, ActionResource, ConditionKey, ResourceType, Service

__all__ = ["Action", "ActionResource", "ArnFormat", "Catalog", "ConditionKey", "ResourceType", "Service", "load"]

_HOMES = {
    "Action": "service",
    "ActionResource": "service",
    "ArnFormat": "arn_format",
    "Catalog": "reader",
    "ConditionKey": "service",
    "ResourceType": "service",
    "Service": "service",
    "load": "reader",
}


def __getattr__(name: str) -> object:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value: object = getattr(import_module(f"{__name__}.{home}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
