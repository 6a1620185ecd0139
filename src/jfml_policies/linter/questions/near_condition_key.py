"""The condition key that an unknown one most likely stands for."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from jfml_policies.catalog import Catalog
from jfml_policies.catalog.arn_format import PLACEHOLDER
from jfml_policies.catalog.global_keys import GLOBAL_KEYS
from jfml_policies.text.suggest import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["lacks_tag", "near_condition_key"]

#: A name that goes on where the unknown one ends is meant, when that is at least this long.
_LEAST_START: Final = 5
#: Services whose keys are often written with the prefix `aws`.
_USUAL_SERVICES: Final = ("sts", "iam", "s3", "kms", "ec2")


def lacks_tag(catalog: Catalog, key: str) -> bool:
    """Whether a key is one of those for tags and would be known with a tag's name after a slash.

    >>> from jfml_policies.catalog import load
    >>> lacks_tag(load(), "ec2:ResourceTag"), lacks_tag(load(), "aws:TagKeys/")
    (True, False)
    """
    name = key.removesuffix("/")
    if not name.lower().endswith("tag"):
        return False
    found = catalog.condition_key(f"{name}/tag")
    return found is not None and found.is_template


@lru_cache(maxsize=512)
def near_condition_key(catalog: Catalog, key: str) -> str | None:
    """A known key that is near to an unknown one, tag name and all; None when there is none.

    It is a key of the same prefix with a similar name, or else a key of the same name with another prefix.

    >>> from jfml_policies.catalog import load
    >>> near_condition_key(load(), "aws:PrincipalOrg"), near_condition_key(load(), "aws:PrincipleTag/team")
    ('aws:PrincipalOrgID', 'aws:PrincipalTag/team')
    >>> near_condition_key(load(), "aws:ExternalId"), near_condition_key(load(), "s3:SourceIp")
    ('sts:ExternalId', 'aws:SourceIp')
    """
    prefix, _, name = key.partition(":")
    head, slash, tail = name.partition("/")
    near = _near(head, _heads(catalog, prefix.lower(), with_tail=bool(slash)))
    if near:
        return f"{prefix.lower()}:{near}{slash}{tail}"
    if prefix.lower() == "aws":
        moved = [catalog.condition_key(f"{service}:{name}") for service in _USUAL_SERVICES]
    else:
        moved = [catalog.condition_key(f"aws:{name}")]
    return next((found.name for found in moved if found is not None and not found.is_template), None)


def _near(name: str, known: Iterable[str]) -> str | None:
    names = sorted(known, key=lambda text: (len(text), text))
    if len(name) >= _LEAST_START:
        longer = next((text for text in names if text.lower().startswith(name.lower())), None)
        if longer is not None:
            return longer
    return nearest(name, names)


@lru_cache(maxsize=64)
def _heads(catalog: Catalog, prefix: str, *, with_tail: bool) -> tuple[str, ...]:
    """Names of a prefix's keys up to their slash: of those that take a tail, or of those that take none."""
    service = catalog.service(prefix)
    keys = (
        [key.name for key in GLOBAL_KEYS]
        if prefix == "aws"
        else [key.name for key in service.condition_keys]
        if service
        else []
    )
    names = [key.partition(":")[2] for key in keys if key.lower().startswith(f"{prefix}:")]
    if with_tail:
        return tuple(name.partition("/")[0] for name in names if "/" in name and PLACEHOLDER.search(name))
    return tuple(name for name in names if not PLACEHOLDER.search(name))
