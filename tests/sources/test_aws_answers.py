"""Answers of AWS's API: every document is found, with its kind and what it belongs to."""

import json
from typing import Any
from urllib.parse import quote

import pytest

from jfml_policies.findings import Span
from jfml_policies.sources.find import find_policies
from jfml_policies.sources.found import Unread
from jfml_policies.sources.source import Quoted, Source

DOCUMENT = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}]}
TEXT = json.dumps(DOCUMENT)
FORMS = {
    "object": DOCUMENT,
    "string": json.dumps(DOCUMENT),
    "url": quote(json.dumps(DOCUMENT), safe=""),
}


def found(answer: Any) -> list[tuple[str, str | None, str | None]]:
    policies = find_policies(json.dumps(answer))
    assert policies is not None
    return [(one.resource, one.kind, one.resource_type) for one in policies.policies if isinstance(one, Source)]


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_an_account_is_read_as_a_whole(form: object) -> None:
    answer = {
        "UserDetailList": [{"UserName": "ann", "UserPolicyList": [{"PolicyName": "own", "PolicyDocument": form}]}],
        "RoleDetailList": [
            {
                "RoleName": "reader",
                "AssumeRolePolicyDocument": form,
                "RolePolicyList": [{"PolicyName": "read", "PolicyDocument": form}],
            }
        ],
        "Policies": [{"PolicyName": "all", "PolicyVersionList": [{"VersionId": "v2", "Document": form}]}],
    }

    assert [
        ("UserDetailList[ann].UserPolicyList[own]", "identity", None),
        ("RoleDetailList[reader].AssumeRolePolicyDocument", "trust", None),
        ("RoleDetailList[reader].RolePolicyList[read]", "identity", None),
        ("Policies[all].PolicyVersionList[v2]", "identity", None),
    ] == found(answer)


@pytest.mark.parametrize("form", ["string", "url"])
def test_a_single_answer_is_called_by_the_name_beside_the_document(form: str) -> None:
    answer = {"RoleName": "reader", "PolicyName": "read", "PolicyDocument": FORMS[form]}

    assert [("read", None, None)] == found(answer)


def test_organizations_says_the_kind() -> None:
    answer = {
        "Policy": {
            "PolicySummary": {"Name": "guard", "Type": "SERVICE_CONTROL_POLICY"},
            "Content": json.dumps(DOCUMENT),
        }
    }

    assert ["scp"] == [kind for _, kind, _ in found(answer)]


def test_a_repository_policy_of_ecr() -> None:
    answer = {"repositoryName": "models", "policyText": json.dumps(DOCUMENT)}

    assert [("models", "resource", "AWS::ECR::Repository")] == found(answer)


def test_a_plain_policy_is_left_to_others() -> None:
    assert find_policies(json.dumps(DOCUMENT)) is None
    assert find_policies(json.dumps({"PolicyVersion": {"Document": DOCUMENT}})) is None


def test_names_that_hold_no_document_are_passed_over() -> None:
    assert [] == found({"Policy": "Statement", "Document": {"Policy": "{"}, "x": ['{"Statement": 1}']})


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ({"InlinePolicy": TEXT}, ("InlinePolicy", "identity", None)),
        ({"Policies": {"open": TEXT}}, ("Policies[open]", "resource", None)),
        ({"policy": TEXT, "state": "Active"}, ("policy", "resource", None)),
        ({"policy": {"document": TEXT}}, ("policy", None, None)),
        ({"id": "x", "policy": json.dumps(TEXT)[1:-1]}, ("policy", "resource", None)),
        ({"C": {"AccessPolicies": {"Options": TEXT}}}, ("C.AccessPolicies", "resource", None)),
        ({"resourcePolicies": [{"policyName": "p", "policyDocument": TEXT}]}, ("resourcePolicies[p]", None, None)),
        ({"registryId": "1", "policyText": TEXT}, ("policyText", "resource", None)),
        ({"User": {"UserName": "u", "Policy": TEXT}}, ("User", "session", None)),
    ],
    ids=[
        "permission-set",
        "ses",
        "lattice",
        "codeartifact",
        "api-gateway",
        "opensearch",
        "logs",
        "registry",
        "transfer",
    ],
)
def test_services_call_their_policies_otherwise(answer: Any, expected: tuple[str, str | None, str | None]) -> None:
    assert [expected] == found(answer)


@pytest.mark.parametrize(
    "answer",
    [
        {"policyName": "p", "policyDocument": TEXT, "policyArn": "arn:aws:iot:a:1:policy/p"},
        {"Records": [{"requestParameters": {"policyDocument": TEXT}}]},
        {"Content": json.dumps({"schemaVersion": "2.2", "mainSteps": [{"Statement": []}]})},
    ],
    ids=["IoT", "recorded call", "document of Systems Manager"],
)
def test_what_is_no_policy_of_iam_is_passed_over(answer: Any) -> None:
    assert [] == found(answer)


def test_the_tree_of_constructs_is_left_to_the_templates_beside_it() -> None:
    properties = {"aws:cdk:cloudformation:props": {"policyDocument": DOCUMENT}}
    tree = {"version": "tree-0.1", "tree": {"id": "App", "children": {"R": {"attributes": properties}}}}

    assert find_policies(json.dumps(tree)) is None


def config(**item: Any) -> Any:
    return {"configurationItems": [{"resourceType": "AWS::IAM::Role", "resourceName": "reader", **item}]}


ROLE = {
    "roleName": "reader",
    "assumeRolePolicyDocument": FORMS["url"],
    "rolePolicyList": [{"policyName": "read", "policyDocument": FORMS["url"]}],
}


@pytest.mark.parametrize("form", [ROLE, json.dumps(ROLE)], ids=["object", "string"])
def test_items_of_config_are_read_in_strings_too(form: object) -> None:
    assert [
        ("configurationItems[reader].configuration.assumeRolePolicyDocument", "trust", None),
        ("configurationItems[reader].configuration.rolePolicyList[read]", "identity", None),
    ] == found(config(configuration=form))


@pytest.mark.parametrize(
    "more",
    [
        {"BucketPolicy": {"policyText": TEXT}},
        {"BucketPolicy": json.dumps({"policyText": TEXT})},
        {"Policy": TEXT},
        {"Policy": json.dumps(TEXT)},
    ],
    ids=["object", "string in a string", "string", "string of a string"],
)
def test_what_config_knows_beside_is_read_at_its_place(more: object) -> None:
    text = json.dumps(config(configuration="{}", supplementaryConfiguration=more))
    policies = find_policies(text)
    assert policies is not None
    [one] = policies.policies
    assert isinstance(one, Source)
    assert isinstance(one.document, Quoted)
    at = one.document.text.index("GetObject")

    span = one.document.places.host(Span(at, at + len("GetObject")))

    assert "resource" == one.kind
    assert "GetObject" == text[span.start : span.end]


def test_a_broken_string_of_config_is_told() -> None:
    policies = find_policies(json.dumps(config(configuration='{"a": {"Statement": }')))

    assert policies is not None
    assert [
        Unread("configurationItems[reader].configuration", "its text is broken: not JSON: expecting value")
    ] == list(policies.policies)


def test_strings_in_strings_are_not_followed_forever() -> None:
    text = TEXT
    for _ in range(12):
        text = json.dumps(text)
    policies = find_policies(json.dumps(config(configuration=json.loads(text))))

    assert policies is None or [] == list(policies.policies)
