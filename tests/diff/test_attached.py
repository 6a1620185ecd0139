"""What a file attaches by name is no document, and access all the same: a change of it is never "nothing new"."""

import json
from typing import Any

import pytest

from jfml_policies.diff.inside import compare_inside
from jfml_policies.diff.pairs import Compared
from jfml_policies.diff.sides import Side

DOCUMENT = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}]}
ADMIN = "arn:aws:iam::aws:policy/AdministratorAccess"
READER = "arn:aws:iam::aws:policy/ReadOnlyAccess"


def compared(old: Any, new: Any) -> list[Compared]:
    found = compare_inside(Side("old.json", json.dumps(old)), Side("new.json", json.dumps(new)))
    assert found is not None
    return found


def template(resource_type: str, condition: str | None = None, **properties: Any) -> Any:
    policy = {"Type": "AWS::IAM::ManagedPolicy", "Properties": {"PolicyDocument": DOCUMENT}}
    changed = {"Type": resource_type, "Properties": properties} | ({"Condition": condition} if condition else {})
    return {"Resources": {"P": policy, "X": changed}}


def plan(resource_type: str, **values: Any) -> Any:
    policy = {"address": "aws_iam_policy.p", "type": "aws_iam_policy", "values": {"policy": json.dumps(DOCUMENT)}}
    changed = {"address": f"{resource_type}.x", "type": resource_type, "values": values}
    return {"terraform_version": "1", "planned_values": {"root_module": {"resources": [policy, changed]}}}


def account(**role: Any) -> Any:
    versions = [{"VersionId": "v1", "Document": DOCUMENT}, {"VersionId": "v2", "Document": DOCUMENT}]
    policy = {"PolicyName": "p", "DefaultVersionId": role.pop("version", "v1"), "PolicyVersionList": versions}
    trust = {"Version": "2012-10-17", "Statement": []}
    detail = {"RoleName": "r", "AssumeRolePolicyDocument": trust, "AttachedManagedPolicies": [], **role}
    return {"RoleDetailList": [detail], "Policies": [policy]}


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        pytest.param(
            template("AWS::IAM::Role", ManagedPolicyArns=[READER]),
            template("AWS::IAM::Role", ManagedPolicyArns=[READER, ADMIN]),
            f"`{ADMIN}` came",
            id="managed policy",
        ),
        pytest.param(
            template("AWS::IAM::Role", PermissionsBoundary=READER),
            template("AWS::IAM::Role"),
            f"`{READER}` went",
            id="boundary",
        ),
        pytest.param(
            template("AWS::IAM::ManagedPolicy", PolicyDocument=DOCUMENT),
            template("AWS::IAM::ManagedPolicy", PolicyDocument=DOCUMENT, Roles=[{"Ref": "R"}]),
            '`{"Ref":"R"}` came',
            id="holder",
        ),
        pytest.param(
            template("AWS::S3::BucketPolicy", PolicyDocument=DOCUMENT, Bucket="logs"),
            template("AWS::S3::BucketPolicy", PolicyDocument=DOCUMENT, Bucket="secrets"),
            "`secrets` came, `logs` went",
            id="bucket",
        ),
        pytest.param(
            template("AWS::Serverless::Function", Policies=["AWSLambdaExecute", DOCUMENT]),
            template("AWS::Serverless::Function", Policies=["AWSLambdaExecute", DOCUMENT, {"S3CrudPolicy": {}}]),
            '`{"S3CrudPolicy":{}}` came',
            id="policy template",
        ),
        pytest.param(
            template("AWS::CloudFormation::Stack", TemplateURL="child.yaml", Parameters={"Bucket": "logs"}),
            template("AWS::CloudFormation::Stack", TemplateURL="child.yaml", Parameters={"Bucket": "*"}),
            '"Bucket":"*"',
            id="stack within the stack",
        ),
        pytest.param(
            template("AWS::Lambda::Permission", Principal="s3.amazonaws.com", SourceAccount="111122223333"),
            template("AWS::Lambda::Permission", Principal="s3.amazonaws.com"),
            '`{"Principal":"s3.amazonaws.com"}` came',
            id="restriction of a permission",
        ),
        pytest.param(
            template("AWS::Lambda::Permission", Principal="s3.amazonaws.com"),
            template("AWS::Lambda::Permission", Principal="*"),
            '`{"Principal":"*"}` came',
            id="permission",
        ),
        pytest.param(
            template("AWS::IAM::ManagedPolicy", "Never", PolicyDocument=DOCUMENT),
            template("AWS::IAM::ManagedPolicy", PolicyDocument=DOCUMENT),
            "`the condition Never` went",
            id="condition of the resource",
        ),
        pytest.param(
            plan("aws_iam_role_policy_attachment", role="r", policy_arn=READER),
            plan("aws_iam_role_policy_attachment", role="r", policy_arn=ADMIN),
            "AdministratorAccess",
            id="attachment",
        ),
        pytest.param(
            plan("aws_iam_role", managed_policy_arns=[], permissions_boundary=READER),
            plan("aws_iam_role", managed_policy_arns=[], permissions_boundary=None),
            f"`{READER}` went",
            id="boundary of a plan",
        ),
        pytest.param(
            plan("aws_iam_role_policy", role="a", policy=json.dumps(DOCUMENT)),
            plan("aws_iam_role_policy", role="b", policy=json.dumps(DOCUMENT)),
            "`b` came",
            id="holder of a plan",
        ),
        pytest.param(
            account(AttachedManagedPolicies=[{"PolicyName": "r", "PolicyArn": READER}]),
            account(AttachedManagedPolicies=[{"PolicyName": "a", "PolicyArn": ADMIN}]),
            "AdministratorAccess",
            id="attached in an account",
        ),
        pytest.param(
            account(PermissionsBoundary={"PermissionsBoundaryArn": READER}),
            account(),
            "went",
            id="boundary of an account",
        ),
        pytest.param(account(), account(version="v2"), '`"v2"` came', id="version that counts"),
    ],
)
def test_a_change_of_what_is_attached_may_widen(old: Any, new: Any, told: str) -> None:
    [one] = compared(old, new)

    assert ("unknown", True) == (one.relation, one.may_widen)
    assert told in one.unknown[0].text
    assert [] == compared(new, new)


def test_what_was_only_taken_away_adds_nothing() -> None:
    [one] = compared(
        template("AWS::IAM::Role", ManagedPolicyArns=[READER, ADMIN]),
        template("AWS::IAM::Role", ManagedPolicyArns=[READER]),
    )

    assert not one.may_widen
    assert not one.is_equivalent


def test_a_file_without_a_statement_is_compared_all_the_same() -> None:
    user = {"Type": "AWS::IAM::User", "Properties": {"ManagedPolicyArns": [ADMIN]}}

    [gone, come] = compared(template("AWS::IAM::User"), {"Resources": {"X": user}})

    assert ("narrower", False) == (gone.relation, gone.may_widen)
    assert ("unknown", True) == (come.relation, come.may_widen)


def test_a_new_boundary_adds_nothing() -> None:
    [one] = compared(template("AWS::IAM::Role"), template("AWS::IAM::Role", PermissionsBoundary=READER))

    assert not one.may_widen


def test_the_target_of_a_new_policy_is_not_told_apart_from_it() -> None:
    new = template("AWS::S3::BucketPolicy", PolicyDocument=DOCUMENT, Bucket="logs")
    old = {"Resources": {"P": new["Resources"]["P"]}}

    assert ["new.json: X.PolicyDocument"] == [one.new.name for one in compared(old, new)]


def test_a_sensitive_name_is_not_shown() -> None:
    def sensitive(role: str) -> Any:
        found = plan("aws_iam_role_policy", role=role, policy=json.dumps(DOCUMENT))
        found["planned_values"]["root_module"]["resources"][1]["sensitive_values"] = {"role": True}
        return found

    [one] = compared(sensitive("hunter2"), sensitive("hunter3"))

    assert "sensitive value" in one.unknown[0].text
    assert "hunter" not in str(one)


@pytest.mark.parametrize("document", [{"Fn::ImportValue": "x"}, {"Fn::Sub": '{"Statement": "${A}"}'}])
def test_a_policy_that_can_not_be_looked_at_and_did_not_change_is_not_told(document: Any) -> None:
    same = template("AWS::IAM::Policy", PolicyDocument=document)
    other = template("AWS::IAM::Policy", PolicyDocument={"Fn::ImportValue": "y"})

    assert [] == compared(same, same)
    assert [True] == [one.may_widen for one in compared(same, other)]


IF = {"Fn::If": ["C", DOCUMENT, {"Ref": "AWS::NoValue"}]}
NEVER, NOT_NEVER = {"Fn::Equals": ["a", "b"]}, {"Fn::Not": [{"Condition": "D"}]}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param({"C": NEVER}, {"C": {"Fn::Equals": ["a", "a"]}}, id="defined otherwise"),
        pytest.param({"C": NEVER, "D": NEVER}, {"C": NOT_NEVER, "D": NEVER}, id="negated"),
    ],
)
@pytest.mark.parametrize(
    "properties",
    [
        {"PolicyDocument": IF},
        {"Policies": {"Fn::If": ["C", [{"PolicyDocument": DOCUMENT}], []]}},
        {"PolicyDocument": {"Fn::If": ["C", json.dumps(DOCUMENT), {"Ref": "AWS::NoValue"}]}},
        {"PolicyDocument": {"Fn::If": ["C", {"Fn::ImportValue": "x"}, {"Ref": "AWS::NoValue"}]}},
    ],
    ids=["document", "list of policies", "text", "import"],
)
def test_a_policy_that_counts_under_another_condition_may_widen(old: Any, new: Any, properties: Any) -> None:
    before, after = ({"Conditions": one, **template("AWS::IAM::Policy", **properties)} for one in (old, new))

    assert any(one.may_widen for one in compared(before, after))
    assert [] == compared(after, after)


def test_the_branches_of_a_condition_may_change_places() -> None:
    """`A` holds exactly when `B` does not, and the policies are the same for either."""
    wide = json.loads(json.dumps(DOCUMENT).replace("GetObject", "*"))
    conditions = {"Conditions": {"A": NEVER, "B": {"Fn::Not": [{"Condition": "A"}]}}}
    old = conditions | template("AWS::IAM::Policy", PolicyDocument={"Fn::If": ["A", DOCUMENT, wide]})
    new = conditions | template("AWS::IAM::Policy", PolicyDocument={"Fn::If": ["B", DOCUMENT, wide]})

    assert any(one.may_widen for one in compared(old, new))


def test_what_only_apply_tells_is_the_same_only_where_nothing_it_comes_from_changed() -> None:
    def later(policy: str, unknown: Any = True) -> Any:
        found = plan("aws_iam_role_policy_attachment", role="r")
        address = "aws_iam_role_policy_attachment.x"
        found["resource_changes"] = [{"address": address, "change": {"after_unknown": {"policy_arn": unknown}}}]
        expressions = {"policy_arn": {"references": [f"aws_iam_policy.{policy}.arn"]}}
        found["configuration"] = {"root_module": {"resources": [{"address": address, "expressions": expressions}]}}
        return found

    [one] = compared(later("reader"), later("admin"))

    assert ("unknown", True) == (one.relation, one.may_widen)
    assert "known only after apply" in one.unknown[0].text
    assert [] == compared(later("reader", [False]), later("admin", [False]))
    assert [] == compared(later("reader"), later("reader"))


@pytest.mark.parametrize("module", ["", 'module.roles["a"].'], ids=["root", "module"])
def test_a_list_that_only_apply_tells_counts_where_somebody_gave_one(module: str) -> None:
    """A computed list is known later as well where nobody gave one, and then it says nothing."""
    address = f"{module}aws_iam_role.x[0]"

    def later(**expressions: Any) -> Any:
        found = plan("aws_iam_role")
        found["planned_values"]["root_module"]["resources"][1]["address"] = address
        found["resource_changes"] = [{"address": address, "change": {"after_unknown": {"managed_policy_arns": True}}}]
        role = {"resources": [{"address": "aws_iam_role.x", "expressions": expressions}]}
        calls = {"module_calls": {"roles": {"module": role}}}
        found["configuration"] = {"root_module": calls if module else role}
        return found

    old, new = [later(managed_policy_arns={"references": [f"var.{name}"]}) for name in ("reader", "admin")]

    assert any(one.may_widen for one in compared(old, new))
    assert any(one.may_widen for one in compared(later(), new))
    assert [] == compared(new, new)
    assert [] == compared(later(), later(name={"constant_value": "x"}))


def test_what_config_says_is_attached_counts() -> None:
    def item(*attached: str) -> Any:
        trust = {"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Action": "sts:*", "Principal": "*"}]}
        entries = [{"policyArn": arn, "policyName": "x"} for arn in attached]
        role = {"assumeRolePolicyDocument": json.dumps(trust), "attachedManagedPolicies": entries}
        return {"configurationItems": [{"resourceName": "r", "configuration": json.dumps(role)}]}

    [one] = compared(item(READER), item(READER, ADMIN))

    assert ("unknown", True) == (one.relation, one.may_widen)
    assert [] == compared(item(ADMIN), item(ADMIN))
