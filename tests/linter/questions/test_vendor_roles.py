"""Vendors behind role names and mistyped accounts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jfml_policies.catalog.vendor_accounts import VENDORS
from jfml_policies.linter.questions.vendor_roles import near_vendor, vendor_of_role


@given(st.sampled_from(sorted(VENDORS)), st.integers(0, 11), st.integers(1, 9))
def test_one_wrong_digit_leads_to_the_vendor(account: str, place: int, more: int) -> None:
    """Whichever digit of a vendor's account is wrong, the vendor is recognised; the account itself is not near."""
    wrong = account[:place] + str((int(account[place]) + more) % 10) + account[place + 1 :]
    near = near_vendor(wrong)

    assert near is not None
    assert account == near.account
    assert near_vendor(account) is None


@pytest.mark.parametrize("account", ["", "111122223333", "377488441", "37748844156a", "<account-id>"])
def test_other_accounts_are_nobody_s(account: str) -> None:
    """What is far from every vendor's account is not taken for one."""
    assert near_vendor(account) is None


@pytest.mark.parametrize(
    ("resource", "vendor"),
    [
        ("role/qwak-eks-base*", "JFrog ML Cloud"),
        ("role/qwak-eks-base-20240101", "JFrog ML Cloud"),
        ("role/eksctl-Qwak-EKS-Cluster-nodegroup-ng-1-*", "JFrog ML Cloud"),
        ("role/qwak*", None),
        ("role/*", None),
        ("user/qwak-eks-base", None),
        ("role/" + "*a" * 1_000, None),
    ],
)
def test_role_names_lead_to_the_vendor(resource: str, vendor: str | None) -> None:
    """A name or pattern inside the published one is the vendor's; a wider one is not."""
    found = vendor_of_role(f"arn:aws:iam::111122223333:{resource}")

    assert vendor == (found.name if found else None)
