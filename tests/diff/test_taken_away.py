"""What is taken away may have denied: "nothing new" is said only where it is known that no Deny is missed."""

import json
from typing import Any

import pytest

from jfml_policies.diff.inside import compare_inside
from jfml_policies.diff.pairs import Compared
from jfml_policies.diff.sides import Side

ALLOW = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}
DENY = {"Effect": "Deny", "Action": "iam:*", "Resource": "*"}
IN_BUCKET = {
    "Effect": "Allow",
    "Action": "s3:GetObject",
    "Resource": "arn:aws:s3:::b/*",
    "Principal": {"AWS": "arn:aws:iam::111122223333:root"},
}
TLS = {
    "Effect": "Deny",
    "Action": "s3:*",
    "Resource": "arn:aws:s3:::b/*",
    "Principal": "*",
    "Condition": {"Bool": {"aws:SecureTransport": "false"}},
}
OWN = "arn:aws:iam::111122223333:policy/"
READER = "arn:aws:iam::aws:policy/ReadOnlyAccess"
DENIER = "arn:aws:iam::aws:policy/AWSDenyAll"


def document(*statements: Any) -> Any:
    return {"Version": "2012-10-17", "Statement": list(statements)}


def compared(old: Any, new: Any) -> list[Compared]:
    found = compare_inside(Side("old.json", json.dumps(old)), Side("new.json", json.dumps(new)))
    assert found is not None
    return found


def may_widen(old: Any, new: Any) -> bool:
    found = compared(old, new)
    assert found
    return any(one.may_widen for one in found)


def resource(resource_type: str, **properties: Any) -> Any:
    return {"Type": resource_type, "Properties": properties}


def template(**resources: Any) -> Any:
    """Always with a policy that stays."""
    kept = resource("AWS::IAM::ManagedPolicy", PolicyDocument=document(ALLOW))
    return {"Conditions": {"C": {"Fn::Equals": ["a", "b"]}}, "Resources": {"Kept": kept, **resources}}


def managed(*statements: Any, **more: Any) -> Any:
    return resource("AWS::IAM::ManagedPolicy", PolicyDocument=document(*statements), **more)


def role(**properties: Any) -> Any:
    return resource("AWS::IAM::Role", AssumeRolePolicyDocument=document(), **properties)


def bucket_policy(*statements: Any) -> Any:
    return resource("AWS::S3::BucketPolicy", Bucket={"Ref": "B"}, PolicyDocument=document(*statements))


R, D = {"Ref": "R"}, {"Ref": "D"}
INLINE = [{"PolicyName": "p", "PolicyDocument": document(ALLOW, DENY)}]
BUCKET = resource("AWS::S3::Bucket")
RETAINED = {**BUCKET, "DeletionPolicy": "Retain"}
KEY = resource("AWS::KMS::Key", KeyPolicy=document({**ALLOW, "Action": "kms:*", "Principal": {"AWS": "111122223333"}}))
GROUPED = resource("AWS::IAM::UserToGroupAddition", GroupName="g", Users=[{"Ref": "U"}])
USER = resource("AWS::IAM::User")
SOMETIMES = {"Condition": "C"}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param({"R": role(ManagedPolicyArns=[OWN + "x"])}, {"R": role()}, True, id="policy elsewhere"),
        pytest.param({"R": role(ManagedPolicyArns=[DENIER])}, {"R": role()}, True, id="policy of AWS that denies"),
        pytest.param({"R": role(ManagedPolicyArns=[READER])}, {"R": role()}, False, id="policy of AWS that allows"),
        pytest.param(
            {"R": role(ManagedPolicyArns=[{"Fn::Sub": READER.replace(":aws:iam", ":${AWS::Partition}:iam")}])},
            {"R": role()},
            False,
            id="in any partition",
        ),
        pytest.param(
            {"R": role(ManagedPolicyArns=[D]), "D": managed(DENY)},
            {"R": role(), "D": managed(DENY)},
            True,
            id="policy of the template that denies",
        ),
        pytest.param(
            {"R": role(ManagedPolicyArns=[D]), "D": managed(ALLOW)},
            {"R": role(), "D": managed(ALLOW)},
            False,
            id="policy of the template that allows",
        ),
        pytest.param(
            {"R": role(ManagedPolicyArns=[D]), "D": managed({**ALLOW, "Effect": {"Ref": "E"}})},
            {"R": role(), "D": managed({**ALLOW, "Effect": {"Ref": "E"}})},
            True,
            id="policy of the template with an open effect",
        ),
        pytest.param(
            {"D": managed(ALLOW, DENY, Roles=["a", "b"])},
            {"D": managed(ALLOW, DENY, Roles=["a"])},
            True,
            id="holder of a Deny",
        ),
        pytest.param(
            {"D": managed(ALLOW, Roles=["a", "b"])}, {"D": managed(ALLOW, Roles=["a"])}, False, id="holder of an Allow"
        ),
        pytest.param(
            {"D": managed(DENY, Roles=[R]), "R": role()}, {"D": managed(DENY)}, False, id="holder that is gone itself"
        ),
        pytest.param({"R": role(ManagedPolicyArns=[DENIER])}, {}, False, id="role and its policies"),
        pytest.param({"R": role(Policies=INLINE)}, {}, False, id="role and its documents"),
        pytest.param({"R": role(Policies=INLINE)}, {"R": role()}, True, id="document of a role"),
        pytest.param(
            {"R": role(Policies=INLINE)},
            {"R": role(Policies=[{**INLINE[0], "PolicyDocument": document(ALLOW)}])},
            True,
            id="statement of a document",
        ),
        pytest.param(
            {"R": role(Policies=[*INLINE, {"PolicyName": "q", "PolicyDocument": document(ALLOW)}])},
            {"R": role(Policies=[{"PolicyName": "q", "PolicyDocument": document(ALLOW)}])},
            True,
            id="first of two documents",
        ),
        pytest.param(
            {"D": managed(ALLOW, {**DENY, "Resource": {"Ref": "E"}})},
            {"D": managed(ALLOW, {**DENY, "Resource": {"Ref": "F"}})},
            True,
            id="open resource of a Deny",
        ),
        pytest.param(
            {"D": managed(ALLOW, {**DENY, "Resource": {"Ref": "E"}}, DENY)},
            {"D": managed(ALLOW, {**DENY, "Resource": {"Ref": "E"}}, {**DENY, "Action": "*"})},
            False,
            id="wider Deny beside an open one",
        ),
        pytest.param({"D": managed(ALLOW, DENY, Roles=["a"])}, {}, True, id="policy of a role elsewhere"),
        pytest.param({"D": managed(ALLOW, DENY, Roles=[R]), "R": role()}, {}, False, id="policy and its role"),
        pytest.param({"D": managed(ALLOW, DENY, Roles=[R, "a"]), "R": role()}, {}, True, id="one of its roles"),
        pytest.param({"D": managed(ALLOW, Roles=["a"])}, {}, False, id="policy that only allows"),
        pytest.param({"G": resource("AWS::IAM::Group", Policies=INLINE)}, {}, True, id="group, whose users stay"),
        pytest.param({"B": BUCKET, "P": bucket_policy(IN_BUCKET, TLS)}, {"B": BUCKET}, True, id="bucket policy"),
        pytest.param({"B": BUCKET, "P": bucket_policy(IN_BUCKET, TLS)}, {}, False, id="bucket and its policy"),
        pytest.param({"B": RETAINED, "P": bucket_policy(IN_BUCKET, TLS)}, {}, True, id="bucket that is retained"),
        pytest.param({"K": KEY}, {"K": resource("AWS::KMS::Key")}, True, id="key policy, which leaves the default"),
        pytest.param({"K": KEY}, {}, False, id="key and its policy"),
        pytest.param({"U": resource("AWS::IAM::User", Groups=["g"])}, {"U": USER}, True, id="group of a user"),
        pytest.param({"U": USER, "A": GROUPED}, {"U": USER}, True, id="user of a group"),
        pytest.param({"U": USER, "A": GROUPED}, {}, False, id="user of a group that is gone"),
        pytest.param({"S": resource("AWS::CloudFormation::Stack", TemplateURL="t")}, {}, True, id="stack in the stack"),
        pytest.param({"L": resource("AWS::Lambda::Permission", Principal="*")}, {}, False, id="permission"),
        pytest.param({"D": managed(DENY)}, {"D": {**managed(DENY), **SOMETIMES}}, True, id="Deny under a condition"),
        pytest.param(
            {"D": managed(ALLOW)}, {"D": {**managed(ALLOW), **SOMETIMES}}, False, id="Allow under a condition"
        ),
        pytest.param({"R": role(Policies=INLINE)}, {"R": {**role(Policies=INLINE), **SOMETIMES}}, False, id="own"),
        pytest.param({"A": GROUPED}, {"A": {**GROUPED, **SOMETIMES}}, True, id="group under a condition"),
        pytest.param(
            {"V": resource("AWS::EC2::VPCEndpoint", PolicyDocument=document({**ALLOW, "Principal": "*"}))},
            {"V": resource("AWS::EC2::VPCEndpoint")},
            True,
            id="policy of an endpoint",
        ),
    ],
)
def test_of_a_template(old: Any, new: Any, expected: bool) -> None:
    assert expected == may_widen(template(**old), template(**new))


def plan(*resources: tuple[str, dict[str, Any]], forgotten: tuple[str, dict[str, Any]] | None = None) -> Any:
    def of(name: str, values: Any) -> Any:
        return {"address": name, "mode": "managed", "type": name.split(".", maxsplit=1)[0], "values": values}

    found = [of(name, values) for name, values in (KEPT, *resources)]
    changes = []
    if forgotten is not None:
        change = {"actions": ["forget"], "before": forgotten[1], "after_unknown": {}}
        changes.append({"address": forgotten[0], "type": forgotten[0].split(".")[0], "change": change})
    return {
        "terraform_version": "1",
        "planned_values": {"root_module": {"resources": found}},
        "resource_changes": changes,
        "configuration": {"root_module": {}},
    }


def policy(name: str, *statements: Any) -> tuple[str, dict[str, Any]]:
    return f"aws_iam_policy.{name}", {"arn": OWN + name, "policy": json.dumps(document(*statements))}


def attachment(arn: str) -> tuple[str, dict[str, Any]]:
    return "aws_iam_role_policy_attachment.a", {"role": "r", "policy_arn": arn}


KEPT = policy("kept", ALLOW)
ROLE = ("aws_iam_role.r", {"name": "r", "assume_role_policy": json.dumps(document())})
OF_ROLE = ("aws_iam_role_policy.p", {"role": "r", "policy": json.dumps(document(ALLOW, DENY))})
OF_BUCKET = ("aws_s3_bucket_policy.p", {"bucket": "b", "policy": json.dumps(document(IN_BUCKET, TLS))})
OF_GROUP = ("aws_iam_user_group_membership.m", {"user": "u", "groups": ["g"]})
SCP = ("aws_organizations_policy_attachment.s", {"policy_id": "p-1", "target_id": "1"})
BOUNDARY = ("aws_ssoadmin_permissions_boundary_attachment.s", {"permission_set_arn": "a", "permissions_boundary": [{}]})


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param(plan(ROLE, attachment(OWN + "x")), plan(ROLE), True, id="policy elsewhere"),
        pytest.param(plan(ROLE, attachment(READER)), plan(ROLE), False, id="policy of AWS that allows"),
        pytest.param(plan(ROLE, attachment(OWN + "kept")), plan(ROLE), False, id="policy of the plan that allows"),
        pytest.param(
            plan(ROLE, policy("d", DENY), attachment(OWN + "d")),
            plan(ROLE, policy("d", DENY)),
            True,
            id="policy of the plan that denies",
        ),
        pytest.param(plan(ROLE, attachment(OWN + "x")), plan(), False, id="attachment and its role"),
        pytest.param(plan(ROLE, OF_ROLE), plan(ROLE), True, id="document of a role"),
        pytest.param(plan(OF_ROLE), plan(), True, id="document of a role elsewhere"),
        pytest.param(plan(ROLE, OF_ROLE), plan(), False, id="role and its documents"),
        pytest.param(plan(ROLE, OF_ROLE), plan(forgotten=ROLE), True, id="role that is forgotten"),
        pytest.param(plan(OF_BUCKET), plan(), True, id="bucket policy"),
        pytest.param(plan(OF_BUCKET, ("aws_s3_bucket.b", {"bucket": "b"})), plan(), False, id="bucket and its policy"),
        pytest.param(plan(OF_GROUP), plan(), True, id="group of a user"),
        pytest.param(plan(SCP), plan(), True, id="policy of an organization"),
        pytest.param(plan(BOUNDARY), plan(), True, id="boundary"),
        pytest.param(plan(), plan(SCP, BOUNDARY), False, id="limits that came"),
        pytest.param(
            plan(("aws_lambda_permission.l", {"principal": "*"})), plan(), False, id="permission of a function"
        ),
    ],
)
def test_of_a_plan(old: Any, new: Any, expected: bool) -> None:
    assert expected == may_widen(old, new)


def account(*statements: Any, attached: tuple[str, ...] = (), roles: bool = True) -> Any:
    entries = [{"PolicyName": arn.rpartition("/")[2], "PolicyArn": arn} for arn in attached]
    detail = {"RoleName": "r", "AssumeRolePolicyDocument": document(), "AttachedManagedPolicies": entries}
    versions = [
        {"VersionId": "v1", "Document": document(ALLOW)},
        {"VersionId": "v2", "Document": document(*statements)},
    ]
    own = {"PolicyName": "p", "Arn": OWN + "p", "DefaultVersionId": "v2", "PolicyVersionList": versions}
    return {"RoleDetailList": [detail] if roles else [], "Policies": [own]}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param(account(DENY, attached=(OWN + "p",)), account(DENY), True, id="policy that denies"),
        pytest.param(account(ALLOW, attached=(OWN + "p",)), account(ALLOW), False, id="policy that allows"),
        pytest.param(account(ALLOW, attached=(OWN + "q",)), account(ALLOW), True, id="policy elsewhere"),
        pytest.param(account(DENY, attached=(OWN + "p",)), account(DENY, roles=False), False, id="policy and role"),
    ],
)
def test_of_an_account(old: Any, new: Any, expected: bool) -> None:
    assert expected == may_widen(old, new)


def test_the_reason_is_told() -> None:
    [one] = compared(template(R=role(ManagedPolicyArns=[DENIER])), template(R=role()))

    assert one.unknown[0].text.endswith(f"`{DENIER}` went; a Deny would be gone with it")


def test_a_document_that_allows_the_same_and_denies_less_is_not_all_well() -> None:
    old, new = [role(Policies=[{"PolicyDocument": document(ALLOW, *denies)}]) for denies in ([DENY], [])]
    [one] = compared(template(R=old), template(R=new))

    assert ("equivalent", False, True) == (one.relation, one.is_all_well, one.fails_on("wider"))
    assert [("iam:*",)] == [region.actions for region in one.undenied]
    assert "what it denied is possible now where another policy allows it" == one.unknown[0].text


def test_a_file_that_is_gone_takes_what_it_held_along() -> None:
    """A role with its own policies is gone as a whole; a policy of a role elsewhere is missed there."""
    for resources, expected in (({"R": role(Policies=INLINE)}, False), ({"D": managed(DENY, Roles=["a"])}, True)):
        found = compare_inside(Side("old", json.dumps(template(**resources))), Side("new", None))
        assert found is not None

        assert expected == any(one.may_widen for one in found)
