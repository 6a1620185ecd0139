"""Verbs that read single policies say of a template or plan what it is, and which verbs read it; one compares them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from jfml_policies.report.change_schema import QUESTION_OUTPUT_SCHEMA

Run = Callable[..., Any]

STATEMENT = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}
POLICY = {"Version": "2012-10-17", "Statement": [STATEMENT]}
WIDER = {"Version": "2012-10-17", "Statement": [STATEMENT | {"Action": "s3:*"}]}


def template(**documents: Any) -> str:
    resources = {
        name: {"Type": "AWS::IAM::ManagedPolicy", "Properties": {"PolicyDocument": document}}
        for name, document in documents.items()
    }
    return json.dumps({"Resources": resources})


def plan(document: Any) -> str:
    resource = {"address": "aws_iam_policy.x", "type": "aws_iam_policy", "values": {"policy": json.dumps(document)}}
    return json.dumps({"terraform_version": "1.9.0", "planned_values": {"root_module": {"resources": [resource]}}})


@pytest.fixture(autouse=True)
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name, text in (
        ("template.json", template(A=POLICY)),
        ("template.yaml", "Resources:\n  A:\n    Type: AWS::IAM::Policy\n    Properties: {PolicyDocument: {Ref: X}}\n"),
        ("plan.json", plan(POLICY)),
        ("policy.yaml", "Version: '2012-10-17'\nStatement: [{Effect: Allow, Action: '*', Resource: '*'}]\n"),
        ("policy.json", json.dumps(POLICY)),
    ):
        (tmp_path / name).write_text(text)


VERBS = {
    "not-granted": ["not-granted", "--action", "s3:GetObject"],
    "no-public-access": ["no-public-access"],
    "can": ["can", "--action", "s3:GetObject", "--resource", "arn:aws:s3:::b/k"],
    "needs": ["needs", "--needed", "policy.json"],
    "needs-needed": ["needs", "policy.json", "--needed"],
    "risks": ["risks"],
    "minimise": ["minimise"],
    "schema": ["schema", "--validate"],
}
TITLES = {
    "template.json": "a CloudFormation template",
    "template.yaml": "a CloudFormation template",
    "plan.json": "a Terraform plan",
}


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("file", TITLES)
def test_a_file_of_policies_is_named(run: Run, verb: str, file: str) -> None:
    """Never an answer about something else, nor a complaint about its first word."""
    found = run(*VERBS[verb], file)

    assert (2, "") == (found.code, found.out)
    assert f"error: {file}: is {TITLES[file]}, and this verb reads single policies\n" in found.err
    assert "`jfml-policies diff` compares the policies in such files" in found.err


@pytest.mark.parametrize("verb", VERBS)
def test_a_policy_in_yaml_is_named(run: Run, verb: str) -> None:
    """It is a single policy, in a form that these verbs do not read."""
    found = run(*VERBS[verb], "policy.yaml")

    assert (2, "") == (found.code, found.out)
    assert "error: policy.yaml: is a policy in YAML, and only JSON is read here\n" in found.err


def test_standard_input_counts_as_well(run: Run) -> None:
    """However a file is given, it is what it is."""
    for verb in (["can", "--action", "s3:GetObject", "--resource", "*"], ["risks"], VERBS["not-granted"]):
        found = run(*verb, "-", stdin=plan(POLICY).encode())

        assert 2 == found.code
        assert "-: is a Terraform plan" in found.err


def test_answers_of_aws_with_one_policy_are_still_read(run: Run, tmp_path: Path) -> None:
    """What wraps one policy is read as that policy."""
    (tmp_path / "answer.json").write_text(json.dumps({"PolicyVersion": {"Document": POLICY, "VersionId": "v1"}}))

    assert 1 == run("not-granted", "answer.json", "--action", "s3:GetObject").code
    assert 0 == run("schema", "--validate", "answer.json").code


def test_the_hook_of_the_schema_passes_them_over(run: Run) -> None:
    """pre-commit names every JSON file of a repository."""
    assert (0, "", "") == run("schema", "--hook", "--validate", "template.json", "plan.json", "policy.json")


# ------------------------------------------------------------------------------------------------ no-new-access


def test_templates_and_plans_are_compared_resource_by_resource(run: Run, tmp_path: Path) -> None:
    """The same verdict as `diff` reaches for each policy."""
    (tmp_path / "wider.json").write_text(template(A=WIDER, B=POLICY))
    (tmp_path / "plan_wider.json").write_text(plan(WIDER))

    assert 0 == run("no-new-access", "template.json", "template.json").code
    assert 0 == run("no-new-access", "wider.json", "template.json").code
    found = run("no-new-access", "template.json", "wider.json")
    assert 1 == found.code
    assert "fail: `wider.json: A.PolicyDocument` allows what `template.json: A.PolicyDocument` does not" in found.out
    assert "fail: `wider.json: B.PolicyDocument`" in found.out
    assert 0 == run("no-new-access", "plan_wider.json", "plan.json").code
    assert 1 == run("no-new-access", "plan.json", "plan_wider.json").code


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (POLICY, {"Fn::ImportValue": "x"}),
        ({"Fn::ImportValue": "x"}, POLICY),
        ({"Fn::ImportValue": "x"}, {"Fn::ImportValue": "y"}),
        (POLICY, {"Version": "2012-10-17", "Statement": [STATEMENT | {"Resource": {"Ref": "Other"}}]}),
        (POLICY, {"Version": "2012-10-17", "Statement": [STATEMENT | {"Effect": "allow"}]}),
    ],
    ids=["to-unread", "from-unread", "unread", "open-value", "refused"],
)
def test_what_is_not_proved_does_not_pass(run: Run, tmp_path: Path, old: Any, new: Any) -> None:
    """Where `diff` says unknown, so does this, with the reason."""
    (tmp_path / "old.json").write_text(template(A=old))
    (tmp_path / "new.json").write_text(template(A=new))

    found = run("no-new-access", "old.json", "new.json", "--output-format", "json")
    outcomes = [one["outcome"] for one in json.loads(found.out)["files"]]

    assert 1 == found.code == run("diff", "old.json", "new.json").code
    assert "pass" not in outcomes
    assert all(one["unknown"] for one in json.loads(found.out)["files"] if one["outcome"] == "unknown")


def test_its_json_has_an_answer_for_each_policy(run: Run, tmp_path: Path) -> None:
    """The schema has both forms; a file in which nothing changed passes as a whole."""
    (tmp_path / "wider.json").write_text(template(A=WIDER, B=POLICY))
    changed = json.loads(run("no-new-access", "template.json", "wider.json", "--output-format", "json").out)
    same = json.loads(run("no-new-access", "template.json", "template.json", "--output-format", "json").out)
    for document in (changed, same):
        jsonschema.Draft7Validator(QUESTION_OUTPUT_SCHEMA).validate(document)

    assert {"compared": 2, "skipped": 0, "outcomes": {"fail": 2}} == changed["summary"]
    assert [("template.json", "pass")] == [(one["file"], one["outcome"]) for one in same["files"]]


@pytest.mark.parametrize("format_", ["full", "concise", "sarif", "github", "gitlab", "junit", "markdown", "html"])
def test_every_format_has_them(run: Run, tmp_path: Path, format_: str) -> None:
    """The exit code is the same in each."""
    (tmp_path / "wider.json").write_text(template(A=WIDER))
    found = run("no-new-access", "template.json", "wider.json", "--output-format", format_)

    assert 1 == found.code
    assert "s3:" in found.out


def test_a_template_and_a_policy_are_not_comparable(run: Run) -> None:
    """Neither is read as the other."""
    for order in (["template.json", "policy.json"], ["policy.json", "template.json"]):
        found = run("no-new-access", *order)

        assert 2 == found.code
        assert "template.json: is a CloudFormation template, and `policy.json` is something else" in found.err
