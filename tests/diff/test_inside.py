"""Templates and plans are compared policy by policy; "nothing new" holds for every value that deployment may give."""

import json
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import jfml_policies as jp
from jfml_policies.diff.inside import compare_inside
from jfml_policies.diff.pairs import Compared
from jfml_policies.diff.sides import Side

A, B = {"Ref": "A"}, {"Ref": "B"}


def statement(action: Any = "s3:GetObject", resource: Any = "arn:aws:s3:::b/*", **more: Any) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": action, "Resource": resource, **more}


def template(*statements: Any, **resources: Any) -> str:
    document = {"Version": "2012-10-17", "Statement": list(statements)}
    policy = {"Type": "AWS::IAM::ManagedPolicy", "Properties": {"PolicyDocument": document}}
    return json.dumps({"Resources": {"P": policy, **resources}}, indent=1)


def compared(old: str | None, new: str | None) -> list[Compared]:
    found = compare_inside(Side("old.json", old), Side("new.json", new))
    assert found is not None
    return found


def test_what_did_not_change_is_not_told() -> None:
    assert [] == compared(template(statement(A)), template(statement(A)))


def test_each_side_knows_where_its_policy_begins() -> None:
    """What is said of a policy as a whole is told there, also of one in a string."""
    text = template(statement(A))
    policy = {"address": "aws_iam_policy.p", "mode": "managed", "type": "aws_iam_policy", "name": "p"}
    plans = [
        json.dumps(
            {
                "format_version": "1.2",
                "planned_values": {"root_module": {"resources": [policy | {"values": {"policy": json.dumps(held)}}]}},
            }
        )
        for held in ({"Statement": [statement()]}, {"Statement": [statement("s3:*")]})
    ]

    [of_template] = compared(template(statement(["s3:GetObject", "s3:PutObject"], A)), text)
    [of_plan] = compared(*plans)
    [gone] = compared(text, json.dumps({"Resources": {"R": {"Type": "AWS::IAM::ManagedPolicy"}}}))

    assert of_template.new.start == text.index('{\n     "Version"')
    assert of_plan.new.start == plans[1].index(r"{\"Statement")
    assert gone.new.start is None


def test_an_added_action_is_told_at_its_place() -> None:
    text = template(statement(["s3:GetObject", "s3:PutObject"], A))

    [one] = compared(template(statement(["s3:GetObject"], A)), text)

    assert ("wider", True) == (one.relation, one.may_widen)
    [region] = one.change.added
    assert ("s3:PutObject",) == region.actions
    span = one.new_spans[region.path]
    assert '"s3:PutObject"' in text[span.start : span.end]
    assert "new.json: P.PolicyDocument" == one.new.name


def test_a_removed_action_is_proved_to_add_nothing() -> None:
    old = template(statement(["s3:GetObject", "s3:PutObject"], A))

    [one] = compared(old, template(statement(["s3:GetObject"], A)))

    assert ("narrower", False) == (one.relation, one.may_widen)


def test_another_reference_is_not_known_to_be_the_same() -> None:
    [one] = compared(template(statement(resource=A)), template(statement(resource=B)))

    assert one.may_widen


def test_a_deny_of_an_open_value_may_take_away_anything() -> None:
    """The old Deny may be of what both allow; without it, more is allowed."""
    deny = statement(resource=A) | {"Effect": "Deny"}

    [one] = compared(template(statement(), deny), template(statement(), statement("s3:PutObject", A)))

    assert one.may_widen


def test_inline_policies_are_matched_by_name() -> None:
    """When one goes, or their order changes, the others are what they were."""

    def role(**documents: Any) -> str:
        policies = [
            {"PolicyName": name, "PolicyDocument": {"Version": "2012-10-17", "Statement": [one]}}
            for name, one in documents.items()
        ]
        trust = {"Version": "2012-10-17", "Statement": []}
        properties = {"AssumeRolePolicyDocument": trust, "Policies": policies}
        return json.dumps({"Resources": {"R": {"Type": "AWS::IAM::Role", "Properties": properties}}})

    write, read = statement("s3:PutObject"), statement()

    assert [] == compared(role(write=write, read=read), role(read=read, write=write))
    [one] = compared(role(write=write, read=read), role(read=read))
    assert ("narrower", "old.json: R.Policies[write].PolicyDocument") == (one.relation, one.old.name)


def test_a_deny_of_more_is_proved_to_add_nothing() -> None:
    """What it denied is denied still, so that an open value of an Allow beside it does not matter."""
    less, more = [
        statement(actions, "*", Sid=sid) | {"Effect": "Deny"}
        for actions, sid in ((["s3:DeleteObject"], "No"), (["s3:PutObject", "s3:DeleteObject"], "Never"))
    ]

    [stricter] = compared(template(statement(resource=A), less), template(statement(resource=A), more))
    [laxer] = compared(template(statement(resource=A), more), template(statement(resource=A), less))

    assert (False, True) == (stricter.may_widen, laxer.may_widen)


def test_a_deny_of_the_same_action_elsewhere_may_add_something() -> None:
    """Each action counts with each resource that it stands with."""
    old = [statement("s3:Get*", "arn:aws:s3:::a/*"), statement("s3:Put*", "arn:aws:s3:::b/*")]
    new = [statement("s3:Get*", "arn:aws:s3:::b/*"), statement("s3:Put*", "arn:aws:s3:::a/*")]
    denied, denied_otherwise = [[one | {"Effect": "Deny"} for one in side] for side in (old, new)]

    [one] = compared(template(statement("s3:*", A), *denied), template(statement("s3:*", A), *denied_otherwise))

    assert one.may_widen


def test_a_removed_resource_and_a_new_one_are_told() -> None:
    other = {"Type": "AWS::IAM::ManagedPolicy", "Properties": {"PolicyDocument": {"Statement": [statement()]}}}

    [gone] = compared(template(statement(), Q=other), template(statement()))
    [come] = compared(template(statement()), template(statement(), Q=other))

    assert ("narrower", "wider") == (gone.relation, come.relation)


def test_a_new_file_allows_more_than_none() -> None:
    assert ["wider"] == [one.relation for one in compared(None, template(statement()))]


def test_each_way_through_a_condition_is_compared() -> None:
    choice = {"Fn::If": ["IsProd", statement("s3:PutObject"), {"Ref": "AWS::NoValue"}]}

    found = compared(template(statement()), template(statement(), choice))

    assert [("new.json: P.PolicyDocument where IsProd holds", "wider")] == [
        (one.new.name, one.relation) for one in found if one.may_widen
    ]
    assert ["P.PolicyDocument where IsProd holds"] == [one.new.resource for one in found]


@pytest.mark.parametrize(
    ("section", "name", "old", "new", "resource"),
    [
        ("Parameters", "A", {"Default": "arn:aws:s3:::b/x"}, {"Default": "*"}, A),
        ("Parameters", "A", {"Default": "x"}, {"Default": "*"}, {"Fn::Sub": "arn:aws:s3:::${A}"}),
        ("Parameters", "A", {"Default": "x"}, {"Default": "*"}, {"Fn::Select": [0, {"Fn::Split": [",", A]}]}),
        ("Mappings", "M", {"k": {"v": "x"}}, {"k": {"v": "*"}}, {"Fn::FindInMap": ["M", "k", "v"]}),
        ("Mappings", "M", {"k": {"v": "x"}}, {"k": {"v": "*"}}, {"Fn::Join": ["", [{"Fn::FindInMap": ["M", A, "v"]}]]}),
        ("Conditions", "C", {"Fn::Equals": ["a", "b"]}, {"Fn::Equals": ["a", "a"]}, {"Fn::If": ["C", "*", "arn::b"]}),
    ],
)
def test_what_a_name_stands_for_is_another_value_when_the_template_says_so(
    section: str, name: str, old: Any, new: Any, resource: Any
) -> None:
    """The policy is the same to the letter, and what it refers to is not."""
    policy = json.loads(template(statement(resource=resource)))
    before, after = (json.dumps({section: {name: said}, **policy}) for said in (old, new))

    assert any(one.may_widen for one in compared(before, after))
    assert [] == compared(before, before)


BY_NAME = {"Type": "AWS::S3::Bucket", "Properties": {"BucketName": "a"}}
BY_PARAMETER = {"Type": "AWS::S3::Bucket", "Properties": {"BucketName": {"Fn::Sub": "${A}-logs"}}}


@pytest.mark.parametrize(
    "reference",
    [
        {"Fn::Sub": "arn:aws:s3:::${B}/*"},
        {"Fn::Sub": "${B.Arn}/*"},
        {"Fn::GetAtt": ["B", "Arn"]},
        {"Fn::GetAtt": "B.Arn"},
        {"Fn::Join": ["", [{"Fn::GetAtt": ["B", "Arn"]}, "/*"]]},
        {"Fn::Select": [0, {"Fn::Split": [",", {"Fn::GetAtt": "B.Arn"}]}]},
    ],
    ids=json.dumps,
)
@pytest.mark.parametrize(
    ("old", "new", "default"),
    [
        pytest.param(BY_NAME, {**BY_NAME, "Properties": {"BucketName": "b"}}, "x", id="another name"),
        pytest.param(BY_NAME, {**BY_NAME, "Properties": {}}, "x", id="no name"),
        pytest.param(BY_NAME, {**BY_NAME, "Type": "AWS::SNS::Topic"}, "x", id="another type"),
        pytest.param(BY_PARAMETER, BY_PARAMETER, "y", id="another default of what the name is made of"),
    ],
)
def test_a_resource_of_another_name_or_type_is_another_one(old: Any, new: Any, default: str, reference: Any) -> None:
    def with_bucket(bucket: Any, said: str) -> str:
        policy = json.loads(template(statement(resource=reference), B=bucket))
        return json.dumps({"Parameters": {"A": {"Default": said}}, **policy})

    assert any(one.may_widen for one in compared(with_bucket(old, "x"), with_bucket(new, default)))
    assert [] == compared(with_bucket(new, default), with_bucket(new, default))


def test_what_does_not_name_a_resource_does_not_matter() -> None:
    tagged = {**BY_NAME, "Properties": {"BucketName": "a", "Tags": []}}
    reference = statement(resource={"Fn::Sub": "arn:aws:s3:::${B}/*"})

    assert [] == compared(template(reference, B=BY_NAME), template(reference, B=tagged))


def test_what_a_custom_resource_is_given_counts_for_what_it_gives() -> None:
    reference = statement(resource={"Fn::GetAtt": ["B", "Arn"]})
    old, new = [
        template(reference, B={"Type": "Custom::Maker", "Properties": {"Wanted": wanted}}) for wanted in ("a", "*")
    ]

    assert any(one.may_widen for one in compared(old, new))


def test_what_a_condition_depends_on_counts_as_well() -> None:
    choice = {"Fn::If": ["C", "*", "arn:aws:s3:::b"]}
    policy = json.loads(template(statement(resource=choice)))
    shared = {"Conditions": {"D": {"Fn::Equals": [A, "x"]}, "C": {"Fn::Not": [{"Condition": "D"}]}}, **policy}
    before, after = (json.dumps({"Parameters": {"A": {"Default": said}}, **shared}) for said in ("x", "y"))

    assert any(one.may_widen for one in compared(before, after))


def test_how_a_parameter_is_described_does_not_matter() -> None:
    policy = json.loads(template(statement(resource=A)))
    before, after = (json.dumps({"Parameters": {"A": {"Description": said}}, **policy}) for said in ("x", "y"))

    assert [] == compared(before, after)


def test_a_plan_shows_nothing_but_policies() -> None:
    def plan(action: str) -> str:
        document = json.dumps({"Version": "2012-10-17", "Statement": [statement(action)]})
        values = {"comment": "hunter2", "policy": document}
        resource = {"address": "aws_iam_policy.p", "mode": "managed", "type": "aws_iam_policy", "values": values}
        return json.dumps({"terraform_version": "1", "planned_values": {"root_module": {"resources": [resource]}}})

    text = plan("s3:PutObject")
    [one] = compared(plan("s3:GetObject"), text)

    assert "incomparable" == one.relation
    assert "hunter2" not in str(one.new.text)
    span = one.new_spans["Statement", 0]
    assert "s3:PutObject" in text[span.start : span.end]


def test_other_files_are_left_to_others() -> None:
    assert compare_inside(Side("a", "{}"), Side("b", "{}")) is None


RESOURCES = st.sampled_from(
    [
        A,
        B,
        "*",
        "arn:aws:s3:::b/*",
        {"Fn::Sub": "arn:aws:s3:::${A}/*"},
        {"Fn::Sub": "arn:aws:s3:::${A}"},
        {"Fn::Sub": "arn:aws:s3:::b/${B}"},
    ]
)
ACTIONS = st.sampled_from(["s3:GetObject", "s3:PutObject", "s3:*", A])
CONDITIONS = st.sampled_from(
    [None, {"StringEquals": {"aws:PrincipalTag/t": A}}, {"StringLike": {"aws:PrincipalTag/t": [B, "x"]}}]
)


@st.composite
def statements(draw: st.DrawFn) -> dict[str, Any]:
    action = draw(st.sampled_from(["Action", "NotAction"]))
    resource = draw(st.sampled_from(["Resource", "Resource", "NotResource"]))
    found: dict[str, Any] = {
        "Effect": draw(st.sampled_from(["Allow", "Allow", "Deny"])),
        action: draw(st.lists(ACTIONS, min_size=1, max_size=2)),
        resource: draw(st.lists(RESOURCES, min_size=1, max_size=2)),
    }
    condition = draw(CONDITIONS)
    return found if condition is None else {**found, "Condition": condition}


def filled(value: Any, values: dict[str, str]) -> Any:
    """A value of a template as it is deployed."""
    if isinstance(value, list):
        return [filled(one, values) for one in value]
    if not isinstance(value, dict):
        return value
    if "Ref" in value:
        return values[value["Ref"]]
    if "Fn::Sub" in value:
        text: str = value["Fn::Sub"]
        for name, given in values.items():
            text = text.replace(f"${{{name}}}", given)
        return text
    return {key: filled(one, values) for key, one in value.items()}


@settings(max_examples=150)
@given(st.lists(statements(), min_size=1, max_size=2), st.lists(statements(), min_size=1, max_size=2), st.booleans())
def test_nothing_new_is_true_of_every_deployment(old: list[Any], new: list[Any], shared: bool) -> None:
    """Whatever the parameters are given, a wildcard or each other's value."""
    if shared:
        new = [*new, *old[:1]]
    if any(one.may_widen for one in compared(template(*old), template(*new))):
        return
    values = ["*", "b", "s3:GetObject", "arn:aws:s3:::b/*", "arn:aws:s3:::b/x", "x"]
    for one, two in product(values, values):
        documents = [{"Version": "2012-10-17", "Statement": filled(side, {"A": one, "B": two})} for side in (old, new)]
        change = jp.compare(*documents, kind="identity")

        assert change.witness_added is None, (one, two)


@settings(max_examples=60)
@given(
    st.lists(st.tuples(st.sampled_from(["", "C", "D", "E", "F"]), statements()), min_size=1, max_size=3),
    st.lists(st.tuples(st.sampled_from(["", "C", "D", "E", "F"]), statements()), min_size=1, max_size=2),
    st.booleans(),
)
def test_nothing_new_is_true_however_conditions_are_decided(old: list[Any], new: list[Any], shared: bool) -> None:
    """All of them together, not one after another."""
    if shared:
        new = [*new, *old]

    def written(chosen: list[Any]) -> str:
        return template(*[{"Fn::If": [name, one, {"Ref": "AWS::NoValue"}]} if name else one for name, one in chosen])

    if any(one.may_widen for one in compared(written(old), written(new))):
        return
    for holds in product((True, False), repeat=4):
        truth = {"": True, **dict(zip("CDEF", holds, strict=True))}
        documents = [
            {
                "Version": "2012-10-17",
                "Statement": filled([one for name, one in side if truth[name]], {"A": "*", "B": "b"}),
            }
            for side in (old, new)
        ]
        if documents[1]["Statement"]:
            assert jp.compare(*documents, kind="identity").witness_added is None, truth


CHANGES = {
    "a guardrail whose Deny is open": (
        # The value that is tried for `A` starts like this; others do not.
        template(statement("s3:*", {"Fn::Sub": "arn:aws:s3:::${A}"}) | {"Effect": "Deny"}),
        template(statement("s3:*", "arn:aws:s3:::opaque*") | {"Effect": "Deny"}),
    ),
    "another version of the language": (
        template(statement(resource={"Fn::Sub": "arn:aws:s3:::${A}/${!aws:username}"})).replace("2012", "2008"),
        template(statement(resource={"Fn::Sub": "arn:aws:s3:::${A}/${!aws:username}"})),
    ),
    "calls of the same length at the same place": (
        template(statement(resource={"Fn::Select": [0, {"Fn::Split": [",", "a"]}]})),
        template(statement(resource={"Fn::Select": [0, {"Fn::Split": [",", "b"]}]})),
    ),
    "other values of a mapping": tuple(
        json.dumps(
            {
                "Mappings": {"M": {"k": {"v": value}}},
                **json.loads(template(statement(resource={"Fn::FindInMap": ["M", A, "v"]}))),
            }
        )
        for value in ("arn:aws:s3:::a/*", "*")
    ),
    "more conditions than are gone through": (
        template(statement()),
        template(
            statement(),
            *[{"Fn::If": [f"C{number}", statement("s3:PutObject"), {"Ref": "AWS::NoValue"}]} for number in range(30)],
        ),
    ),
    "statements that a function gives": (template(statement()), template({"Fn::Transform": {"Name": "AWS::Include"}})),
    "a document that a parameter gives": (
        template(statement()),
        template(statement()).replace('"PolicyDocument": {', '"PolicyDocument": {"Ref": "A"}, "Description": {'),
    ),
    "resources of a loop": (
        template(statement()),
        template(statement(), **{"Fn::ForEach::Each": ["X", ["a"], {}]}),
    ),
    "a file of another form that holds a policy": (
        template(statement()),
        json.dumps({"Version": "2012-10-17", "Statement": [statement("*", "*")]}),
    ),
}


LOOPED = json.loads(template(statement("s3:GetObject", {"Fn::Sub": "arn:aws:s3:::${X}/*"})))["Resources"]
CHANGES |= {
    "other items of a loop": tuple(
        template(statement(), **{"Fn::ForEach::Each": ["X", items, LOOPED]}) for items in (["a"], ["a", "b"])
    ),
    "items that a parameter gives": tuple(
        json.dumps(
            {
                "Parameters": {"L": {"Type": "CommaDelimitedList", "Default": default}},
                **json.loads(template(statement(), **{"Fn::ForEach::Each": ["X", {"Ref": "L"}, LOOPED]})),
            }
        )
        for default in ("a", "a,b")
    ),
}


def test_a_loop_that_did_not_change_is_not_told() -> None:
    text = template(statement(), **{"Fn::ForEach::Each": ["X", ["a"], LOOPED]})

    assert [] == compared(text, text)


@pytest.mark.parametrize(("old", "new"), CHANGES.values(), ids=CHANGES)
def test_what_can_not_be_told_is_never_taken_for_nothing_new(old: str, new: str) -> None:
    """Unless the file is left to the comparison of plain policies."""
    found = compare_inside(Side("old.json", old), Side("new.json", new))

    assert found is None or any(one.may_widen for one in found)


def test_a_nested_policy_that_apply_will_tell_is_not_taken_for_gone() -> None:
    def plan(inline: object, unknown: object) -> str:
        values = {} if inline is None else {"inline_policy": [{"name": "x", "policy": inline}]}
        resource = {"address": "aws_iam_role.r", "mode": "managed", "type": "aws_iam_role", "values": values}
        change = {"address": "aws_iam_role.r", "change": {"after_unknown": {"inline_policy": unknown}}}
        return json.dumps(
            {
                "terraform_version": "1",
                "planned_values": {"root_module": {"resources": [resource]}},
                "resource_changes": [change],
            }
        )

    old = plan(json.dumps({"Version": "2012-10-17", "Statement": [statement()]}), [])

    for unknown in (True, [{"policy": True}]):
        assert any(one.may_widen for one in compared(old, plan(None, unknown)))


def deferred(action: str, *, known: bool = False, **more: Any) -> str:
    """A plan with a policy document that only apply makes."""
    change = {
        "address": "data.aws_iam_policy_document.d",
        "mode": "data",
        "type": "aws_iam_policy_document",
        "name": "d",
        "change": {
            "after": {"statement": [{"actions": [action], "resources": ["arn:aws:s3:::b/*" if known else None]}]},
            "after_unknown": {"json": True, "statement": [{"resources": [not known]}]},
        },
    }
    planned: dict[str, Any] = {"root_module": {}}
    return json.dumps({"terraform_version": "1", "planned_values": planned, "resource_changes": [change], **more})


def test_what_apply_will_tell_is_the_same_where_its_grounds_are() -> None:
    """Under one configuration with the same variables, so that a plan is equivalent to itself."""
    read = deferred("s3:GetObject", configuration={"root_module": {}})
    one: dict[str, Any] = {"root_module": {"variables": {"a": {}}}}
    given = {"a": {"value": "x"}}

    assert [] == compared(read, read)
    others: list[dict[str, Any]] = [
        {"configuration": one},
        {"configuration": {"root_module": {}}, "variables": given},
    ]
    for more in others:
        [changed] = compared(read, deferred("s3:GetObject", **more))
        assert changed.may_widen
    [wider] = compared(read, deferred("s3:*", configuration={"root_module": {}}))
    assert ("wider", True) == (wider.relation, wider.may_widen)


def test_a_name_that_apply_will_tell_is_another_one_under_other_variables() -> None:
    """Also of a plan without its configuration."""

    def plan(value: str) -> str:
        values = {"policy_arn": None, "role": "r"}
        address = {"address": "aws_iam_role_policy_attachment.a"}
        resource = {**address, "mode": "managed", "type": "aws_iam_role_policy_attachment", "values": values}
        return json.dumps(
            {
                "terraform_version": "1",
                "variables": {"x": {"value": value}},
                "planned_values": {"root_module": {"resources": [resource]}},
                "resource_changes": [{**address, "change": {"after_unknown": {"policy_arn": True}}}],
            }
        )

    assert any(one.may_widen for one in compared(plan("a"), plan("b")))


def test_what_apply_will_tell_may_differ_between_two_plans() -> None:
    """A value at the same place in two plans need not be the same, so that nothing new is never said of it."""
    [same] = compared(deferred("s3:GetObject"), deferred("s3:GetObject"))
    [known] = compared(deferred("s3:*", known=True), deferred("s3:GetObject", known=True))
    [wider] = compared(deferred("s3:GetObject"), deferred("s3:*"))
    empty = json.dumps({"terraform_version": "1", "planned_values": {"root_module": {}}})

    assert same.may_widen
    assert same.new.resource == "data.aws_iam_policy_document.d"
    assert (known.relation, known.may_widen) == ("narrower", False)
    assert wider.may_widen
    for old, new in ((empty, deferred("s3:*", known=True)), (deferred("s3:*", known=True), empty)):
        assert [("unknown", True)] == [(one.relation, one.may_widen) for one in compared(old, new)]


@pytest.mark.parametrize("values", [("*", "b"), ("b", "b")])
def test_the_filling_of_the_law_is_that_of_a_template(values: tuple[str, str]) -> None:
    given = dict(zip("AB", values, strict=True))

    assert f"arn:aws:s3:::{values[0]}/*" == filled({"Fn::Sub": "arn:aws:s3:::${A}/*"}, given)
    assert [values[1]] == filled([B], given)
