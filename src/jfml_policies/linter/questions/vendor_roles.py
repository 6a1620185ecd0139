"""Vendors behind a role's name or a mistyped account."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from jfml_policies.catalog.vendor_accounts import VENDORS, Vendor
from jfml_policies.patterns.arn import Arn, is_account_id
from jfml_policies.patterns.glob import is_subset
from jfml_policies.text.suggest import nearest

__all__ = ["near_vendor", "vendor_of_role"]

#: Two wrong digits are a slip; three make another number.
_WRONG_DIGITS: Final = 2
_LONGEST_ROLE: Final = 256


@lru_cache(maxsize=1024)
def vendor_of_role(arn: str, more: tuple[Vendor, ...] = ()) -> Vendor | None:
    """The vendor that publishes the role names which a role's ARN, or a pattern of one, is about; or None.

    A pattern that is wider than the published one is about other roles too.

    >>> vendor_of_role("arn:aws:iam::111122223333:role/qwak-eks-base*").name
    'JFrog ML Cloud'
    >>> vendor_of_role("arn:aws:iam::111122223333:role/*") is None
    True
    """
    parsed = Arn.try_parse(arn)
    if parsed is None or not parsed.resource.startswith("role/") or len(parsed.resource) > _LONGEST_ROLE:
        return None
    for vendor in (*more, *VENDORS.values()):
        if any(is_subset(parsed.resource, pattern) for pattern in vendor.role_patterns):
            return vendor
    return None


@lru_cache(maxsize=1024)
def near_vendor(account: str, more: tuple[Vendor, ...] = ()) -> Vendor | None:
    """The vendor whose account a mistyped one most likely is: one or two digits differ, or the length does.

    Args:
        account: what stands where an account should.
        more: vendors beside the published ones.

    >>> near_vendor("377488441586").name
    'JFrog ML Cloud'
    >>> near_vendor("111122223333") is None
    True
    """
    vendors = VENDORS if not more else {**VENDORS, **{vendor.account: vendor for vendor in more}}
    if account in vendors:
        return None
    if is_account_id(account):
        for known, vendor in vendors.items():
            if sum(one != two for one, two in zip(account, known, strict=True)) <= _WRONG_DIGITS:
                return vendor
        return None
    if not (10 <= len(account) <= 14 and account.isascii() and account.isdigit()):
        return None
    near = nearest(account, vendors)
    return vendors[near] if near else None
