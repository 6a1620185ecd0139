"""Amazon S3's calls: which actions on which bucket or object, by operation and by what the request asked for.

Source: "Required permissions for Amazon S3 API operations" in the Amazon S3 User Guide,
https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html; names of events in "Amazon S3
CloudTrail events", https://docs.aws.amazon.com/AmazonS3/latest/userguide/cloudtrail-logging-s3-info.html
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote

from jfml_policies.catalog import load
from jfml_policies.privilege.usage.event_actions import EventActions, event_actions
from jfml_policies.privilege.usage.resources import EVERY, literal, partition_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jfml_policies.privilege.usage.calls import Call

__all__ = ["s3_event_actions", "s3_further", "s3_requests"]

_LONGEST_KEY: Final = 1_024
#: Of other texts; a percent-encoded key takes three times its length.
_LONGEST_TEXT: Final = 4_096

#: Where the event or the operation is not called like its action, and the common table does not tell.
_ACTIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "CopyObject": ("s3:PutObject",),
    "DeleteAccountPublicAccessBlock": ("s3:PutAccountPublicAccessBlock",),
    "DeleteBucketOwnershipControls": ("s3:PutBucketOwnershipControls",),
    "DeleteBucketPublicAccessBlock": ("s3:PutBucketPublicAccessBlock",),
    "DeleteBucketTagging": ("s3:PutBucketTagging",),
    "DeleteObjects": ("s3:DeleteObject",),
    "GetBucketLifecycleConfiguration": ("s3:GetLifecycleConfiguration",),
    "GetObjectAttributes": ("s3:GetObject", "s3:GetObjectAttributes"),
    "HeadObject": ("s3:GetObject",),
    "PutBucketLifecycleConfiguration": ("s3:PutLifecycleConfiguration",),
}
#: Actions of their own for a version that the request names.
_OF_VERSION: Final[Mapping[str, str]] = {
    f"s3:{action}": f"s3:{versioned}"
    for action, versioned in {
        "DeleteObject": "DeleteObjectVersion",
        "DeleteObjectTagging": "DeleteObjectVersionTagging",
        "GetObject": "GetObjectVersion",
        "GetObjectAcl": "GetObjectVersionAcl",
        "GetObjectAttributes": "GetObjectVersionAttributes",
        "GetObjectTagging": "GetObjectVersionTagging",
        "GetObjectTorrent": "GetObjectVersionTorrent",
        "PutObjectAcl": "PutObjectVersionAcl",
        "PutObjectTagging": "PutObjectVersionTagging",
    }.items()
}
#: What writing an object needs besides, by the parameter that asks for it.
_BY_PARAMETER: Final[Mapping[str, str]] = {
    "accesscontrollist": "s3:PutObjectAcl",
    "x-amz-acl": "s3:PutObjectAcl",
    "x-amz-object-lock-legal-hold": "s3:PutObjectLegalHold",
    "x-amz-object-lock-mode": "s3:PutObjectRetention",
    "x-amz-tagging": "s3:PutObjectTagging",
}
_WRITING: Final = frozenset({"PutObject", "CopyObject", "CreateMultipartUpload"})
_COPYING: Final = frozenset({"CopyObject", "UploadPartCopy"})


def s3_event_actions(name: str) -> EventActions:
    """The actions of an operation on objects or buckets, before the request is looked at."""
    special = _ACTIONS.get(name)
    if special is not None:
        further = ("s3:GetObjectTagging", "s3:PutObjectTagging") if name in _COPYING else ()
        return EventActions(special, further)
    return event_actions("s3.amazonaws.com", name)


def s3_requests(call: Call, actions: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Each action that a call needed with the resource that it was decided on."""
    parameters = call.parameters
    bucket, key = _text(parameters, "bucketName"), _text(parameters, "key")
    version = _text(parameters, "versionId")
    bucket_arn = _bucket_arn(bucket, call) if bucket else _recorded_bucket(call)
    for action in actions:
        yield (_OF_VERSION.get(action, action) if version else action), _resource(action, bucket_arn, key)
    if call.name in _WRITING:
        asked = {name.lower() for name in parameters}
        for action in dict.fromkeys(action for name, action in _BY_PARAMETER.items() if name in asked):
            yield action, _resource(action, bucket_arn, key)
    if call.name in _COPYING:
        yield _source(_text(parameters, "x-amz-copy-source"), call)


def s3_further(call: Call, action: str) -> tuple[str, str]:
    """What a call may have needed besides: of a copy, tags of the source are read, and tags of the result written."""
    if action.startswith("s3:Get") and call.name in _COPYING:
        return action, _source(_text(call.parameters, "x-amz-copy-source"), call)[1]
    bucket = _text(call.parameters, "bucketName")
    bucket_arn = _bucket_arn(bucket, call) if bucket else _recorded_bucket(call)
    return action, _resource(action, bucket_arn, _text(call.parameters, "key"))


def _source(written: str, call: Call) -> tuple[str, str]:
    """Reading what a copy is made of: `bucket/key?versionId=...`, percent-encoded."""
    path, _, version = written.partition("?versionId=")
    path = unquote(path).removeprefix("/")
    action = "s3:GetObjectVersion" if version else "s3:GetObject"
    bucket, slash, key = path.partition("/")
    if path.startswith("arn:"):
        return action, literal(path)
    return action, _resource(action, _bucket_arn(bucket, call) if slash and bucket else None, key)


def _resource(action: str, bucket_arn: str | None, key: str) -> str:
    level = _level(action)
    if level is None or bucket_arn is None:
        return EVERY[0]
    if level == "bucket":
        return bucket_arn
    lead = f"{bucket_arn}/object/" if ":accesspoint/" in bucket_arn else f"{bucket_arn}/"
    # A request for many keys names none of them.
    return lead + (literal(key) if 0 < len(key) <= _LONGEST_KEY else "*")


@lru_cache(maxsize=512)
def _level(action: str) -> str | None:
    known = load().action(action)
    names = {kind.name for kind in known.resource_types} if known is not None else set()
    return "object" if "object" in names else "bucket" if "bucket" in names else None


def _bucket_arn(bucket: str, call: Call) -> str:
    return literal(bucket) if bucket.startswith("arn:") else f"arn:{partition_of(call.region)}:s3:::{literal(bucket)}"


def _recorded_bucket(call: Call) -> str | None:
    """The bucket among the ARNs of the record."""
    names = {arn.partition("/")[0] for arn in call.resources if ":s3:::" in arn}
    return literal(names.pop()) if len(names) == 1 else None


def _text(parameters: Mapping[str, Any], name: str) -> str:
    value = parameters.get(name)
    return value if isinstance(value, str) and len(value) <= _LONGEST_TEXT else ""
