"""The answer of `get-template`: its template is read as any, at its places, and nobody is offered to mend it."""

import json

import pytest
import yaml

from jfml_policies.linter.embedded import lint_inside
from jfml_policies.sources.find import find_policies
from jfml_policies.sources.found import Unread

STATEMENT = {"Effect": "Allow", "Action": "s3:GetObjct", "Resource": {"Fn::Sub": "arn:aws:s3:::${B}/*"}}
POLICY = {"PolicyDocument": {"Version": "2012-10-17", "Statement": [STATEMENT]}}
TEMPLATE = {"Resources": {"P": {"Type": "AWS::IAM::ManagedPolicy", "Properties": POLICY}}}
BODIES = {
    "object": TEMPLATE,
    "text": json.dumps(TEMPLATE),
    "text of several lines": json.dumps(TEMPLATE, indent=1),
    "text in YAML": yaml.safe_dump(TEMPLATE).replace("Fn::Sub: ", "!Sub ").replace("\n          !Sub", " !Sub"),
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
@pytest.mark.parametrize("name", ["answer.json", "answer.yaml"])
def test_the_template_of_an_answer_is_checked(body: object, name: str) -> None:
    answer = {"StagesAvailable": ["Original"], "TemplateBody": body}
    text = json.dumps(answer) if name.endswith(".json") else yaml.safe_dump(answer, default_style="|")

    inside = lint_inside(text, name)

    assert inside is not None
    [finding] = inside.findings
    assert ("INVALID_ACTION", "P.PolicyDocument") == (finding.code, finding.resource)
    assert finding.span is not None
    assert "s3:GetObjct" in text[finding.span.start : finding.span.end]
    assert finding.span.end - finding.span.start < 40
    assert finding.fix is None or not finding.fix.edits


def test_a_broken_template_in_an_answer_is_told() -> None:
    found = find_policies(json.dumps({"TemplateBody": '{"Resources": {"P": {"Type": "AWS::IAM::Policy"'}), "a.json")

    assert found is not None
    [one] = found.policies
    assert isinstance(one, Unread)
    assert one.reason.startswith("its text is broken: ")


def test_other_bodies_hold_no_policies() -> None:
    assert find_policies('{"TemplateBody": "AWS::IAM::Role", "x": "Statement"}', "a.json") is None
