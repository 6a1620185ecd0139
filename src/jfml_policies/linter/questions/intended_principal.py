"""What was most likely meant by an entry that names no principal."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from jfml_policies.catalog.service_principals import (
    SERVICE_PRINCIPALS,
    WEB_IDENTITY_PROVIDERS,
    is_service_principal_shape,
)
from jfml_policies.linter.questions.vendor_roles import near_vendor
from jfml_policies.patterns.principal import Principal
from jfml_policies.text.suggest import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["intended_principal", "near_service_principal"]

#: Longer texts are no slips of the pen.
_LONGEST: Final = 200
_LONGEST_SERVICE: Final = 60


def intended_principal(group: str, value: str) -> tuple[str, str] | None:
    """The type and value that a wrong entry under the type `group` stands for, or None.

    >>> intended_principal("AWS", "lambda.amazonaws.com")
    ('Service', 'lambda.amazonaws.com')
    >>> intended_principal("AWS", "arn:aws:iam:111122223333:role/Reader")
    ('AWS', 'arn:aws:iam::111122223333:role/Reader')
    >>> intended_principal("AWS", "1111-2222-3333"), intended_principal("Service", "lambda")
    (('AWS', '111122223333'), ('Service', 'lambda.amazonaws.com'))
    """
    if len(value) > _LONGEST:
        return None
    if value in WEB_IDENTITY_PROVIDERS:
        return "Federated", value
    if group != "Service" and is_service_principal_shape(value):
        return "Service", value
    for other in ("AWS", "CanonicalUser"):
        if group != other and Principal.parse(other, value).is_valid:
            return other, value
    if value.startswith("arn:") and Principal.parse("Federated", value).is_valid:
        return "Federated", value
    if group == "Service":
        near = near_service_principal(value)
        return ("Service", near) if near else None
    if group == "AWS":
        return next((("AWS", text) for text in _respelled(value) if Principal.parse("AWS", text).is_valid), None)
    return None


@lru_cache(maxsize=512)
def near_service_principal(text: str) -> str | None:
    """A known service principal near to a text: the same service with another domain, or a similar name; or None.

    >>> near_service_principal("lambda"), near_service_principal("Lambda.amazon.com")
    ('lambda.amazonaws.com', 'lambda.amazonaws.com')
    >>> near_service_principal("lamda.amazonaws.com")
    'lambda.amazonaws.com'
    """
    if not 0 < len(text) <= _LONGEST_SERVICE:
        return None
    low = text.lower()
    if low in SERVICE_PRINCIPALS:
        return low
    same = f"{low.partition('.')[0]}.amazonaws.com"
    if same in SERVICE_PRINCIPALS and not low.endswith((".amazonaws.com", ".amazonaws.com.cn")):
        return same
    return nearest(low, _by_initial().get(low[:1], ()))


def _respelled(value: str) -> Iterator[str]:
    """Other spellings of an account or ARN, the likeliest first; not all of them are right."""
    yield value.replace("-", "").replace(" ", "")
    vendor = near_vendor(value)
    if vendor is not None:
        yield vendor.account
    yield f"arn:aws:iam::{value}"
    fields = value.split(":", 5)
    if len(fields) == 5:
        yield ":".join((*fields[:3], "", *fields[3:]))
    if len(fields) == 6:
        prefix, partition, service, _, account, resource = fields
        for other in (service, "sts" if service == "iam" else "iam"):
            yield f"{prefix}:{partition}:{other}::{account}:{resource}"
        vendor = near_vendor(account)
        if vendor is not None:
            yield f"{prefix}:{vendor.partition}:{service}::{vendor.account}:{resource}"


# Only names with the same first letter are compared, so that thousands of wrong entries stay cheap.
@lru_cache(maxsize=1)
def _by_initial() -> dict[str, tuple[str, ...]]:
    groups: dict[str, list[str]] = {}
    for name in sorted(SERVICE_PRINCIPALS):
        groups.setdefault(name[0], []).append(name)
    return {initial: tuple(names) for initial, names in groups.items()}
