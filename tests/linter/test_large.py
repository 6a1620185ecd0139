"""Large and twisted files: within bounds of memory and work, and told at the right place."""

from __future__ import annotations

import json
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

import jfml_policies as jp
from jfml_policies.linter.embedded import lint_inside

#: `make soak` takes the sizes that organizations have, `make test` smaller ones of the same make.
IS_WHOLE = settings().max_examples >= 5_000
PLAN_BYTES = 50_000_000 if IS_WHOLE else 400_000
ROLES = 2_000 if IS_WHOLE else 40
STATEMENT = {"Effect": "Allow", "Action": ["s3:GetObject", "s3:PutObjct"], "Resource": "arn:aws:s3:::acme/*"}
POLICY = {"Version": "2012-10-17", "Statement": [STATEMENT]}
TRUST = {
    "Version": "2012-10-17",
    "Statement": {"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"},
}


def plan(size: int, *, more: str = "") -> tuple[str, int]:
    """A plan of about so many bytes, a tenth of it policies, and how many they are."""
    policy = {"type": "aws_iam_policy", "values": {"policy": json.dumps(POLICY)}}
    machine = {"type": "aws_instance", "values": {"user_data": "0123456789abcdef" * 90 + more, "tags": {"a": "b"}}}
    pair = [dict(policy, address="aws_iam_policy.p"), dict(machine, address="aws_instance.i")]
    count = size // (2 * len(json.dumps(pair))) or 1
    resources = [{**one, "address": f"{one['address']}[{number}]"} for number in range(count) for one in pair]
    changes = [
        {"address": one["address"], "change": {"after": one["values"], "after_unknown": {"id": True}}}
        for one in resources
    ]
    text = json.dumps(
        {
            "terraform_version": "1.9.0",
            "planned_values": {"root_module": {"resources": resources}},
            "resource_changes": changes,
        },
        ensure_ascii=False,
    )
    return text, count


@pytest.mark.large
@pytest.mark.parametrize("more", ["", "é", "\N{PARTY POPPER}"], ids=["ascii", "two bytes", "four bytes"])
def test_a_large_plan_takes_a_few_times_its_size(more: str) -> None:
    """What is kept and passed over on the way stays below ten times the text, as Python holds it."""
    text, count = plan(PLAN_BYTES, more=more)
    size = len(text) * (1 if not more else 2 if ord(more[0]) < 256 else 4)
    lint_inside(plan(1)[0], "plan.json")

    tracemalloc.start()
    inside = lint_inside(text, "plan.json")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert inside is not None
    assert (count, count) == (inside.policies, len(inside.findings))
    assert peak < 9 * size


@pytest.mark.large
def test_a_template_with_many_roles_is_told_role_by_role() -> None:
    """With references and conditions in each; every finding names its role and stands at its place."""
    hole = {**STATEMENT, "Resource": {"Fn::Sub": "arn:${AWS::Partition}:s3:::${Bucket}/*"}}
    choice = {"Fn::If": ["Live", {**hole, "Action": "s3:GetObjectt"}, {"Ref": "AWS::NoValue"}]}
    document = {**POLICY, "Statement": [hole, choice]}
    role: dict[str, Any] = {
        "Type": "AWS::IAM::Role",
        "Properties": {
            "AssumeRolePolicyDocument": TRUST,
            "Policies": [{"PolicyName": "p", "PolicyDocument": document}],
        },
    }
    text = json.dumps({"Resources": {f"Role{number}": role for number in range(ROLES)}}, indent=1)

    inside = lint_inside(text, "template.json")

    assert inside is not None
    assert 2 * ROLES == inside.policies
    wrong = [one for one in inside.findings if one.code == "INVALID_ACTION"]
    assert ['"s3:PutObjct"', '"s3:GetObjectt"'] * ROLES == [
        text[one.span.start : one.span.end] for one in wrong if one.span is not None
    ]
    assert [f"Role{number // 2}.Policies[p].PolicyDocument" for number in range(2 * ROLES)] == [
        one.resource for one in wrong
    ]


@pytest.mark.parametrize("where", ["statement", "value", "merge"])
def test_an_anchor_within_itself_is_told_and_ends(where: str, tmp_path: Path) -> None:
    """In a template it is a finding; other YAML with one is no policy, and does not count as checked."""
    twisted = {
        "statement": "&a\n          - Effect: Allow\n            Action: s3:*\n            Condition: *a",
        "value": "\n          - Effect: Allow\n            Action: &a [*a]\n            Resource: '*'",
        "merge": "\n          - &a\n            Effect: Allow\n            <<: *a",
    }[where]
    lines = ["Resources:", "  R:", "    Type: AWS::IAM::ManagedPolicy", "    Properties:", "      PolicyDocument:"]
    (tmp_path / "t.yaml").write_text("\n".join([*lines, f"        Statement: {twisted}"]))
    (tmp_path / "p.yaml").write_text(f"Version: '2012-10-17'\nStatement: {twisted}")

    template, policy = jp.lint_files([tmp_path / "t.yaml", tmp_path / "p.yaml"])

    assert ["JSON_SYNTAX_ERROR"] == [finding.code for finding in template.findings]
    assert (0, ()) == (policy.policies, policy.findings)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("t.yaml", "Resources:\n  R:\n    Type: AWS::IAM::Policy\n    Description: caf\xe9\n"),
        ("t.json", '{"Resources": {\n"R": {"Type": "AWS::IAM::Policy",\n\n"Description": "caf\xe9"}}}'),
    ],
    ids=["yaml", "json"],
)
def test_another_encoding_inside_a_template_is_told_with_its_line(name: str, text: str, tmp_path: Path) -> None:
    """Nothing of such a file is checked, and nothing is guessed."""
    (tmp_path / name).write_bytes(text.encode("latin-1"))

    [result] = jp.lint_files([tmp_path / name])

    assert ((), 0) == (result.findings, result.policies)
    assert result.problem is not None
    assert "not UTF-8: byte 0xe9 in line 4" == result.problem.message
    assert "save the file as UTF-8" == result.problem.hint
