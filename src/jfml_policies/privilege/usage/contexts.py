"""What records tell of a request beyond its action and resource: condition keys that policies limit grants by.

A policy that allows a call under conditions allows it all the same where the record shows that they held. Only what a
record tells is taken, so that a key that is missing here may have had any value.

Sources: "AWS global condition context keys" in the IAM User Guide
(https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html), "kms:ViaService" in the KMS
Developer Guide (https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html), "Global cross-Region
inference" in the Bedrock User Guide
(https://docs.aws.amazon.com/bedrock/latest/userguide/global-cross-region-inference.html).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from jfml_policies.catalog.regions import partition_of
from jfml_policies.privilege.usage.named_resources import profile_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from jfml_policies.privilege.usage.calls import Call

__all__ = ["Context", "conditions", "context_of", "merged"]

#: Condition keys, sorted, each with the values that requests had.
Context = tuple[tuple[str, tuple[str, ...]], ...]

_ACCOUNT: Final = "aws:ResourceAccount"
_SECURE: Final = "aws:SecureTransport"
_LISTS: Final = frozenset({"s3:ListBucket", "s3:ListBucketVersions"})
_HOST: Final = ".amazonaws.com"
#: The model of a call, and its region.
_model: Final = re.compile(r"arn:[^:]+:bedrock:([^:]*)::foundation-model/.+")
#: Services that take roles for themselves, under the name that they record events with.
_PASSED_TO: Final = frozenset(
    {"cloudformation", "codebuild", "ec2", "events", "firehose", "glue", "lambda", "sagemaker", "states"}
)
#: Beyond so many values a key counts as not told, so that what is kept is bounded.
_MOST_VALUES: Final = 50


def context_of(action: str, resource: str, call: Call) -> Context:
    """What the call's record tells of one of its requests."""
    prefix = call.parameters.get("prefix") if action in _LISTS else None
    via = ""
    if action.startswith("kms:") and call.service.endswith(_HOST) and call.region and not call.region.startswith("cn-"):
        via = f"{call.service.removesuffix(_HOST)}.{call.region}{_HOST}"
    region, profile = call.region, ""
    if action.startswith("bedrock:") and (model := _model.fullmatch(resource)) is not None:
        profile = profile_of(call, partition_of(region) or "aws")
        if profile and model[1] != region:
            # A model in any region is asked there, and one without a region nowhere that is specified.
            region = "" if model[1] else "unspecified"
    prefix = prefix if isinstance(prefix, str) and len(prefix) <= 1_024 and "$" not in prefix else ""
    passed = call.source if action == "iam:PassRole" and call.source.removesuffix(_HOST) in _PASSED_TO else ""
    secure = "true" if call.secure else ""
    return _context(_owner(resource, call.owners), region, secure, via, prefix, profile, passed)


def merged(one: Context, other: Context) -> Context:
    """What is told of both of two requests: the keys that both have, with the values of either.

    >>> merged((("aws:RequestedRegion", ("eu-west-1",)),), (("aws:RequestedRegion", ("us-east-1",)),))
    (('aws:RequestedRegion', ('eu-west-1', 'us-east-1')),)
    >>> merged((("s3:prefix", ("in/",)),), ())
    ()
    """
    others = dict(other)
    both = [(key, tuple(sorted({*values, *others[key]}))) for key, values in one if key in others]
    return tuple([(key, values) for key, values in both if len(values) <= _MOST_VALUES])


def conditions(context: Context) -> dict[str, Any]:
    """A `Condition` that requests of this context meet, and no others."""
    found: dict[str, dict[str, list[str]]] = {}
    for key, values in context:
        found.setdefault("Bool" if key == _SECURE else "StringEquals", {})[key] = list(values)
    return found


def _owner(resource: str, owners: Mapping[str, str]) -> str:
    """The account that owns what a request was on."""
    parts = resource.split(":", 5)
    if len(parts) == 6 and parts[4]:
        return parts[4] if _is_account(parts[4]) else ""
    account = owners.get(resource, "") or owners.get(resource.partition("/")[0], "")
    return account if _is_account(account) else ""


def _is_account(text: str) -> bool:
    return len(text) == 12 and text.isascii() and text.isdigit()


@lru_cache(maxsize=4_096)
def _context(account: str, region: str, secure: str, via: str, prefix: str, profile: str, passed: str) -> Context:
    told: Iterable[tuple[str, str]] = (
        ("aws:RequestedRegion", region),
        (_ACCOUNT, account),
        (_SECURE, secure),
        ("bedrock:InferenceProfileArn", profile),
        ("iam:PassedToService", passed),
        ("kms:ViaService", via),
        ("s3:prefix", prefix),
    )
    return tuple([(key, (value,)) for key, value in told if value and "$" not in value])
