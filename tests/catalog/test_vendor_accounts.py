"""Accounts of vendors."""

from __future__ import annotations

import re

from jfml_policies.catalog.partitions import is_partition
from jfml_policies.catalog.vendor_accounts import VENDORS, vendor_of


def test_entries_are_well_formed() -> None:
    """Accounts have twelve digits, partitions exist, and every entry names its page."""
    for account, vendor in VENDORS.items():
        assert re.fullmatch("[0-9]{12}", account)
        assert account == vendor.account
        assert is_partition(vendor.partition)
        assert "https://" in vendor.source
        assert all(pattern.startswith("role/") for pattern in vendor.role_patterns)


def test_jfrog_ml() -> None:
    """JFrog ML's account comes with the two role patterns of its page and without an external id."""
    vendor = vendor_of("377488441568")

    assert vendor is not None
    assert ("JFrog ML Cloud", "not offered", 2) == (vendor.name, vendor.external_id, len(vendor.role_patterns))
    assert vendor_of("111122223333") is None
