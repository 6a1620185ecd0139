from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from jfml_policies.privilege.usage.calls import call_of
from jfml_policies.privilege.usage.resources import resources_of

Record = Callable[..., dict[str, Any]]
HERE = "eu-west-1:111122223333"


@pytest.mark.parametrize(
    ("action", "parameters", "resources"),
    [
        ("dynamodb:GetItem", {"tableName": "orders"}, [f"arn:aws:dynamodb:{HERE}:table/orders"]),
        (
            "dynamodb:Query",
            {"tableName": "orders", "indexName": "by-day"},
            [f"arn:aws:dynamodb:{HERE}:table/orders/index/by-day", f"arn:aws:dynamodb:{HERE}:table/orders"],
        ),
        (
            "sqs:SendMessage",
            {"queueUrl": "https://sqs.eu-west-1.amazonaws.com/111122223333/jobs"},
            [f"arn:aws:sqs:{HERE}:jobs"],
        ),
        ("sns:Publish", {"topicArn": f"arn:aws:sns:{HERE}:news"}, [f"arn:aws:sns:{HERE}:news"]),
        ("ssm:GetParameter", {"name": "/app/db"}, [f"arn:aws:ssm:{HERE}:parameter/app/db"]),
        (
            "ssm:GetParameters",
            {"names": ["a", "b"]},
            [f"arn:aws:ssm:{HERE}:parameter/a", f"arn:aws:ssm:{HERE}:parameter/b"],
        ),
        (
            "sqs:GetQueueAttributes",
            {"queueUrl": "https://sqs.eu-west-1.amazonaws.com/444455556666/jobs"},
            ["arn:aws:sqs:eu-west-1:444455556666:jobs"],
        ),
        (
            "sqs:GetQueueUrl",
            {"queueName": "jobs", "queueOwnerAWSAccountId": "444455556666"},
            ["arn:aws:sqs:eu-west-1:444455556666:jobs"],
        ),
        ("sqs:GetQueueUrl", {"queueName": "jobs"}, [f"arn:aws:sqs:{HERE}:jobs"]),
        (
            "glue:GetTable",
            {"catalogId": "444455556666", "databaseName": "d", "name": "t"},
            [f"arn:aws:glue:eu-west-1:444455556666:{one}" for one in ("catalog", "database/d", "table/d/t")],
        ),
        (
            "glue:GetDatabase",
            {"catalogId": "444455556666", "name": "d"},
            [f"arn:aws:glue:eu-west-1:444455556666:{one}" for one in ("catalog", "database/d")],
        ),
        (
            "ecr:BatchGetImage",
            {"registryId": "444455556666", "repositoryName": "ml/base"},
            ["arn:aws:ecr:eu-west-1:444455556666:repository/ml/base"],
        ),
        ("ssm:GetParameter", {"name": "/app/db:3"}, [f"arn:aws:ssm:{HERE}:parameter/app/db"]),
        (
            "secretsmanager:GetSecretValue",
            {"secretId": f"arn:aws:secretsmanager:{HERE}:secret:ml/db"},
            [f"arn:aws:secretsmanager:{HERE}:secret:ml/db-??????"],
        ),
        (
            "secretsmanager:GetSecretValue",
            {"secretId": f"arn:aws:secretsmanager:{HERE}:secret:ml/db-AbCdEf"},
            [f"arn:aws:secretsmanager:{HERE}:secret:ml/db-AbCdEf"],
        ),
        ("secretsmanager:GetSecretValue", {"secretId": "db"}, [f"arn:aws:secretsmanager:{HERE}:secret:db-??????"]),
        (
            "ssm:SendCommand",
            {"documentName": "d", "instanceIds": ["i-1", "mi-2"]},
            [
                f"arn:aws:ssm:{HERE}:document/d",
                f"arn:aws:ec2:{HERE}:instance/i-1",
                f"arn:aws:ssm:{HERE}:managed-instance/mi-2",
            ],
        ),
        (
            "iam:GetRole",
            {"roleName": "x"},
            ["arn:aws:iam::111122223333:role/x", "arn:aws:iam::111122223333:role/*/x"],
        ),
        (
            "glue:GetTable",
            {"databaseName": "d", "name": "t"},
            [
                f"arn:aws:glue:{HERE}:catalog",
                f"arn:aws:glue:{HERE}:database/d",
                f"arn:aws:glue:{HERE}:table/d/t",
            ],
        ),
        (
            "glue:GetTables",
            {"databaseName": "d"},
            [
                f"arn:aws:glue:{HERE}:database/d",
                f"arn:aws:glue:{HERE}:catalog",
                f"arn:aws:glue:{HERE}:table/d/*",
            ],
        ),
        (
            "redshift:GetClusterCredentials",
            {"clusterIdentifier": "w", "dbUser": "u", "dbName": "d"},
            [f"arn:aws:redshift:{HERE}:dbname:w/d", f"arn:aws:redshift:{HERE}:dbuser:w/u"],
        ),
        (
            "ssm:GetParametersByPath",
            {"path": "/app/"},
            [f"arn:aws:ssm:{HERE}:parameter/app", f"arn:aws:ssm:{HERE}:parameter/app/*"],
        ),
        ("ssm:GetParametersByPath", {"path": "/"}, [f"arn:aws:ssm:{HERE}:parameter/*"]),
        ("sagemaker:InvokeEndpoint", {"endpointName": "Ranker"}, [f"arn:aws:sagemaker:{HERE}:endpoint/ranker"]),
        ("kms:Decrypt", {"keyId": "alias/data"}, ["*"]),
        ("kms:Decrypt", {"keyId": f"arn:aws:kms:{HERE}:key/abc"}, [f"arn:aws:kms:{HERE}:key/abc"]),
        ("lambda:InvokeFunction", {"functionName": "f*"}, [f"arn:aws:lambda:{HERE}:function:f${{*}}"]),
        ("ec2:RunInstances", {"imageId": "ami-1"}, ["*"]),
        ("ec2:DescribeInstances", {"instanceId": "i-1"}, ["*"]),
        ("dynamodb:GetItem", {"tableName": ["orders", 1, None]}, [f"arn:aws:dynamodb:{HERE}:table/orders"]),
        ("dynamodb:GetItem", {"tableName": {}}, ["*"]),
    ],
)
def test_resources_from_parameters(
    record: Record, action: str, parameters: dict[str, Any], resources: list[str]
) -> None:
    """Templates are filled where all their names are given; what is ambiguous or missing is every resource."""
    call = call_of(record(*action.split(":"), parameters))

    assert call is not None
    assert sorted(resources) == sorted(resources_of(action, call))


def test_a_recorded_arn_counts_where_it_fits_the_action(record: Record) -> None:
    """Of the ARNs of a record those count that are resources of the action."""
    key, role = f"arn:aws:kms:{HERE}:key/abc", "arn:aws:iam::111122223333:role/x"
    call = call_of(record("kms", "Decrypt", {}, resources=[{"ARN": role}, {"ARN": key}, {"ARN": 7}, None]))

    assert call is not None
    assert (key,) == resources_of("kms:Decrypt", call)


def test_long_texts_of_slashes_take_no_time(record: Record) -> None:
    """No ARN makes the templates be tried over and over."""
    arn = f"arn:aws:glue:{HERE}:" + "table/" * 300
    call = call_of(record("glue", "GetTable", {}, resources=[{"ARN": arn}]))

    assert call is not None
    assert ("*",) == resources_of("glue:GetTable", call)
