from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jfml_policies.access.evaluate import evaluate
from jfml_policies.access.request import Request
from jfml_policies.errors import InputError
from jfml_policies.linter.engine import lint_policy
from jfml_policies.policy.read import loads
from jfml_policies.privilege.excess import gap
from jfml_policies.privilege.usage.suggestion import suggestion
from jfml_policies.privilege.usage.usage import Usage

names = st.text(alphabet="abc-/.*?$ {}", min_size=1, max_size=6)
plain = st.text(alphabet="abc", min_size=3, max_size=4)


def call(service: str, name: str, **parameters: Any) -> dict[str, Any]:
    return {
        "eventSource": f"{service}.amazonaws.com",
        "eventName": name,
        "awsRegion": "eu-west-1",
        "recipientAccountId": "111122223333",
        "requestParameters": parameters,
    }


def on_objects(name: str) -> st.SearchStrategy[dict[str, Any]]:
    return st.builds(lambda bucket, key: call("s3", name, bucketName=bucket, key=key), plain, names)


calls = st.one_of(
    on_objects("GetObject"),
    on_objects("PutObject"),
    on_objects("HeadObject"),
    plain.map(lambda bucket: call("s3", "ListObjects", bucketName=bucket)),
    plain.map(lambda table: call("dynamodb", "GetItem", tableName=table)),
    plain.map(lambda table: call("dynamodb", "PutItem", tableName=table)),
    plain.map(lambda key: call("kms", "Decrypt", keyId=key)),
    plain.map(lambda secret: call("secretsmanager", "GetSecretValue", secretId=secret)),
    plain.map(lambda queue: call("sqs", "SendMessage", queueUrl=f"https://sqs.eu-west-1.amazonaws.com/1/{queue}")),
    plain.map(lambda group: call("logs", "CreateLogGroup", logGroupName=group)),
    st.just(call("ec2", "DescribeInstances")),
)


def usage_of(records: list[dict[str, Any]], threshold: int | None = None) -> Usage:
    usage = Usage(folder_threshold=threshold)
    for record in records:
        usage.add(record)
    usage.finish()
    return usage


def requested(pattern: str) -> str:
    """The resource of a request that a pattern stands for."""
    return re.sub(r"\$\{([*?$])\}", r"\1", pattern.replace("-??????", "-AbCdEf"))


@given(st.lists(calls, min_size=1, max_size=8), st.none() | st.integers(2, 4))
def test_every_used_request_is_allowed(records: list[dict[str, Any]], threshold: int | None) -> None:
    """The evaluator allows each request by the suggested policy, generalised or not."""
    document = suggestion(usage_of(records, threshold).used)

    for action, resource in usage_of(records).used:
        assert evaluate(document, Request(action, requested(resource))).allowed, (action, resource)


@given(st.lists(calls, min_size=1, max_size=6))
def test_nothing_else_is_allowed(records: list[dict[str, Any]]) -> None:
    """A policy of a statement for each request, written independently, leaves neither excess nor shortage."""
    usage = usage_of(records)
    singles = [{"Effect": "Allow", "Action": action, "Resource": resource} for action, resource in usage.used]

    found = gap([suggestion(usage.used)], [{"Version": "2012-10-17", "Statement": singles}])

    assert found.is_exact, found


@given(st.lists(calls, min_size=1, max_size=8))
def test_a_suggestion_lints_clean(records: list[dict[str, Any]]) -> None:
    """A rule that finds something in it is a fault of the suggestion."""
    findings = lint_policy(loads(json.dumps(suggestion(usage_of(records).used)), kind="identity"))

    assert [] == [finding.message for finding in findings]


def test_actions_on_the_same_resources_share_a_statement() -> None:
    """Of the two ways to group the shorter is taken."""
    both = ["arn:aws:s3:::acme/a", "arn:aws:s3:::acme/b"]

    document = suggestion([(action, one) for action in ("s3:PutObject", "s3:GetObject") for one in both])

    assert [(["s3:GetObject", "s3:PutObject"], both)] == [
        (statement["Action"], statement["Resource"]) for statement in document["Statement"]
    ]


def test_what_a_wider_pattern_holds_is_not_listed() -> None:
    """A folder, a bucket or the star makes the keys in it superfluous."""
    document = suggestion(
        [
            *[("s3:GetObject", f"arn:aws:s3:::acme/{key}") for key in ("a/b", "a/*", "a/b/*", "c")],
            *[("s3:PutObject", f"arn:aws:s3:::acme/{key}") for key in ("x", "*")],
            *[("s3:DeleteObject", one) for one in ("arn:aws:s3:::acme/x", "*")],
        ]
    )

    found = {statement["Action"]: statement["Resource"] for statement in document["Statement"]}
    assert {
        "s3:DeleteObject": "*",
        "s3:GetObject": ["arn:aws:s3:::acme/a/*", "arn:aws:s3:::acme/c"],
        "s3:PutObject": "arn:aws:s3:::acme/*",
    } == found


def test_nothing_used_is_no_policy() -> None:
    """A policy without statements would look like an answer."""
    with pytest.raises(InputError, match="no call to grant"):
        suggestion([])
