from __future__ import annotations

import pytest

from jfml_policies.catalog import load
from jfml_policies.catalog.arn_format import PLACEHOLDER
from jfml_policies.linter.questions.action_targets import arn_targets, never_matches

CATALOG = load()


@pytest.mark.parametrize("prefix", sorted(CATALOG.prefixes))
def test_no_action_is_held_against_an_arn_of_its_own_types(prefix: str) -> None:
    """Whatever resource type the catalogue lists for an action, an ARN of that type matches it."""
    service = CATALOG.service(prefix)
    assert service is not None
    accused = [
        (action.full_name, described.arn)
        for action in service.actions
        for listed in action.resource_types
        if (described := service.resource_type(listed.name)) is not None
        if (targets := arn_targets([PLACEHOLDER.sub("aws", described.arn)], CATALOG)) is not None
        if never_matches(action.full_name, targets, CATALOG)
    ]

    assert [] == accused


@pytest.mark.parametrize(
    "resource",
    [
        "*",
        "orders",
        "arn:aws:*:*:*:table/orders",
        "arn:aws:novelty:*:*:table/orders",
        "arn:aws:dynamodb:*:*:novelty/orders",
        "arn:aws:${aws:PrincipalTag/service}:*:*:orders",
    ],
)
def test_an_unknown_resource_hides_the_others(resource: str) -> None:
    """One resource that can be anything, or that the catalogue does not know, makes the statement undecided."""
    assert arn_targets(["arn:aws:dynamodb:*:*:table/orders", resource], CATALOG) is None


@pytest.mark.parametrize(
    ("action", "resource", "expected"),
    [
        ("kms:Decrypt", "arn:aws:s3:::acme/*", True),
        ("KMS:decrypt", "arn:aws:s3:::acme/*", True),
        ("kms:Novelty", "arn:aws:s3:::acme/*", False),
        ("novelty:*", "arn:aws:s3:::acme/*", False),
        ("km?:Decrypt", "arn:aws:s3:::acme/*", False),
        ("wafv2:AssociateWebACL", "arn:aws:elasticloadbalancing:*:*:loadbalancer/app/front/1", False),
        ("cloudformation:CreateStack", "arn:aws:cloudformation:*:*:type/resource/AWS-IAM-Role", False),
        ("cloudformation:CreateStack", "arn:aws:cloudformation:*:*:stackset/front:1", True),
        ("sts:GetCallerIdentity", "arn:aws:iam::111122223333:role/app", True),
    ],
)
def test_an_action_is_judged_by_its_types(action: str, resource: str, expected: bool) -> None:
    """A known action never matches where no listed type, and nothing that AWS asks for beside them, is named."""
    targets = arn_targets([resource], CATALOG)
    assert targets is not None

    assert expected is never_matches(action, targets, CATALOG)
