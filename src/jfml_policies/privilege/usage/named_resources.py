"""Resources that requests name in ways of their own: deep inside, by ids, or with others that stand behind them.

Sources: "Amazon EventBridge API Reference", `PutEvents` and `PutRule`; "Amazon DynamoDB API Reference",
`BatchGetItem` and `TransactWriteItems`; for names in CloudTrail's records each service's page on logging with it. For
Bedrock "Prerequisites for inference profiles"
(https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-prereq.html) and "Global cross-Region
inference" (https://docs.aws.amazon.com/bedrock/latest/userguide/global-cross-region-inference.html): who calls through
a profile needs its models as well, in every region that it may choose, and through a global one the model without a
region.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from jfml_policies.patterns.arn import is_account_id

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from jfml_policies.privilege.usage.calls import Call

    _Reader = Callable[[Mapping[str, Any], str, str], tuple[list[str], list[str]]]

__all__ = ["has_own_names", "names_of", "owner_of", "profile_of"]

#: Parameters that hold the account whose resources are meant.
_OWNERS: Final = {"ecr": "registryId", "glue": "catalogId"}
_LONGEST: Final = 2_048
_MOST_NAMES: Final = 100

_plain: Final = re.compile(r"[A-Za-z0-9_.:/-]+")
#: Profiles that AWS makes are called like their model, with the part of the world before it.
_profile: Final = re.compile(r"(us|us-gov|eu|apac|au|ca|jp|global)\.(.+)")
_profile_arn: Final = re.compile(r"arn:[^:]+:bedrock:[^:]*:\d*:inference-profile/(.+)")
#: What hides models that nobody can tell.
_router_arn: Final = re.compile(
    r"arn:[^:]+:bedrock:[^:]*:\d*:(application-inference-profile|prompt-router|default-prompt-router)/.+"
)


def has_own_names(action: str) -> bool:
    """Whether requests for an action name what it is on in a way of their own."""
    return action in _READERS


def names_of(action: str, call: Call, partition: str) -> tuple[list[str], list[str]] | None:
    """The ARNs of what a request names, as texts, and as patterns what else it needs; None where other ways serve.

    Args:
        action: the action that was decided.
        call: the call.
        partition: the partition of its Region.
    """
    service = action.partition(":")[0]
    reader = _READERS.get(action)
    if reader is None or not (call.region and call.account):
        return None
    lead = f"arn:{partition}:{service}:{call.region}"
    texts, patterns = reader(call.parameters, lead, owner_of(service, call))
    if not (texts or patterns) or len(texts) > _MOST_NAMES or any(len(text) > _LONGEST for text in texts):
        return None
    return texts, patterns


def owner_of(service: str, call: Call) -> str:
    """The account of what a call is on: that which the request names, where it may, or that of the event.

    Source: `CatalogId` in the AWS Glue API Reference, `registryId` in the Amazon ECR API Reference.

    Args:
        service: the prefix of the action that was decided.
        call: the call.
    """
    named = _text(call.parameters, _OWNERS.get(service, ""))
    return named if is_account_id(named) else call.account


def profile_of(call: Call, partition: str) -> str:
    """The ARN of the inference profile that a call of Bedrock goes through, or empty.

    Args:
        call: the call.
        partition: the partition of its Region.
    """
    name = call.parameters.get("modelId")
    if not isinstance(name, str) or len(name) > _LONGEST:
        return ""
    if _profile_arn.fullmatch(name) or ":application-inference-profile/" in name:
        return name
    own = _profile.fullmatch(name) and call.region and call.account
    return f"arn:{partition}:bedrock:{call.region}:{call.account}:inference-profile/{name}" if own else ""


def _models(parameters: Mapping[str, Any], lead: str, account: str) -> tuple[list[str], list[str]]:
    name = parameters.get("modelId")
    if not isinstance(name, str) or not name:
        return [], []
    anywhere = f"{lead.rpartition(':')[0]}:*::foundation-model/"
    if _router_arn.fullmatch(name):
        return [name], [f"{anywhere}*"]
    known = _profile_arn.fullmatch(name)
    if known is None and name.startswith("arn:"):
        return [name], []
    profile = _profile.fullmatch(known[1] if known is not None else name)
    if profile is None:
        if known is not None:
            return [name], [f"{anywhere}*"]
        return [f"{lead}::foundation-model/{name}"], []
    own = name if known is not None else f"{lead}:{account}:inference-profile/{name}"
    if not _plain.fullmatch(profile[2]):
        return [], []
    if profile[1] == "global":
        without_region = f"{lead.rpartition(':')[0]}:::foundation-model/{profile[2]}"
        return [own, f"{lead}::foundation-model/{profile[2]}", without_region], []
    return [own], [f"{anywhere}{profile[2]}"]


def _event_buses(parameters: Mapping[str, Any], lead: str, account: str) -> tuple[list[str], list[str]]:
    found: dict[str, None] = {}
    for entry in _list(parameters.get("entries")):
        if not isinstance(entry, dict):
            return [], []
        name = entry.get("eventBusName") or "default"
        if not isinstance(name, str):
            return [], []
        found[name if name.startswith("arn:") else f"{lead}:{account}:event-bus/{name}"] = None
    return list(found), []


def _event_rule(parameters: Mapping[str, Any], lead: str, account: str) -> tuple[list[str], list[str]]:
    name = parameters.get("name") or parameters.get("rule")
    bus = parameters.get("eventBusName") or "default"
    if not (isinstance(name, str) and name and isinstance(bus, str)):
        return [], []
    bus = bus.rpartition("event-bus/")[2]
    return [f"{lead}:{account}:rule/{name if bus == 'default' else f'{bus}/{name}'}"], []


def _batch_tables(parameters: Mapping[str, Any], lead: str, account: str) -> tuple[list[str], list[str]]:
    items = parameters.get("requestItems")
    return _tables(list(items) if isinstance(items, dict) else [], lead, account)


def _tables_of(part: str) -> _Reader:
    """Of a transaction the tables of one sort of items."""

    def read(parameters: Mapping[str, Any], lead: str, account: str) -> tuple[list[str], list[str]]:
        items = [item for item in _list(parameters.get("transactItems")) if isinstance(item, dict)]
        parts = [value for item in items for name, value in item.items() if name.lower() == part]
        return _tables([one.get("tableName") if isinstance(one, dict) else None for one in parts], lead, account)

    return read


def _tables(names: Sequence[object], lead: str, account: str) -> tuple[list[str], list[str]]:
    texts = [name for name in names if isinstance(name, str) and name]
    if len(texts) < len(names):
        return [], []
    arns = [name if name.startswith("arn:") else f"{lead}:{account}:table/{name}" for name in texts]
    return list(dict.fromkeys(arns)), []


def _instances(parameters: Mapping[str, Any], lead: str, account: str) -> tuple[list[str], list[str]]:
    found = parameters.get("instancesSet")
    items = _list(found.get("items")) if isinstance(found, dict) else []
    ids = [item.get("instanceId") if isinstance(item, dict) else None for item in items]
    if not all(isinstance(one, str) and one for one in ids):
        return [], []
    return [f"{lead}:{account}:instance/{one}" for one in ids], []


def _database(parameters: Mapping[str, Any], lead: str, account: str) -> tuple[list[str], list[str]]:
    """Operations on databases call them by `name`, which is a table's elsewhere; one that lists them names none."""
    name = parameters.get("name")
    if isinstance(name, str) and name:
        return [f"{lead}:{account}:catalog", f"{lead}:{account}:database/{name}"], []
    return [], []


def _databases(parameters: Mapping[str, Any], lead: str, account: str) -> tuple[list[str], list[str]]:  # noqa: ARG001
    return [f"{lead}:{account}:catalog"], [f"{lead}:{account}:database/*"]


def _stack(parameters: Mapping[str, Any], lead: str, account: str) -> tuple[list[str], list[str]]:
    """The ARN of a stack ends in an id."""
    name = parameters.get("stackName")
    if not isinstance(name, str) or not _plain.fullmatch(name):
        return ([name], []) if isinstance(name, str) and name.startswith("arn:") else ([], [])
    return [], [f"{lead}:{account}:stack/{name}/*"]


def _queue(parameters: Mapping[str, Any], lead: str, account: str) -> tuple[list[str], list[str]]:
    """The URL of a queue holds the account that it belongs to; who asks for a queue by its name may say which."""
    url = parameters.get("queueUrl")
    if isinstance(url, str):
        owner, name = url.split("/")[-2:] if "/" in url else ("", url)
    else:
        owner, name = _text(parameters, "queueOwnerAWSAccountId"), _text(parameters, "queueName")
    return ([f"{lead}:{owner if is_account_id(owner) else account}:{name}"] if name else []), []


def _text(parameters: Mapping[str, Any], name: str) -> str:
    value = parameters.get(name)
    return value if isinstance(value, str) else ""


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


_STACKS: Final = (
    *("CreateChangeSet", "CreateStack", "DeleteStack", "DescribeStackEvents", "DescribeStackResource"),
    *("DescribeStackResources", "DescribeStacks", "GetTemplate", "ListStackResources", "UpdateStack"),
)
_OF_QUEUES: Final = (
    *("AddPermission", "ChangeMessageVisibility", "DeleteMessage", "DeleteQueue", "GetQueueAttributes", "GetQueueUrl"),
    *("ListDeadLetterSourceQueues", "ListQueueTags", "PurgeQueue", "ReceiveMessage", "RemovePermission"),
    *("SendMessage", "SetQueueAttributes", "TagQueue", "UntagQueue"),
)
_READERS: Final[Mapping[str, _Reader]] = {
    "bedrock:InvokeModel": _models,
    "bedrock:InvokeModelWithResponseStream": _models,
    "events:PutEvents": _event_buses,
    "glue:GetDatabase": _database,
    "glue:GetDatabases": _databases,
    "glue:UpdateDatabase": _database,
    "dynamodb:BatchGetItem": _batch_tables,
    "dynamodb:BatchWriteItem": _batch_tables,
    "dynamodb:ConditionCheckItem": _tables_of("conditioncheck"),
    "dynamodb:DeleteItem": _tables_of("delete"),
    "dynamodb:GetItem": _tables_of("get"),
    "dynamodb:PutItem": _tables_of("put"),
    "dynamodb:UpdateItem": _tables_of("update"),
    **dict.fromkeys(
        ("ec2:RebootInstances", "ec2:StartInstances", "ec2:StopInstances", "ec2:TerminateInstances"), _instances
    ),
    **{f"cloudformation:{name}": _stack for name in _STACKS},
    **{f"sqs:{name}": _queue for name in _OF_QUEUES},
    **dict.fromkeys(
        (
            *("events:DeleteRule", "events:DescribeRule", "events:DisableRule", "events:EnableRule"),
            *("events:ListTargetsByRule", "events:PutRule", "events:PutTargets", "events:RemoveTargets"),
        ),
        _event_rule,
    ),
}
