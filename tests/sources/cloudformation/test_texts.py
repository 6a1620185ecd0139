"""Policies that a template writes as text are read as policies, references in them included."""

import json
from typing import Any

import pytest

from jfml_policies.linter.embedded import lint_inside
from jfml_policies.sources.find import find_policies
from jfml_policies.sources.found import Unread

DOCUMENT = (
    '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "ACTION", '
    '"Resource": ["arn:aws:s3:::${Bucket}/${!aws:username}", "${Bucket.Arn}"]}]}'
)
JOINED = DOCUMENT.replace("${Bucket.Arn}", "SPLIT").replace("${!", "${").split("${Bucket}")
FUNCTIONS: dict[str, Any] = {
    "Sub": {"Fn::Sub": DOCUMENT},
    "Sub with values": {"Fn::Sub": [DOCUMENT, {"Bucket": {"Fn::ImportValue": "x"}}]},
    "Join": {"Fn::Join": ["", [JOINED[0], {"Ref": "Bucket"}, JOINED[1].replace("SPLIT", "arn:aws:s3:::b")]]},
    "If": {"Fn::If": ["C", {"Fn::Sub": DOCUMENT}, {"Ref": "AWS::NoValue"}]},
    "ToJsonString": {"Fn::ToJsonString": json.loads(DOCUMENT.replace("${Bucket", "${aws:PrincipalTag/a"))},
}


def template(resource_type: str = "AWS::SSO::PermissionSet", **properties: Any) -> str:
    return json.dumps({"Resources": {"X": {"Type": resource_type, "Properties": properties}}})


def findings(text: str, name: str = "t.json") -> list[tuple[str, str]]:
    inside = lint_inside(text, name)
    assert inside is not None
    assert () == inside.unread
    return [(one.rule, text[one.span.start : one.span.end]) for one in inside.findings if one.span is not None]


@pytest.mark.parametrize("call", FUNCTIONS.values(), ids=FUNCTIONS)
@pytest.mark.parametrize("name", ["InlinePolicy", "PolicyDocument"])
def test_a_text_that_functions_put_together_is_checked_at_its_place(name: str, call: Any) -> None:
    good = json.loads(json.dumps(call).replace("ACTION", "s3:GetObject"))
    bad = template(**{name: json.loads(json.dumps(call).replace("ACTION", "s3:GetObjct"))})

    assert [] == findings(template(**{name: good}))
    [(rule, place)] = findings(bad)
    assert "invalid-action" == rule
    assert "s3:GetObjct" == place.strip('\\"')


def test_a_block_of_yaml_is_checked_at_its_line() -> None:
    text = """\
Resources:
  X:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: !Sub |
        {"Version": "2012-10-17",
         "Statement": [{"Effect": "Allow",
           "Principal": {"Federated": "arn:aws:iam::${AWS::AccountId}:oidc-provider/${Issuer}"},
           "Action": "sts:AssumeRoleWithWebIdentty",
           "Condition": {"StringEquals": {"${Issuer}:aud": "sts.amazonaws.com", "${Issuer}:sub": "a"}}}]}
"""
    assert [("invalid-action", '"sts:AssumeRoleWithWebIdentty"')] == findings(text, "t.yaml")


@pytest.mark.parametrize(
    "text",
    [
        {"Resources": {"R": {"Type": "AWS::IAM::Policy", "Properties": {"PolicyDocument": json.loads(DOCUMENT)}}}},
        {"StartAt": "A", "States": {"A": {"Parameters": {"PolicyDocument": json.loads(DOCUMENT)}}}},
        {"service": "S3", "parameters": {"Policy": DOCUMENT}},
    ],
    ids=["template", "state machine", "call"],
)
@pytest.mark.parametrize("call", ["text", "Fn::Sub", "Fn::Join"])
def test_a_text_that_holds_a_policy_somewhere_is_none(text: Any, call: str) -> None:
    written = json.dumps(text)
    value = {"text": written, "Fn::Sub": {call: written}, "Fn::Join": {call: ["", [written]]}}[call]

    assert [] == findings(template("AWS::S3::Object", Body=value))


def test_a_broken_text_is_told_where_a_policy_belongs() -> None:
    assert ["json-syntax-error"] == [rule for rule, _ in findings(template(InlinePolicy='{"Statement": [}'))]
    assert [] == findings(template(Comment='{"Statement": [}'))


@pytest.mark.parametrize(
    "call",
    [
        {"Fn::Sub": '{"Statement": [${More}]}'},
        {"Fn::Sub": '{"Statement": [{"Effect": "\ue000"}]}'},
        {"Fn::Join": [",", ['{"Statement": [', {"Ref": "More"}, "]}"]]},
    ],
)
def test_a_text_that_is_no_json_before_deployment_is_not_read(call: Any) -> None:
    found = find_policies(template(PolicyDocument=call))

    assert found is not None
    assert [Unread("X.PolicyDocument", "it is a text with references in it")] == list(found.policies)


@pytest.mark.parametrize("sign", ["|", ">", ">-", "|+", "!Sub |", "!Sub >-", "'", '"'])
def test_words_of_any_yaml_string_are_found_in_the_file(sign: str) -> None:
    """Lines may be kept or folded, and empty ones come between."""
    lines = ['{"Version": "2012-10-17", "Statement":']
    lines += [' [{"Effect": "Allow", "Action": "s3:GetObjct",', "", '"Resource": "*"}]}']
    quote = sign if len(sign) == 1 and sign in "'\"" else ""
    body = "\n".join([f"          {line}" for line in lines])
    if quote == '"':
        body = body.replace('"', '\\"')
    text = "Resources:\n  X:\n    Type: AWS::SSO::PermissionSet\n    Properties:\n      InlinePolicy: "
    text += f"{quote}\n{body}{quote}\n" if quote else f"{sign}\n{body}\n"

    [(rule, place)] = findings(text, "t.yaml")

    assert "invalid-action" == rule
    assert "s3:GetObjct" in place
    assert quote == '"' or place == '"s3:GetObjct"'
