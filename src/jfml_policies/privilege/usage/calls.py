"""One CloudTrail record as a call: which API operation, by whom, on what, and what came of it.

Source: "CloudTrail record contents" in the AWS CloudTrail User Guide,
https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from jfml_policies.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Call", "call_of", "is_denial"]

_NOTHING: Final[Mapping[str, Any]] = {}
#: No name and no ARN of AWS is longer; what is counts as absent, so that texts that are kept are bounded.
_LONGEST_TEXT: Final = 2_048
#: Error codes that say that permission was lacking, without `Client.` before or `Exception` behind them.
_DENIALS: Final = frozenset(
    {
        "accessdenied",
        "authfailure",
        "authorizationerror",
        "forbidden",
        "kmsaccessdenied",
        "notauthorized",
        "unauthorized",
        "unauthorizedaccess",
        "unauthorizedoperation",
    }
)


class Call(NamedTuple):
    """What a record says of a call.

    Attributes:
        source: the service that recorded it, as in `s3.amazonaws.com`.
        name: the event's name.
        region: the Region, or empty.
        account: the account that received the event, or empty.
        principal: the ARN of whoever called: of the role rather than its session; or empty.
        service: the service that made the call for the principal, or empty.
        own_service: whether the caller is a service, with no principal behind it.
        error: the error code, or empty.
        parameters: the request's parameters.
        resources: ARNs that the record names.
    """

    source: str
    name: str
    region: str
    account: str
    principal: str
    service: str
    own_service: bool
    error: str
    parameters: Mapping[str, Any]
    resources: tuple[str, ...]


def call_of(record: Mapping[str, Any]) -> Call | None:
    """The call that a record tells of; None when it tells of something else, as of a sign-in or an insight.

    Elements of a wrong type count as absent, but for those without which there is no call.

    Raises:
        InputError: it is no CloudTrail record.
    """
    source, name = _text(record, "eventSource"), _text(record, "eventName")
    if _text(record, "eventType") not in ("", "AwsApiCall"):
        return None
    if not (source and name):
        raise InputError(
            "not a CloudTrail record: it has no texts `eventSource` and `eventName`",
            hint="give the files that CloudTrail delivers, or one record a line",
        )
    identity = record.get("userIdentity")
    identity = identity if isinstance(identity, dict) else _NOTHING
    service = _text(identity, "invokedBy")
    parameters = record.get("requestParameters")
    resources = record.get("resources")
    return Call(
        source.lower(),
        name,
        _text(record, "awsRegion"),
        _text(record, "recipientAccountId") or _text(identity, "accountId"),
        _principal(identity),
        service,
        _text(identity, "type") == "AWSService",
        _text(record, "errorCode"),
        parameters if isinstance(parameters, dict) else _NOTHING,
        tuple([arn for arn in map(_arn, resources) if arn]) if isinstance(resources, list) else (),
    )


def is_denial(error: str) -> bool:
    """Whether an error code says that permission was lacking.

    >>> is_denial("Client.UnauthorizedOperation"), is_denial("AccessDeniedException"), is_denial("NoSuchKey")
    (True, True, False)
    """
    return error.rpartition(".")[2].lower().removesuffix("exception") in _DENIALS


def _principal(identity: Mapping[str, Any]) -> str:
    session = identity.get("sessionContext")
    issuer = session.get("sessionIssuer") if isinstance(session, dict) else None
    role = _text(issuer, "arn") if isinstance(issuer, dict) else ""
    return role or _text(identity, "arn")


def _arn(resource: object) -> str:
    if not isinstance(resource, dict):
        return ""
    return _text(resource, "ARN") or _text(resource, "arn")


def _text(values: Mapping[str, Any], name: str) -> str:
    value = values.get(name)
    return value if isinstance(value, str) and len(value) <= _LONGEST_TEXT else ""
