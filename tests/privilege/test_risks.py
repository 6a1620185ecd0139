"""All risks at once, as Python has them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import jfml_policies as jp


def policy(action: str, effect: str = "Allow", **more: object) -> dict[str, Any]:
    statement = {"Effect": effect, "Action": action, "Resource": "*", **more}
    return {"Version": "2012-10-17", "Statement": [statement]}


DEPLOY = policy("iam:CreatePolicyVersion")
SECRETS = policy("secretsmanager:GetSecretValue")
BUCKET = policy("s3:GetObject", Principal="*", Resource="arn:aws:s3:::acme/*")
PINNED = policy("s3:GetObject", Principal={"AWS": "arn:aws:iam::111122223333:root"}, Resource="arn:aws:s3:::acme/*")
TRUST = {"Statement": {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"}}


def test_policies_of_a_principal_count_together(tmp_path: Path) -> None:
    """In any form: a path, a text, plain values."""
    path = tmp_path / "secrets.json"
    path.write_text(json.dumps(SECRETS))

    found = jp.risks([DEPLOY, path, json.dumps(policy("iam:*", "Deny"))])

    assert () == found.open_paths
    assert {"data"} == {one.kind for one in found.exposures}
    assert ["iam-001"] == [answer.path.id for answer in jp.risks(DEPLOY).open_paths]


def test_limits_bind() -> None:
    """A boundary, and every level of service control policies, must allow as well."""
    wide, narrow = policy("*"), policy("s3:*")

    assert jp.risks(DEPLOY, boundary=wide, scps=[wide, [narrow, wide]]).open_paths
    assert not jp.risks(DEPLOY, boundary=narrow).open_paths
    assert not jp.risks(DEPLOY, scps=[wide, narrow]).open_paths


def test_policies_of_resources_and_roles_are_public_or_not() -> None:
    """Those that let in nobody but whom they name are not told of."""
    found = jp.risks([BUCKET, PINNED, TRUST])

    assert ((), ()) == (found.paths, found.exposures)
    assert ["resource", "trust"] == [one.policy.kind for one in found.public]
    assert [("s3:GetObject",), ("sts:AssumeRole",)] == [one.regions[0].actions for one in found.public]


def test_a_witness_of_public_access_is_allowed() -> None:
    """It is a stranger's request, and the evaluator says so."""
    (public,) = jp.risks(BUCKET).public
    decision = jp.evaluate([public.policy], public.regions[0].witness)

    assert decision.allowed


def test_what_is_not_known_of_a_public_policy_is_said() -> None:
    """AWS would refuse the document, so that nothing is proved."""
    (public,) = jp.risks(policy("s3:GetObject", Principal="*", Effect="allow")).public

    assert () == public.regions
    assert "AWS would refuse" in public.unknown[0]


def test_a_repository_is_public_without_a_resource() -> None:
    statement = {"Effect": "Allow", "Principal": "*", "Action": "ecr:BatchGetImage"}

    (public,) = jp.risks({"Statement": [statement]}).public

    assert ("ecr:BatchGetImage",) == public.regions[0].actions


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (([],), "there is no policy"),
        ((3,), "can't be of type int"),
        (([3],), "can't be of type int"),
        (([jp.loads(json.dumps(DEPLOY), kind="scp")],), "service control policy grants nothing"),
    ],
)
def test_what_is_no_policy_of_a_principal_or_resource_is_refused(arguments: tuple[Any, ...], problem: str) -> None:
    with pytest.raises(jp.UsageError, match=problem):
        jp.risks(*arguments)


def test_limits_need_somebody_to_limit() -> None:
    with pytest.raises(jp.UsageError, match="could limit"):
        jp.risks(BUCKET, boundary=DEPLOY)


def test_the_answer_is_frozen() -> None:
    with pytest.raises(AttributeError):
        jp.risks(DEPLOY).paths = ()  # type: ignore[misc]
