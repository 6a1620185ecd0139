"""From an event's source and name to the IAM actions that its call needed.

Most operations need the action of the same name. What differs: the service's prefix, versions in names, and the
operations of a table (`event_actions.tsv`, which names its source). Amazon S3 is a case of its own.
"""

from __future__ import annotations

import os
import re
from functools import lru_cache
from typing import Final

from jfml_policies.catalog import load
from jfml_policies.record import record

__all__ = ["EventActions", "event_actions", "service_prefix"]

_TABLE: Final = os.path.join(os.path.dirname(__file__), "event_actions.tsv")

#: Event sources whose first label is not the prefix of their actions. Sources: the service authorization reference
#: for the prefixes, and for the event sources each service's page on logging with CloudTrail.
_PREFIXES: Final = {
    "apigatewayv2": "apigateway",
    "amazonmq": "mq",
    "data.iot": "iot",
    "dynamodbstreams": "dynamodb",
    "edgelambda": "lambda",
    "email": "ses",
    "entitlement.marketplace": "aws-marketplace",
    "ingest.timestream": "timestream",
    "iotdata": "iot",
    "metering.marketplace": "aws-marketplace",
    "models.lex": "lex",
    "monitoring": "cloudwatch",
    "opensearch": "es",
    "pinpoint": "mobiletargeting",
    "query.timestream": "timestream",
    "rdsdata": "rds-data",
    "runtime.lex": "lex",
    "runtime.sagemaker": "sagemaker",
    "servicecatalog-appregistry": "servicecatalog",
    "streams.dynamodb": "dynamodb",
    "tagging": "tag",
}
#: Calls that no identity policy decides, beyond those of the table: the caller proves who it is in another way.
_UNDECIDED_BY_POLICY: Final = frozenset({"sts:AssumeRoleWithSAML", "sts:AssumeRoleWithWebIdentity"})
#: Operations that need some of their actions, by what the request holds; see `named_in_request`.
_EITHER: Final = frozenset(
    {
        "dynamodb:BatchExecuteStatement",
        "dynamodb:ExecuteStatement",
        "dynamodb:ExecuteTransaction",
        "dynamodb:TransactWriteItems",
    }
)
#: Operations that the table has not. Sources: "Converse" and "ConverseStream" in the Amazon Bedrock API Reference,
#: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html; "InvokeWithResponseStream" in that
#: of AWS Lambda, https://docs.aws.amazon.com/lambda/latest/api/API_InvokeWithResponseStream.html; batches of SQS and
#: SNS need the permission of the single operation ("Amazon SQS API permissions: Actions and resource reference").
_BESIDE: Final[dict[str, tuple[str, ...]]] = {
    "bedrock:Converse": ("bedrock:InvokeModel",),
    "bedrock:ConverseStream": ("bedrock:InvokeModelWithResponseStream",),
    "lambda:InvokeWithResponseStream": ("lambda:InvokeFunction",),
    "sns:PublishBatch": ("sns:Publish",),
    "sqs:ChangeMessageVisibilityBatch": ("sqs:ChangeMessageVisibility",),
    "sqs:DeleteMessageBatch": ("sqs:DeleteMessage",),
    "sqs:SendMessageBatch": ("sqs:SendMessage",),
}
#: Actions that are needed only when a call passes a role or lets a service make its own.
_PASSING: Final = frozenset({"iam:PassRole", "iam:CreateServiceLinkedRole"})

#: `ListFunctions20150331`, `AddPermission20150331v2`, `GetDistribution2020_05_31`.
_version: Final = re.compile(r"20\d\d_?\d\d_?\d\d(?:v\d+)?$")


@record
class EventActions:
    """The actions of one kind of event.

    Attributes:
        actions: what the call needed; empty where no permission is needed, or nothing is known.
        further: what it may have needed as well, or instead, depending on its parameters.
        is_known: False when neither the catalogue nor the table knows the operation.
    """

    actions: tuple[str, ...]
    further: tuple[str, ...] = ()
    is_known: bool = True


@lru_cache(maxsize=4_096)
def event_actions(source: str, name: str) -> EventActions:
    """The actions that an operation needs; for Amazon S3 see `s3_calls`.

    >>> event_actions("monitoring.amazonaws.com", "PutMetricData").actions
    ('cloudwatch:PutMetricData',)
    >>> event_actions("lambda.amazonaws.com", "UpdateFunctionCode20150331v2").actions
    ('lambda:UpdateFunctionCode',)
    >>> event_actions("lambda.amazonaws.com", "CreateFunction20150331").further
    ('iam:PassRole',)
    """
    prefix = service_prefix(source)
    service = load().service(prefix)
    plain = _version.sub("", name)
    for candidate in (name, plain) if plain and plain != name else (name,):
        operation = f"{prefix}:{candidate}"
        listed = _table().get(operation)
        if listed == () or operation in _UNDECIDED_BY_POLICY:
            return EventActions(())
        own = service.action(candidate) if service is not None else None
        if own is not None:
            # The action of the same name is the operation's own; what the table adds depends on parameters.
            others = [action for action in listed or () if action.lower() != own.full_name.lower()]
            return EventActions((own.full_name,), tuple(others))
        if listed is not None and operation in _EITHER:
            return EventActions((), listed)
        if listed is not None:
            certain = tuple([action for action in listed if action not in _PASSING])
            return EventActions(certain, tuple([action for action in listed if action in _PASSING]), bool(certain))
    return EventActions((), is_known=False)


@lru_cache(maxsize=1_024)
def service_prefix(source: str) -> str:
    """The prefix of the actions of an event source.

    >>> service_prefix("email.amazonaws.com"), service_prefix("s3.amazonaws.com")
    ('ses', 's3')
    """
    host = source.lower()
    labels = host.partition(".amazonaws.")[0] if ".amazonaws." in host else host.removesuffix(".aws.internal")
    return _PREFIXES.get(labels, labels)


@lru_cache(maxsize=1)
def _table() -> dict[str, tuple[str, ...]]:
    with open(_TABLE, encoding="utf-8") as file:
        rows = [line.rstrip("\n").split("\t") for line in file if not line.startswith("#")]
    listed = {operation: () if actions == "-" else tuple(actions.split(" ")) for operation, actions in rows}
    return {**listed, **_BESIDE}
