from __future__ import annotations

from typing import Any

from jfml_policies.access.evaluate import evaluate
from jfml_policies.policy.nodes import Policy
from jfml_policies.policy.parse import parse_document
from jfml_policies.privilege.exposed_actions import EXPOSURES
from jfml_policies.privilege.exposure import exposures
from jfml_policies.privilege.holdings import Holdings


def policy(*statements: dict[str, Any], kind: str = "identity") -> Policy:
    return parse_document({"Version": "2012-10-17", "Statement": [*statements]}, kind=kind)


def allow(action: str | list[str], resource: str = "*", **condition: Any) -> dict[str, Any]:
    statement: dict[str, Any] = {"Effect": "Allow", "Action": action, "Resource": resource}
    return {**statement, "Condition": condition} if condition else statement


def test_each_class_has_its_scope() -> None:
    """What is exposed is told by class, the worst first, with its reach and what limits it."""
    found = exposures(
        Holdings(
            [
                policy(
                    allow("s3:GetObject", "arn:aws:s3:::b/*"),
                    allow("ssm:GetParam*", Bool={"aws:MultiFactorAuthPresent": "true"}),
                    allow(["redshift:GetClusterCredentials", "kms:PutKeyPolicy", "iam:TagRole", "iam:PutRolePolicy"]),
                )
            ]
        )
    )
    told = [(one.kind, one.actions[0], one.anywhere, one.always, one.reasons) for one in found]

    assert [
        ("credentials", "redshift:GetClusterCredentials", True, True, ()),
        ("permissions", "iam:PutRolePolicy", True, True, ()),
        ("sharing", "kms:PutKeyPolicy", True, True, ()),
        ("data", "ssm:GetParameter", True, False, ("only when `aws:MultiFactorAuthPresent` is `true`",)),
        ("data", "s3:GetObject", False, True, ("only on `arn:aws:s3:::b/*`",)),
    ] == told


def test_names_alone_do_not_expose() -> None:
    """What is denied, or granted on resources that the action has not, is no exposure."""
    denied = {"Effect": "Deny", "Action": "secretsmanager:*", "Resource": "*"}

    assert () == exposures(Holdings([policy(allow("secretsmanager:*"), denied)]), ["data"])
    assert () == exposures(Holdings([policy(allow("s3:GetObject", "arn:aws:dynamodb:*:*:table/t"))]), ["data"])
    assert () == exposures(Holdings([policy(allow("*"))], boundary=[policy(allow("ec2:Run*"), kind="boundary")]))


def test_every_witness_is_allowed() -> None:
    """Each exposure of an administrator is proved by a request that the evaluator allows."""
    administrator = policy(allow("*"))
    found = exposures(Holdings([administrator]))

    assert [*EXPOSURES] == [one.kind for one in found]
    assert all(one.witness is not None and evaluate(administrator, one.witness).allowed for one in found)
