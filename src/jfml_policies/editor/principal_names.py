"""Completions of principals: types, service principals, identity providers and the accounts of known vendors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jfml_policies.catalog.service_principals import SERVICE_PRINCIPALS, WEB_IDENTITY_PROVIDERS
from jfml_policies.catalog.vendor_accounts import VENDORS
from jfml_policies.editor.candidate import Candidate, candidate, is_begun
from jfml_policies.policy.kinds import PRINCIPAL_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jfml_policies.editor.place import Place

__all__ = ["principal_candidates", "principal_type_candidates"]


def principal_type_candidates(place: Place) -> Iterator[Candidate]:
    """The types of principals that are not there yet."""
    for rank, name in enumerate(PRINCIPAL_TYPES):
        if name not in place.siblings and is_begun(name, place.cursor.typed):
            yield candidate(place.cursor, name, "element", rank=rank)


def principal_candidates(place: Place) -> Iterator[Candidate]:
    """What may stand under a type of principal."""
    cursor = place.cursor
    for name, detail in _known(place.key):
        if is_begun(name, cursor.typed):
            yield candidate(cursor, name, "principal", detail)


def _known(principal_type: str) -> Iterator[tuple[str, str]]:
    if principal_type == "Service":
        for name in sorted(SERVICE_PRINCIPALS):
            yield name, "service"
    elif principal_type == "Federated":
        for name in WEB_IDENTITY_PROVIDERS:
            yield name, "identity provider"
    elif principal_type == "AWS":
        yield "arn:aws:iam::ACCOUNT:role/ROLE", "a role"
        yield "arn:aws:iam::ACCOUNT:root", "an account"
        for vendor in VENDORS.values():
            yield f"arn:{vendor.partition}:iam::{vendor.account}:root", vendor.name
