"""The last steps of every builder."""

from __future__ import annotations

from typing import Any

import pytest

from jfml_policies.build import Role, explain, jfrog_ml
from jfml_policies.build.finished_role import finished_role
from jfml_policies.build.statements import Statement, document
from jfml_policies.errors import ParameterError, PolicyError

TRUST = document([Statement("Assume", ("sts:AssumeRole",), principal="arn:aws:iam::111122223333:role/reader")])


def finished(permissions: dict[str, Any], *managed: str) -> Role:
    return finished_role(
        name="reader",
        trust=TRUST,
        permissions=permissions,
        parameters=jfrog_ml.RoleParameters.of({"bucket": "acme-features"}),
        choices=["chosen"],
        allows=["allowed"],
        leaves_out=[],
        warnings=[],
        remedies=("name fewer roles", "give fewer folders"),
        fault="blame the test",
        managed_policies=managed,
    )


def folders(number: int) -> dict[str, Any]:
    resources = tuple(f"arn:aws:s3:::acme-features/{'x' * 400}/{place}/*" for place in range(number))
    return document([Statement("Read", ("s3:GetObject",), resources)])


def test_the_usual_role_has_one_policy() -> None:
    """Under the names that there have always been, and without a word about sizes."""
    role = finished(folders(2))

    assert (role.permissions,) == role.permission_documents
    assert {"trust.json": role.trust_json, "permissions.json": role.permissions_json} == role.files
    assert ("chosen",) == role.choices


def test_a_large_role_keeps_the_whole_beside_the_parts() -> None:
    """Nothing is lost to whoever reads `permissions` only, and the explanation says what to attach and why."""
    role = finished(folders(30))

    assert folders(30) == role.permissions
    assert 3 == len(role.permission_documents) == len(role.files) - 1
    assert role.permission_texts == tuple(text for name, text in role.files.items() if name != "trust.json")
    assert (
        "  as one policy the permissions would take 13,147 characters, more than the 6,144 that IAM allows, "
        "so they are split into 3 policies; attach all of them: together they allow it all"
    ) in explain(role)


def test_policies_of_aws_take_places_of_the_quota() -> None:
    """A role has ten places for managed policies, whoever made them."""
    managed = [f"arn:aws:iam::aws:policy/Sample{number}" for number in range(8)]

    assert 3 == len(finished(folders(30), *managed[:7]).permission_documents)
    with pytest.raises(ParameterError, match="more than the 2 managed policies of 6,144") as caught:
        finished(folders(30), *managed)
    assert "give fewer folders" == caught.value.hint


def test_every_document_is_linted() -> None:
    """An error is somebody's fault, and is told as that."""
    wrong = document([Statement("Read", ("s3:GetObjct",), ("arn:aws:s3:::acme/*",))])
    with pytest.raises(PolicyError, match="the built identity policy fails its own check: invalid-action") as caught:
        finished(wrong)

    assert "blame the test" == caught.value.hint
