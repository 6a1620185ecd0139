from __future__ import annotations

import pytest

from jfml_policies.linter.questions.role_action import CREATE_SERVICE_LINKED_ROLE, PASS_ROLE, holds_every_role

WIDE = [
    "*",
    "**",
    "arn:aws:iam::*:*",
    "arn:aws:iam::*:role/*",
    "arn:aws:iam::*:role/?*",
    "arn:aws:iam::*:role/*?",
    "arn:aws:iam::111122223333:role*",
    "arn:*:*:*:*:*",
    "arn:aws:i?m::${aws:PrincipalAccount}:role/*",
]
NARROW = [
    "",
    "arn:aws:iam::*:role/Admin",
    "arn:aws:iam::*:role/Admin*",
    "arn:aws:iam::*:role/*Admin*",
    "arn:aws:iam::*:role/*/",
    "arn:aws:iam::*:role/${*}",
    "arn:aws:iam::*:role/${aws:PrincipalTag/team}*",
    "arn:aws:iam::*:user/*",
    "arn:aws:iam:us-east-1:*:role/*",
    "arn:aws:s3:::*",
    "arn:aws:iam::*",
    "role/*",
]


@pytest.mark.parametrize("resource", WIDE)
def test_a_pattern_of_every_name_holds_every_role(resource: str) -> None:
    """What leaves name and path open holds every role, service-linked ones too, of whatever account."""
    assert holds_every_role(resource, PASS_ROLE)
    assert holds_every_role(resource, CREATE_SERVICE_LINKED_ROLE)


@pytest.mark.parametrize("resource", NARROW)
def test_a_pattern_that_leaves_a_role_out_does_not_hold_every_role(resource: str) -> None:
    """A piece of a name, another type of resource, a region, a variable: some role is left out."""
    assert not holds_every_role(resource, PASS_ROLE)
    assert not holds_every_role(resource, CREATE_SERVICE_LINKED_ROLE)


def test_service_linked_roles_are_a_part_of_all_roles() -> None:
    """All service-linked roles are not all roles, and those of one service are neither."""
    all_of_them = "arn:aws:iam::*:role/aws-service-role/*"

    assert holds_every_role(all_of_them, CREATE_SERVICE_LINKED_ROLE)
    assert not holds_every_role(all_of_them, PASS_ROLE)
    assert not holds_every_role("arn:aws:iam::*:role/aws-service-role/ecs.amazonaws.com/*", CREATE_SERVICE_LINKED_ROLE)


def test_the_shortest_name_counts() -> None:
    """A role's name may have one character, a service-linked role's path is longer."""
    assert not holds_every_role("arn:aws:iam::*:role/??*", PASS_ROLE)
    assert holds_every_role("arn:aws:iam::*:role/??*", CREATE_SERVICE_LINKED_ROLE)
