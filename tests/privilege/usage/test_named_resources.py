from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from jfml_policies.privilege.usage.calls import call_of
from jfml_policies.privilege.usage.resources import resources_of
from jfml_policies.privilege.usage.usage import Usage

Record = Callable[..., dict[str, Any]]
HERE = "eu-west-1:111122223333"
PROFILE = f"arn:aws:bedrock:{HERE}:inference-profile"
ROUTER = f"arn:aws:bedrock:{HERE}:prompt-router/r"


@pytest.mark.parametrize(
    ("action", "parameters", "resources"),
    [
        ("bedrock:InvokeModel", {"modelId": "a.m-v1:0"}, {"arn:aws:bedrock:eu-west-1::foundation-model/a.m-v1:0"}),
        (
            "bedrock:InvokeModel",
            {"modelId": "eu.a.m"},
            {f"{PROFILE}/eu.a.m", "arn:aws:bedrock:*::foundation-model/a.m"},
        ),
        (
            "bedrock:InvokeModelWithResponseStream",
            {"modelId": f"{PROFILE}/global.a.m"},
            {
                f"{PROFILE}/global.a.m",
                "arn:aws:bedrock:eu-west-1::foundation-model/a.m",
                "arn:aws:bedrock:::foundation-model/a.m",
            },
        ),
        ("bedrock:InvokeModel", {"modelId": ROUTER}, {ROUTER, "arn:aws:bedrock:*::foundation-model/*"}),
        (
            "bedrock:InvokeModel",
            {"modelId": f"arn:aws:bedrock:{HERE}:provisioned-model/p"},
            {f"arn:aws:bedrock:{HERE}:provisioned-model/p"},
        ),
        ("bedrock:InvokeModel", {"modelId": "eu.*"}, {"*"}),
        ("bedrock:InvokeModel", {}, {"*"}),
        (
            "events:PutEvents",
            {"entries": [{"eventBusName": "b"}, {"eventBusName": f"arn:aws:events:{HERE}:event-bus/c"}, {}]},
            {f"arn:aws:events:{HERE}:event-bus/{name}" for name in ("b", "c", "default")},
        ),
        ("events:PutEvents", {"entries": [None]}, {"*"}),
        ("events:PutEvents", {}, {"*"}),
        ("events:PutRule", {"name": "r"}, {f"arn:aws:events:{HERE}:rule/r"}),
        ("events:PutTargets", {"rule": "r", "eventBusName": "b"}, {f"arn:aws:events:{HERE}:rule/b/r"}),
        (
            "dynamodb:BatchGetItem",
            {"requestItems": {"t": {}, "u": {}}},
            {f"arn:aws:dynamodb:{HERE}:table/t", f"arn:aws:dynamodb:{HERE}:table/u"},
        ),
        (
            "dynamodb:PutItem",
            {"transactItems": [{"put": {"tableName": "t"}}, {"delete": {"tableName": "u"}}]},
            {f"arn:aws:dynamodb:{HERE}:table/t"},
        ),
        ("dynamodb:PutItem", {"transactItems": [{"put": {"tableName": "t"}}, {"put": 1}]}, {"*"}),
        (
            "ec2:StartInstances",
            {"instancesSet": {"items": [{"instanceId": "i-1"}]}},
            {f"arn:aws:ec2:{HERE}:instance/i-1"},
        ),
        (
            "glue:GetDatabase",
            {"name": "d"},
            {f"arn:aws:glue:{HERE}:catalog", f"arn:aws:glue:{HERE}:database/d"},
        ),
        ("cloudformation:DescribeStacks", {"stackName": "s"}, {f"arn:aws:cloudformation:{HERE}:stack/s/*"}),
        ("cloudformation:DescribeStacks", {"stackName": "s*"}, {"*"}),
        (
            "redshift-data:ExecuteStatement",
            {"clusterIdentifier": "c"},
            {f"arn:aws:redshift:{HERE}:cluster:c"},
        ),
    ],
)
def test_requests_name_resources_in_ways_of_their_own(
    record: Record, action: str, parameters: dict[str, Any], resources: set[str]
) -> None:
    """Nothing else is granted; what a request does not tell is every resource."""
    service, name = action.split(":")
    call = call_of(record(service, name, parameters))

    assert call is not None
    assert resources == set(resources_of(action, call))


def test_wildcards_in_a_name_are_no_wildcards(record: Record) -> None:
    """A name from a request matches itself alone."""
    call = call_of(record("dynamodb", "BatchGetItem", {"requestItems": {"t*": {}}}))

    assert call is not None
    assert (f"arn:aws:dynamodb:{HERE}:table/t${{*}}",) == resources_of("dynamodb:BatchGetItem", call)


def test_a_login_that_makes_a_user_or_joins_groups_needs_that_as_well(record: Record) -> None:
    """Each on what the request names."""
    parameters = {"clusterIdentifier": "c", "dbUser": "u", "dbGroups": ["g"], "autoCreate": True}
    usage = Usage()
    usage.add(record("redshift", "GetClusterCredentials", parameters))

    lead = f"arn:aws:redshift:{HERE}"
    assert {
        ("redshift:GetClusterCredentials", f"{lead}:dbuser:c/u"),
        ("redshift:CreateClusterUser", f"{lead}:dbuser:c/u"),
        ("redshift:JoinGroup", f"{lead}:dbgroup:c/g"),
    } == set(usage.used)


def test_models_in_every_region_are_told_as_wider(record: Record) -> None:
    """The record does not tell which regions a profile may choose."""
    usage = Usage()
    usage.add(record("bedrock", "Converse", {"modelId": "eu.a.m"}))

    assert {("bedrock:InvokeModel", "arn:aws:bedrock:*::foundation-model/a.m")} == set(usage.widened)
