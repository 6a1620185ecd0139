"""One CloudTrail record as a call: which API operation, by whom, on what, and what came of it.

Source: "CloudTrail record contents" in the AWS CloudTrail User Guide,
https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from jfml_policies.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Call", "NoRecordError", "call_of", "is_denial"]

_NOTHING: Final[Mapping[str, Any]] = {}
#: No name and no ARN of AWS is longer; what is counts as absent, so that texts that are kept are bounded.
_LONGEST_TEXT: Final = 2_048
#: What error codes hold that say that permission was lacking, or that nobody was asked as the caller was not known:
#: either way nothing was allowed. "Common error types" in the IAM API Reference,
#: https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html, lists those of all services.
_DENIALS: Final = (
    "accessdenied",
    "authfailure",
    "authorizationerror",
    "expiredtoken",
    "forbidden",
    "insufficientprivileges",
    "invalidaccesskeyid",
    "invalidclienttokenid",
    "missingauthenticationtoken",
    "notauthorized",
    "requestexpired",
    "signaturedoesnotmatch",
    "unauthorized",
    "unrecognizedclient",
)
#: What messages of a denial hold where the code is one of the service's own. "Access denied error messages" in the IAM
#: User Guide, https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
_DENIAL_MESSAGE: Final = "is not authorized to perform"


class NoRecordError(InputError):
    """A JSON object is no CloudTrail record."""


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
        is_denied: whether the call was refused for lack of permission.
        parameters: the request's parameters.
        resources: ARNs that the record names.
        owners: the accounts that it says they belong to, where it does.
        secure: whether it says that the call came over TLS.
    """

    source: str
    name: str
    region: str
    account: str
    principal: str
    service: str
    own_service: bool
    error: str
    is_denied: bool
    parameters: Mapping[str, Any]
    resources: tuple[str, ...]
    owners: Mapping[str, str] = _NOTHING
    secure: bool = False


def call_of(record: Mapping[str, Any]) -> Call | None:
    """The call that a record tells of; None when it tells of something else, as of a sign-in or an insight.

    Elements of a wrong type count as absent, but for those without which there is no call.

    Raises:
        NoRecordError: it is no CloudTrail record.
    """
    source, name = _text(record, "eventSource"), _text(record, "eventName")
    if _text(record, "eventType") not in ("", "AwsApiCall"):
        return None
    if not (source and name):
        raise NoRecordError(
            "not a CloudTrail record: it has no texts `eventSource` and `eventName`",
            hint="give the files that CloudTrail delivers, or one record a line",
        )
    identity = record.get("userIdentity")
    identity = identity if isinstance(identity, dict) else _NOTHING
    service = _text(identity, "invokedBy")
    error = _text(record, "errorCode")
    parameters = record.get("requestParameters")
    resources = record.get("resources")
    resources = resources if isinstance(resources, list) else []
    tls = record.get("tlsDetails")
    return Call(
        source.lower(),
        name,
        _text(record, "awsRegion"),
        _text(record, "recipientAccountId") or _text(identity, "accountId"),
        _principal(identity),
        service,
        _text(identity, "type") == "AWSService",
        error,
        bool(error) and (is_denial(error) or _DENIAL_MESSAGE in _text(record, "errorMessage")),
        parameters if isinstance(parameters, dict) else _NOTHING,
        tuple([arn for arn in map(_arn, resources) if arn]),
        {_arn(one): _text(one, "accountId") for one in resources if isinstance(one, dict) and "accountId" in one},
        isinstance(tls, dict) and bool(_text(tls, "tlsVersion")),
    )


def is_denial(error: str) -> bool:
    """Whether an error code says that permission was lacking.

    >>> is_denial("Client.UnauthorizedOperation"), is_denial("AccessDeniedException"), is_denial("NoSuchKey")
    (True, True, False)
    """
    code = error.lower()
    return any(sign in code for sign in _DENIALS)


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
