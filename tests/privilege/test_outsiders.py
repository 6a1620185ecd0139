from __future__ import annotations

import json
from typing import Any

import pytest

from jfml_policies.catalog.vendor_accounts import Vendor
from jfml_policies.policy.read import loads
from jfml_policies.privilege.outsiders import OwnPeople, outsiders

ACME = Vendor("444455556666", "Acme", "aws", "required", "us")
OWN = OwnPeople(frozenset({"111122223333"}), ("o-a1b2c3d4e5",), (ACME,))


def named(*statements: dict[str, Any], own: OwnPeople = OWN) -> list[tuple[str, Any]]:
    filled = [{"Effect": "Allow", "Action": "sts:AssumeRole", **one} for one in statements]
    policy = loads(json.dumps({"Version": "2012-10-17", "Statement": filled}), kind="trust")
    return [(one.name, one.path) for one in outsiders(policy, own)]


def test_accounts_that_nobody_trusts() -> None:
    """Own accounts and vendors are no outsiders; others are told once, at their first statement."""
    principals = ["111122223333", "arn:aws:iam::444455556666:root", "arn:aws:iam::777788889999:role/x", "777788889999"]
    statement = {"Principal": {"AWS": principals}}

    assert named(statement, statement) == [("777788889999", ("Statement", 0))]


@pytest.mark.parametrize(
    ("condition", "names"),
    [
        ({"StringEquals": {"aws:PrincipalOrgID": "o-zzzzzzzzzz"}}, ["o-zzzzzzzzzz"]),
        ({"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}, []),
        ({"ForAnyValue:StringLike": {"aws:PrincipalOrgPaths": "o-zzzzzzzzzz/r-ab12/*"}}, ["o-zzzzzzzzzz"]),
        ({"StringEquals": {"aws:PrincipalAccount": ["111122223333", "777788889999"]}}, ["777788889999"]),
        ({"StringNotEquals": {"aws:PrincipalAccount": "777788889999"}}, []),
        ({"StringLike": {"aws:PrincipalOrgID": "o-*"}}, []),
    ],
    ids=["organization", "own", "path", "account", "negated", "pattern"],
)
def test_conditions_say_who_is_meant_by_everyone(condition: dict[str, Any], names: list[str]) -> None:
    """Where everyone is named, an outsider is whom a condition names."""
    for principal in ("*", {"AWS": "*"}):
        assert [name for name, _ in named({"Principal": principal, "Condition": condition})] == names
    assert named({"Principal": {"AWS": "111122223333"}, "Condition": condition}) == []


def test_without_own_ones_nobody_is_an_outsider() -> None:
    """Whoever said which accounts are own said nothing of organizations, and the other way round."""
    account = {"Principal": {"AWS": "777788889999"}}
    organization = {"Principal": "*", "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-zzzzzzzzzz"}}}

    assert named(account, organization, own=OwnPeople()) == []
    assert named(account, organization, own=OwnPeople(accounts=OWN.accounts)) == [("777788889999", ("Statement", 0))]
    assert named(account, organization, own=OwnPeople(organizations=OWN.organizations)) == [
        ("o-zzzzzzzzzz", ("Statement", 1))
    ]


def test_a_deny_lets_nobody_in() -> None:
    """Nor do services."""
    assert named({"Effect": "Deny", "Principal": {"AWS": "777788889999"}}) == []
    assert named({"Principal": {"Service": "ec2.amazonaws.com"}}) == []
