"""Plans and states of Terraform: policies of every module, and never a value beside them."""

import json
from typing import Any

import pytest

from jfml_policies.linter.embedded import lint_inside
from jfml_policies.sources.find import find_policies
from jfml_policies.sources.found import Unread
from jfml_policies.sources.source import Source
from jfml_policies.text.masked import masked

BAD = {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObjct", "Resource": "*"}}


def resource(address: str, **values: object) -> dict[str, Any]:
    kind = address.split(".")[-2]
    return {"address": address, "mode": "managed", "type": kind, "values": values, "sensitive_values": {}}


def plan(*resources: dict[str, Any], changes: list[dict[str, Any]] | None = None) -> str:
    root = {"root_module": {"resources": [], "child_modules": [{"address": "module.a", "resources": list(resources)}]}}
    return json.dumps(
        {
            "format_version": "1.2",
            "terraform_version": "1.9.0",
            "variables": {"token": {"value": "hunter2"}},
            "planned_values": root,
            "resource_changes": changes or [],
        }
    )


def policies(text: str) -> list[Source | Unread]:
    found = find_policies(text, "plan.json")
    assert found is not None
    return list(found.policies)


def test_a_policy_of_a_module_is_checked_at_its_place() -> None:
    text = plan(resource("module.a.aws_iam_role_policy.read", name="read", policy=json.dumps(BAD)))

    inside = lint_inside(text, "plan.json")

    assert inside is not None
    assert "Terraform plan" == inside.format
    [finding] = inside.findings
    assert finding.span is not None
    assert '\\"s3:GetObjct\\"' == text[finding.span.start : finding.span.end]
    assert "module.a.aws_iam_role_policy.read.policy" == finding.resource


def test_kinds_come_from_types_and_attributes() -> None:
    document = json.dumps(BAD)
    text = plan(
        resource("m.aws_iam_role.r", assume_role_policy=document, inline_policy=[{"name": "x", "policy": document}]),
        resource("m.aws_s3_bucket_policy.b", policy=document),
        resource("m.aws_organizations_policy.o", content=document, type="RESOURCE_CONTROL_POLICY"),
        resource("m.aws_iot_policy.i", policy=document),
    )

    assert [
        ("trust", None),
        ("identity", None),
        ("resource", "AWS::S3::Bucket"),
        ("rcp", None),
    ] == [(one.kind, one.resource_type) for one in policies(text) if isinstance(one, Source)]


def test_what_apply_will_tell_is_named_and_not_checked() -> None:
    changes = [{"address": "m.aws_iam_policy.p", "change": {"after_unknown": {"policy": True, "arn": True}}}]
    text = plan(resource("m.aws_iam_policy.p", name="p"), changes=changes)

    assert [Unread("m.aws_iam_policy.p.policy", "it is known only after apply")] == policies(text)


def test_a_sensitive_policy_is_not_looked_at() -> None:
    secret = resource("m.aws_iam_policy.p", policy=json.dumps(BAD))
    secret["sensitive_values"] = {"policy": True}

    assert [Unread("m.aws_iam_policy.p.policy", "it is marked as sensitive")] == policies(plan(secret))


def test_inline_policies_go_by_their_names() -> None:
    """A block that comes before them does not change their addresses; a name that is sensitive is not shown."""
    blocks = [{"name": "read", "policy": json.dumps(BAD)}, {"name": "hunter2", "policy": json.dumps(BAD)}]
    role = resource("m.aws_iam_role.r", inline_policy=blocks)
    role["sensitive_values"] = {"inline_policy": [{}, {"name": True}]}

    assert ["m.aws_iam_role.r.inline_policy[read].policy", "m.aws_iam_role.r.inline_policy[1].policy"] == [
        one.resource for one in policies(plan(role))
    ]


def test_nothing_but_policies_is_shown() -> None:
    text = plan(resource("m.aws_iam_policy.p", comment="hunter2", policy=json.dumps(BAD)))
    inside = lint_inside(text, "plan.json")
    assert inside is not None

    shown = masked(text, inside.hidden)

    assert "hunter2" not in shown
    assert "s3:GetObjct" in shown
    assert len(text) == len(shown)


def test_a_state_file_is_read() -> None:
    text = json.dumps(
        {
            "version": 4,
            "terraform_version": "1.9.0",
            "serial": 3,
            "lineage": "x",
            "resources": [
                {
                    "module": "module.a",
                    "mode": "managed",
                    "type": "aws_iam_policy",
                    "name": "p",
                    "instances": [
                        {"index_key": "k", "attributes": {"policy": json.dumps(BAD)}, "sensitive_attributes": []}
                    ],
                }
            ],
        }
    )

    assert ['module.a.aws_iam_policy.p["k"].policy'] == [one.resource for one in policies(text)]


def test_a_plan_without_policies_holds_none() -> None:
    assert [] == policies(plan(resource("m.aws_s3_bucket.b", bucket="b")))


@pytest.mark.parametrize(
    "body",
    [
        {"Resources": {"R": {"Type": "AWS::IAM::Policy", "Properties": {"PolicyDocument": BAD}}}},
        {"openapi": "3.0.1", "x-amazon-apigateway-policy": BAD},
        {"schemaVersion": "2.2", "mainSteps": [{"inputs": {"Statement": []}}]},
        {"PolicyDocument": BAD},
    ],
    ids=["template", "api", "document", "wrapper"],
)
def test_a_text_that_holds_a_policy_somewhere_is_none(body: object) -> None:
    assert [] == policies(plan(resource("m.aws_ssm_document.d", content=json.dumps(body))))


def test_a_broken_text_is_told_where_a_policy_belongs() -> None:
    broken = json.dumps(BAD)[:-1]

    assert 1 == len(policies(plan(resource("m.aws_sqs_queue_policy.q", policy=broken))))
    assert [] == policies(plan(resource("m.aws_ssm_parameter.p", value=broken)))


MISSPELT = json.dumps(BAD).replace("Statement", "Statment")


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("aws_iam_role", {"assume_role_policy": MISSPELT}),
        ("aws_iam_role", {"inline_policy": [{"policy": MISSPELT}]}),
        ("aws_iam_role_policy", {"policy": MISSPELT}),
        ("aws_organizations_policy", {"content": MISSPELT}),
        ("aws_opensearch_domain", {"access_policies": MISSPELT}),
        ("awscc_iam_role", {"policies": [{"policy_document": MISSPELT}]}),
    ],
)
def test_a_misspelt_document_is_told_where_nothing_else_belongs(kind: str, values: dict[str, Any]) -> None:
    inside = lint_inside(plan(resource(f"m.{kind}.x", **values)), "plan.json")

    assert inside is not None
    assert "MISSING_STATEMENT" in {one.code for one in inside.findings}


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("aws_sqs_queue", {"redrive_policy": '{"maxReceiveCount": 4}'}),
        ("aws_ecr_lifecycle_policy", {"policy": '{"rules": []}'}),
        ("aws_organizations_policy", {"content": '{"tags": {}}', "type": "TAG_POLICY"}),
        ("aws_s3_object", {"content": '{"a": 1}'}),
        ("aws_secretsmanager_secret", {"policy": "{}"}),
    ],
)
def test_other_texts_are_no_documents(kind: str, values: dict[str, Any]) -> None:
    assert [] == policies(plan(resource(f"m.{kind}.x", **values)))


def test_policies_of_other_providers_for_aws_are_read_and_no_others() -> None:
    role = resource("m.awscc_iam_role.r", assume_role_policy_document=json.dumps(BAD))
    vault = resource("m.vault_aws_secret_backend_role.r", policy_document=json.dumps(BAD))
    cloud = resource("m.alicloud_ram_policy.p", policy_document=json.dumps(BAD))

    found = policies(plan(role, vault, cloud))

    assert ["trust", "identity"] == [one.kind for one in found if isinstance(one, Source)]
    assert 2 == len(found)
