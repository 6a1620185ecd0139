"""Which types of value a condition key has, and which operators fit them.

Sources: the catalogue's condition keys; IAM User Guide, "AWS global condition context keys" and "Condition operators".
What AWS's validator tolerates beside the types' own operators was seen in its answers for AWS's managed policies:
Arn operators with String keys, and String operators with ARN keys (of which `StringLike` has a check of its own).
"""

from __future__ import annotations

from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from jfml_policies.catalog import Catalog, global_keys
from jfml_policies.catalog.condition_key import ConditionKey
from jfml_policies.policy.operators import Family

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["accepted_families", "is_multivalued", "published_key", "value_types"]

_FITTING: Final[Mapping[str, tuple[Family, ...]]] = MappingProxyType(
    {
        "String": ("String", "Arn"),
        "ARN": ("Arn", "String"),
        "Bool": ("Bool",),
        "Numeric": ("Numeric",),
        "Date": ("Date",),
        "IPAddress": ("IpAddress",),
    }
)


@lru_cache(maxsize=2048)  # several rules ask about each key
def published_key(catalog: Catalog, name: str) -> ConditionKey | None:
    """The published key that a policy's key writes, or None."""
    return catalog.condition_key(name)


def is_multivalued(catalog: Catalog, name: str) -> bool | None:
    """Whether a request may carry several values of the key; None when the key is unknown.

    >>> from jfml_policies.catalog import load
    >>> [is_multivalued(load(), name) for name in ("aws:TagKeys", "aws:username", "s3:Frob")]
    [True, False, None]
    """
    key = published_key(catalog, name)
    return None if key is None else key.is_multivalued


@lru_cache(maxsize=2048)
def value_types(catalog: Catalog, name: str) -> tuple[str, ...]:
    """The types that one value of the key may have, the published one first; empty when the key is unknown.

    >>> from jfml_policies.catalog import load
    >>> value_types(load(), "aws:EpochTime"), value_types(load(), "aws:TagKeys")
    (('Date', 'Numeric'), ('String',))
    """
    key = published_key(catalog, name)
    if key is None:
        return ()
    shared = global_keys.find(name)
    others = shared.other_types if shared is not None and shared.name == key.name else ()
    return (key.value_type, *others)


@lru_cache(maxsize=2048)
def accepted_families(catalog: Catalog, name: str) -> tuple[Family, ...] | None:
    """The families of operators that fit the key, its own first; None when the key or its type is unknown.

    >>> from jfml_policies.catalog import load
    >>> accepted_families(load(), "aws:SourceIp"), accepted_families(load(), "aws:PrincipalArn")
    (('IpAddress',), ('Arn', 'String'))
    """
    types = value_types(catalog, name)
    if not types or any(kind not in _FITTING for kind in types):
        return None
    return tuple(dict.fromkeys(family for kind in types for family in _FITTING[kind]))
