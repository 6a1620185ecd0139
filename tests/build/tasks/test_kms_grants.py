"""Keys that services use by grants."""

from __future__ import annotations

import pytest

from jfml_policies import Request, compare, evaluate
from jfml_policies.build.tasks import KmsKey, LendKeys

KEY = KmsKey.of("arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab")
TASK = LendKeys((KEY,), ("Decrypt", "GenerateDataKey"), ("dynamodb",))
Values = str | list[str]
ASKED: dict[str, Values] = {
    "kms:GrantIsForAWSResource": "true",
    "kms:GrantOperations": ["Decrypt"],
    "kms:ViaService": "dynamodb.eu-west-1.amazonaws.com",
}


def allows(task: LendKeys, key: str = KEY.arn, **changed: Values | None) -> bool:
    context: dict[str, Values | None] = {**ASKED, **{f"kms:{name}": value for name, value in changed.items()}}
    given = {name: value for name, value in context.items() if value is not None}
    return evaluate([task], Request("kms:CreateGrant", key, context=given)).allowed


def test_a_service_gets_the_grant_that_was_named() -> None:
    assert allows(TASK)
    assert allows(TASK, GrantOperations=["GenerateDataKey", "Decrypt"])


@pytest.mark.parametrize(
    "changed",
    [
        {"GrantIsForAWSResource": "false"},
        {"GrantIsForAWSResource": None},
        {"GrantOperations": ["Decrypt", "CreateGrant"]},
        {"GrantOperations": ["Encrypt"]},
        {"GrantOperations": None},
        {"ViaService": "ec2.eu-west-1.amazonaws.com"},
        {"ViaService": "dynamodb.us-east-1.amazonaws.com"},
        {"ViaService": None},
    ],
    ids=str,
)
def test_no_other_grant_is_given(changed: dict[str, Values | None]) -> None:
    """Not to the role itself, not for other operations, not through other services or in other regions."""
    assert not allows(TASK, KEY.arn, **changed)


def test_without_services_any_integrated_one_may_ask() -> None:
    anybody = LendKeys((KEY,), ("Decrypt", "GenerateDataKey"))

    assert allows(anybody, ViaService="ec2.eu-west-1.amazonaws.com")
    assert not allows(anybody, GrantIsForAWSResource="false")
    assert "wider" == compare(TASK, anybody).relation


def test_keys_of_two_regions_serve_the_services_of_their_own() -> None:
    other = KmsKey.of(KEY.arn.replace("eu-west-1", "us-east-1"))
    both = LendKeys((KEY, other), ("Decrypt",), ("dynamodb", "ec2"))

    assert allows(both, other.arn, ViaService="ec2.us-east-1.amazonaws.com")
    assert not allows(both, other.arn)
