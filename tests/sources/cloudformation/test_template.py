"""Templates: every policy is found at its place, and what only deployment knows is never wrong by itself."""

import json

import pytest
import yaml

from jfml_policies.linter.embedded import lint_inside
from jfml_policies.sources.find import find_policies
from jfml_policies.sources.found import Unread
from jfml_policies.sources.source import Source

TEMPLATE = """\
Parameters:
  Env: {Type: String}
Conditions:
  IsProd: !Equals [!Ref Env, prod]
Resources:
  Data:
    Type: AWS::S3::Bucket
  Reader:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: 2012-10-17
        Statement:
          - Effect: Allow
            Principal: {AWS: !Sub 'arn:${AWS::Partition}:iam::${AWS::AccountId}:role/caller'}
            Action: sts:AssumeRole
      Policies:
        - PolicyName: read
          PolicyDocument:
            Version: '2012-10-17'
            Statement:
              - Effect: Allow
                Action: [ACTION, "s3:ListBucket"]
                Resource: [!Sub '${Data.Arn}/*', !GetAtt Data.Arn]
              - !If
                - IsProd
                - Effect: Allow
                  Action: s3:PutObject
                  Resource: !Join ['', [!GetAtt Data.Arn, /*]]
                - !Ref AWS::NoValue
              - Effect: Allow
                Action: !Ref Env
                Resource: !ImportValue shared-bucket
  Log:
    Type: AWS::Logs::ResourcePolicy
    Properties:
      PolicyName: x
      PolicyDocument: |
        {"Version": "2012-10-17",
         "Statement": [{"Effect": "Deny", "Principal": "*",
           "Action": "LOGS", "Resource": "*"}]}
"""
GOOD = TEMPLATE.replace("ACTION", "s3:GetObject").replace("LOGS", "logs:PutLogEvents")


def findings(text: str, name: str = "t.yaml") -> list[tuple[str, str | None, str]]:
    inside = lint_inside(text, name)
    assert inside is not None
    return [
        (one.code, one.resource, text[one.span.start : one.span.end]) for one in inside.findings if one.span is not None
    ]


def test_a_right_template_has_no_findings() -> None:
    assert [] == findings(GOOD)


def test_a_finding_stands_at_its_place_and_names_the_resource() -> None:
    text = TEMPLATE.replace("ACTION", "s3:GetObjct").replace("LOGS", "logs:PutLogEvnts")

    assert [
        ("INVALID_ACTION", "Reader.Policies[read].PolicyDocument", "s3:GetObjct"),
        ("INVALID_ACTION", "Log.PolicyDocument", '"logs:PutLogEvnts"'),
    ] == findings(text)


def test_json_and_yaml_are_read_alike() -> None:
    class Loader(yaml.SafeLoader):
        pass

    def call(loader: yaml.SafeLoader, suffix: str, node: yaml.Node) -> object:
        name = suffix if suffix == "Ref" else f"Fn::{suffix}"
        if isinstance(node, yaml.ScalarNode):
            return {name: loader.construct_scalar(node)}
        assert isinstance(node, yaml.SequenceNode)
        return {name: loader.construct_sequence(node, deep=True)}

    Loader.add_multi_constructor("!", call)
    text = TEMPLATE.replace("ACTION", "s3:GetObjct").replace("LOGS", "logs:PutLogEvnts")
    as_json = json.dumps(yaml.load(text, Loader), indent=1, default=str)  # noqa: S506

    assert [one[:2] for one in findings(text)] == [one[:2] for one in findings(as_json, "t.json")]


def test_the_branch_of_a_condition_is_checked() -> None:
    assert ["s3:PutObjekt"] == [one[2] for one in findings(GOOD.replace("s3:PutObject", "s3:PutObjekt"))]


def test_kinds_come_from_the_resource_types() -> None:
    found = find_policies(GOOD, "t.yaml")
    assert found is not None

    assert "CloudFormation template" == found.format
    assert ["trust", "identity", "resource"] == [one.kind for one in found.policies if isinstance(one, Source)]


@pytest.mark.parametrize(
    "value",
    [
        "!Ref Env",
        "!GetAtt Nested.Outputs.Arn",
        "!FindInMap [A, B, C]",
        "!Sub '${Env}'",
        "!Sub '${Env}:x'",
        "!Select [0, !Split [',', !Ref Env]]",
        "'{{resolve:ssm:name}}'",
    ],
)
@pytest.mark.parametrize("element", ["Action: s3:PutObject", "Effect: Allow", "Action: sts:AssumeRole"])
def test_an_unknown_value_alone_causes_no_finding(value: str, element: str) -> None:
    name = element.split(":", maxsplit=1)[0]

    assert [] == findings(GOOD.replace(element, f"{name}: {value}"))


def test_a_policy_with_a_reference_is_not_blamed_for_its_name() -> None:
    text = GOOD.replace("s3:GetObject", "s3:GetObjct")

    assert [("INVALID_ACTION", "Reader.Policies[read].PolicyDocument", "s3:GetObjct")] == findings(text)


def test_a_broken_template_is_told_with_its_place() -> None:
    inside = lint_inside(GOOD + "  - x: [", "t.yaml")

    assert inside is not None
    assert ["JSON_SYNTAX_ERROR"] == [one.code for one in inside.findings]


def test_other_yaml_is_none_of_ours() -> None:
    assert find_policies("kind: Role\nrules: [{verbs: [get]}]\n", "k8s.yaml") is None
    assert find_policies("Statement: {{ .Values.x }}\nAction: x\n---\na: b\n", "helm.yaml") is None


def test_anchors_that_repeat_a_policy_are_bounded() -> None:
    lines = ["Resources:", "  A:", "    Type: AWS::IAM::Role", "    x0: &a0 [Statement, Statement]"]
    lines += [f"    x{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    inside = lint_inside("\n".join(lines), "t.yaml")

    assert inside is not None
    assert ["JSON_SYNTAX_ERROR"] == [one.code for one in inside.findings]


BAD = TEMPLATE.replace("ACTION", "s3:GetObjct").replace("LOGS", "logs:PutLogEvents")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("\ufeff" + BAD[BAD.index("Resources:") :], id="byte order mark"),
        pytest.param(BAD.replace("\n", "\r\n"), id="line ends of Windows"),
        pytest.param(
            BAD + "Mappings: {M: {true: {no: x}, 111122223333: {~: y}}}\n", id="names that YAML reads as values"
        ),
    ],
)
def test_unusual_forms_of_a_template_are_read(text: str) -> None:
    assert [("INVALID_ACTION", "s3:GetObjct")] == [
        (rule, place) for rule, _, place in findings(text) if rule == "INVALID_ACTION"
    ]


def test_a_template_in_braces_is_read() -> None:
    policy = "{Version: '2012-10-17', Statement: [{Effect: Allow, Action: s3:GetObjct, Resource: '*'}]}"
    text = f"{{Resources: {{R: {{Type: AWS::IAM::ManagedPolicy, Properties: {{PolicyDocument: {policy}}}}}}}}}"

    assert ["s3:GetObjct"] == [place for _, _, place in findings(text)]


def test_a_name_that_is_there_twice_hides_no_policy() -> None:
    """Which one counts depends on who reads it."""
    resource = BAD[BAD.index("Resources:") :]

    assert 2 == [rule for rule, _, _ in findings(BAD + resource)].count("INVALID_ACTION")


@pytest.mark.parametrize("name", ["-", "stack.txt", "stack.template", "stack"])
def test_yaml_is_known_by_its_first_lines_where_its_name_says_nothing(name: str) -> None:
    assert ["INVALID_ACTION"] == [rule for rule, _, _ in findings(BAD, name)]


def test_statements_of_an_api_of_sam_are_a_policy() -> None:
    statements = [{"Effect": "Allow", "Principal": "*", "Action": "execute-api:Invok", "Resource": "execute-api:/*"}]
    auth = {"Auth": {"ResourcePolicy": {"CustomStatements": statements}}}
    template = {
        "Transform": "AWS::Serverless-2016-10-31",
        "Globals": {"Api": auth},
        "Resources": {"Api": {"Type": "AWS::Serverless::Api", "Properties": {"StageName": "p", **auth}}},
    }

    assert [
        ("INVALID_ACTION", "Globals.Api.Auth.ResourcePolicy.CustomStatements", '"execute-api:Invok"'),
        ("INVALID_ACTION", "Api.Auth.ResourcePolicy.CustomStatements", '"execute-api:Invok"'),
    ] == findings(json.dumps(template), "t.json")


def test_properties_that_a_macro_makes_are_told_to_be_unread() -> None:
    macro = {"Fn::Transform": {"Name": "AWS::Include", "Parameters": {"Location": "s3://b/k"}}}
    types = {"R": "AWS::IAM::Role", "B": "AWS::S3::Bucket"}
    resources = {name: {"Type": kind, "Properties": macro} for name, kind in types.items()}
    found = find_policies(json.dumps({"Resources": resources}))

    assert found is not None
    assert ["R"] == [one.resource for one in found.policies]


@pytest.mark.parametrize("function", ["Ref", "Fn::ImportValue", "Fn::Transform"])
@pytest.mark.parametrize(
    ("resource_type", "name"),
    [
        ("AWS::ApiGateway::RestApi", "Policy"),
        ("AWS::Backup::BackupVault", "AccessPolicy"),
        ("AWS::ECR::RegistryPolicy", "PolicyText"),
        ("AWS::Events::EventBus", "Policy"),
        ("AWS::IAM::Role", "Policies"),
        ("AWS::Organizations::Policy", "Content"),
        ("AWS::S3::AccessPoint", "Policy"),
        ("AWS::SSO::PermissionSet", "InlinePolicy"),
        ("AWS::Transfer::User", "Policy"),
    ],
)
def test_a_document_that_a_function_gives_is_told_to_be_unread(resource_type: str, name: str, function: str) -> None:
    resource = {"Type": resource_type, "Properties": {name: {function: "x"}}}
    found = find_policies(json.dumps({"Resources": {"X": resource}, "Description": "Statement"}))

    assert found is not None
    assert [f"X.{name}"] == [one.resource for one in found.policies if isinstance(one, Unread)]


@pytest.mark.parametrize(
    ("document", "rule"),
    [
        ({"Version": "2012-10-17", "Statements": [{"Effect": "Allow"}]}, "INVALID_POLICY_ELEMENT"),
        ({"Version": "2012-10-17", "Statement": []}, "MISSING_STATEMENT"),
        ({"Version": "2012-10-17", "Statement": [{"effect": "Allow", "action": "s3:GetObject"}]}, "MISSING_EFFECT"),
        ({}, "MISSING_STATEMENT"),
    ],
)
def test_a_document_that_is_no_policy_is_told_where_one_belongs(document: object, rule: str) -> None:
    role = {"Type": "AWS::IAM::Role", "Properties": {"AssumeRolePolicyDocument": document}}
    text = json.dumps({"Resources": {"R": role}, "Description": "Statement"})

    assert rule in [code for code, _, _ in findings(text, "t.json")]


def test_a_condition_may_choose_between_lists_of_statements() -> None:
    bad = [{"Effect": "Allow", "Action": "s3:GetObjct", "Resource": "*"}]
    document = {"Version": "2012-10-17", "Statement": {"Fn::If": ["C", bad, [{"Ref": "S"}]]}}
    text = json.dumps({"Resources": {"P": {"Type": "AWS::IAM::Policy", "Properties": {"PolicyDocument": document}}}})

    assert ["INVALID_ACTION"] == [code for code, _, _ in findings(text, "t.json")]


@pytest.mark.parametrize("between", ["", "/"])
def test_the_name_of_a_parameter_may_begin_with_a_slash(between: str) -> None:
    arn = {"Fn::Sub": f"arn:aws:ssm:${{AWS::Region}}:${{AWS::AccountId}}:parameter{between}${{Name}}"}
    document = {
        "Version": "2012-10-17",
        "Statement": {"Effect": "Allow", "Action": "ssm:GetParameter", "Resource": arn},
    }
    policy = {"Type": "AWS::IAM::Policy", "Properties": {"PolicyDocument": document}}
    text = json.dumps({"Resources": {"P": policy, "Name": {"Type": "AWS::SSM::Parameter"}}})

    assert [] == findings(text, "t.json")


def looped(*statements: object) -> str:
    document = {"Version": "2012-10-17", "Statement": list(statements)}
    policy = {"Type": "AWS::IAM::ManagedPolicy", "Properties": {"PolicyDocument": document}}
    inner = {"Fn::ForEach::Inner": ["Y", ["c"], {"P${X}${Y}": policy}]}
    return json.dumps({"Resources": {"Fn::ForEach::Outer": ["X", ["a", "b"], inner]}})


def test_the_body_of_a_loop_is_checked() -> None:
    statement = {"Effect": "Allow", "Action": "s3:GetObjct", "Resource": "*"}

    assert [("INVALID_ACTION", "Fn::ForEach::Outer.Fn::ForEach::Inner.P${X}${Y}.PolicyDocument", '"s3:GetObjct"')] == (
        findings(looped(statement), "t.json")
    )


@pytest.mark.parametrize(
    "value",
    [{"Ref": "X"}, {"Fn::Sub": "arn:aws:s3:::${X}/*"}, "arn:aws:s3:::${X}/*", "arn:aws:s3:::&{Y}/${aws:username}"],
    ids=["reference", "function", "text", "inner variable beside one of policies"],
)
def test_the_variable_of_a_loop_may_be_anything(value: object) -> None:
    statement = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": value}

    assert [] == findings(looped(statement), "t.json")


def test_a_loop_of_another_form_is_told_to_be_unread() -> None:
    found = find_policies(
        json.dumps({"Resources": {"Fn::ForEach::A": ["X", []], "R": {"Type": "AWS::IAM::Role"}}, "D": "Statement"})
    )

    assert found is not None
    assert ["Fn::ForEach::A"] == [one.resource for one in found.policies]
