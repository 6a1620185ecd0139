from __future__ import annotations

import pytest

from jfml_policies.catalog import load
from jfml_policies.patterns.glob import matches
from jfml_policies.policy.parse import parse_document
from jfml_policies.privilege.escalation import wishes_of
from jfml_policies.privilege.escalation_paths import PATHS
from jfml_policies.privilege.targets import Aim, paths_in, target_of

AIMS = sorted({(wish.action, wish.aim) for path in PATHS for wish in wishes_of(path)})


@pytest.mark.parametrize(("action", "aim"), AIMS)
def test_a_target_is_what_the_catalogue_says(action: str, aim: Aim) -> None:
    """An action has a target exactly when AWS lists resource types for it, and any resource is one of some."""
    known = load().action(action)
    target = target_of(action, aim)

    assert known is not None
    assert bool(known.resource_types) == bool(target.types) == bool(target.any) == bool(target.some)
    assert set(target.types) <= {one.name for one in known.resource_types}
    if aim != "own":
        assert all(any(matches(some, one.replace("*", "x")) for some in target.some) for one in target.any)


def test_paths_are_found_where_they_are_written_out() -> None:
    """A path counts up to the first wildcard or variable; service-linked roles and other resources do not."""
    resources = [
        *("arn:aws:iam::*:role/a/b/c*", "arn:aws:iam::*:user/${aws:PrincipalTag/team}/x", "arn:aws:iam::*:group/g*"),
        *("arn:aws:iam::*:role/aws-service-role/*", "arn:aws:s3:::role/x/y", "arn:aws:iam::*:policy/p/*"),
    ]
    policy = parse_document({"Statement": {"Effect": "Allow", "Action": "*", "Resource": resources}}, kind="identity")

    assert {("role", "a/b/"), ("policy", "p/"), ("role", "x/")} == paths_in(policy)


def test_a_written_path_is_looked_into() -> None:
    """Other roles may be chosen from a path that a policy writes; where the principal itself is, it does not say."""
    paths = frozenset({("role", "ops/")})

    assert "arn:*:iam::*:role/ops/whatever" in target_of("iam:PassRole", "other", paths).any
    assert ("arn:*:iam::*:role/whatever",) == target_of("iam:PutRolePolicy", "own", paths).any
