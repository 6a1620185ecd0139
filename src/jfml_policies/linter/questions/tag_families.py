"""Condition keys that take the name of a tag after a slash, and how they look without it."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from jfml_policies.catalog import Catalog
from jfml_policies.catalog.arn_format import PLACEHOLDER
from jfml_policies.catalog.global_keys import TAG_FAMILIES

__all__ = ["families_of", "family_without_tag"]

_GLOBAL: Final = {family.lower(): family for family in TAG_FAMILIES}


def family_without_tag(catalog: Catalog, key: str) -> str | None:
    """The family, slash included, that a key names without a tag; None when it is no such key.

    >>> from jfml_policies.catalog import load
    >>> family_without_tag(load(), "aws:resourcetag"), family_without_tag(load(), "rds:db-tag/")
    ('aws:ResourceTag/', 'rds:db-tag/')
    >>> family_without_tag(load(), "aws:ResourceTag/team") is None
    True
    """
    lowered = key.lower()
    if "tag" not in lowered:
        return None
    head = lowered.removesuffix("/") + "/"
    found = _GLOBAL.get(head) or _families(catalog, lowered.partition(":")[0]).get(head)
    return found if found is not None and catalog.condition_key(key) is None else None


def families_of(catalog: Catalog, service: str) -> tuple[str, ...]:
    """The families of a service's own, slash included.

    >>> from jfml_policies.catalog import load
    >>> families_of(load(), "ec2")
    ('ec2:ResourceTag/',)
    """
    return tuple([family for low, family in _families(catalog, service).items() if low not in _GLOBAL])


@lru_cache(maxsize=64)
def _families(catalog: Catalog, prefix: str) -> dict[str, str]:
    service = catalog.service(prefix)
    families = {}
    for key in service.condition_keys if service else ():
        place = PLACEHOLDER.search(key.name)
        if place is not None and key.name[: place.start()].lower().endswith("tag/"):
            families[key.name[: place.start()].lower()] = key.name[: place.start()]
    return families
