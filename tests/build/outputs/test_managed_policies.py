"""AWS's managed policies that a role is to have beside its own stand in every output."""

from __future__ import annotations

import hcl2
import yaml

from jfml_policies.build import preset_named, preset_role
from jfml_policies.build.role import Role

READ_ONLY = "arn:aws:iam::aws:policy/ReadOnlyAccess"


def role() -> Role:
    return preset_role(preset_named("new-relic"), {"external_id": "1234567"})


def test_terraform_attaches_them() -> None:
    """By an attachment with the ARN as it is."""
    text = role().to_terraform()
    attached = [
        settings["policy_arn"].strip('"')
        for block in hcl2.loads(text)["resource"]
        for kind, named in block.items()
        if kind.strip('"') == "aws_iam_role_policy_attachment"
        for settings in named.values()
    ]

    assert READ_ONLY in attached


def test_cloudformation_names_them() -> None:
    """As a property of the role."""
    template = yaml.safe_load(role().to_cloudformation())

    assert [READ_ONLY] == template["Resources"]["Role"]["Properties"]["ManagedPolicyArns"]


def test_the_script_attaches_them() -> None:
    """By a command of its own, after those of the role's own policy."""
    *_, last = role().to_aws_cli().split("policy_arn=")

    assert last.startswith(f"{READ_ONLY}\n")
    assert "attach-role-policy" in role().to_aws_cli().rpartition(READ_ONLY)[2]


def test_a_role_without_them_names_none() -> None:
    """JFrog ML's role has its own policy only."""
    from jfml_policies.build import jfrog_ml

    assert "ManagedPolicyArns" not in jfrog_ml.role(bucket="acme").to_cloudformation()
