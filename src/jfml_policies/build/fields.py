"""Types of single parameters, each with its check and its part of the JSON Schema."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import Annotated, Final

from pydantic import AfterValidator, BeforeValidator, Field, JsonValue

from jfml_policies.build.identifiers import (
    PARTITIONS,
    account_id_problem,
    kms_key_problem,
    region_problem,
    role_name_problem,
)
from jfml_policies.build.parameters import checked_by, list_of_at_most
from jfml_policies.build.s3_names import bucket_name_problem, folder_problem, key_problem
from jfml_policies.build.wording import quoted

__all__ = [
    "MOST_KEYS",
    "Account",
    "Bucket",
    "InferenceProfile",
    "Key",
    "Keys",
    "ObjectKey",
    "Prefix",
    "PrefixOrKey",
    "Region",
    "RoleArn",
    "RoleName",
    "ServicePrincipal",
    "TablePattern",
    "Url",
    "inference_profile_problem",
    "named",
]

#: Beyond this a managed policy would be too long.
MOST_KEYS: Final = 50

#: As far as a pattern can say it; JSON values of a schema.
_PREFIX: Final[dict[str, JsonValue]] = {"minLength": 1, "maxLength": 1024, "pattern": r"^[^/*?{][^*?{]*$"}

Bucket = Annotated[
    str,
    AfterValidator(checked_by(bucket_name_problem)),
    Field(json_schema_extra={"pattern": r"^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$"}, examples=["acme-features"]),
]
Prefix = Annotated[
    str,
    AfterValidator(checked_by(folder_problem)),
    Field(json_schema_extra=_PREFIX, examples=["train/"]),
]
#: A prefix where one object may be given as `key` instead.
PrefixOrKey = Annotated[
    str,
    AfterValidator(checked_by(partial(folder_problem, takes_key=True))),
    Field(json_schema_extra=_PREFIX, examples=["train/"]),
]
ObjectKey = Annotated[
    str,
    AfterValidator(checked_by(key_problem)),
    Field(
        json_schema_extra={"minLength": 1, "maxLength": 1024, "pattern": r"^[^/*?{]([^*?{]*[^*?{/])?$"},
        examples=["train/a.csv"],
    ),
]
Account = Annotated[
    str,
    AfterValidator(checked_by(account_id_problem)),
    Field(json_schema_extra={"pattern": r"^[0-9]{12}$"}, examples=["111122223333"]),
]
RoleName = Annotated[
    str,
    AfterValidator(checked_by(role_name_problem)),
    Field(json_schema_extra={"pattern": r"^[A-Za-z0-9_+=,.@-]{1,64}$"}),
]
Region = Annotated[
    str,
    AfterValidator(checked_by(region_problem)),
    Field(json_schema_extra={"pattern": r"^[a-z]+(-[a-z]+)+-[0-9]{1,2}$"}, examples=["us-east-1"]),
]
Key = Annotated[
    str,
    AfterValidator(checked_by(kms_key_problem)),
    Field(
        json_schema_extra={"pattern": r"^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/[A-Za-z0-9-]+$"},
        examples=["arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"],
    ),
]
Keys = Annotated[
    tuple[Key, ...],
    BeforeValidator(list_of_at_most(MOST_KEYS)),
    Field(json_schema_extra={"maxItems": MOST_KEYS}),
]


def named(what: str, pattern: str, example: str) -> tuple[AfterValidator, object]:
    """What makes a text the name of some resource, to be used in `Annotated`.

    Wildcards and variables, which a policy would not take literally, are in no such pattern.

    Args:
        what: what the text names, with its article.
        pattern: a regular expression that the whole text meets.
        example: a name of the form.
    """
    meets = re.compile(pattern).fullmatch

    def problem(text: str) -> str | None:
        return None if meets(text) else f"{quoted(text)} is not {what}, as in {quoted(example)}"

    return AfterValidator(checked_by(problem)), Field(json_schema_extra={"pattern": f"^{pattern}$"}, examples=[example])


_role_arn: Final = re.compile(
    rf"arn:({'|'.join(PARTITIONS)}):iam::[0-9]{{12}}:role/([!-~]*/)?[A-Za-z0-9_+=,.@-]{{1,64}}"
)


def _role_arn_problem(text: str) -> str | None:
    if _role_arn.fullmatch(text) and not any(sign in text for sign in "*?$"):
        return None
    return f"{quoted(text)} is not the ARN of a role, as in `arn:aws:iam::111122223333:role/trainer`"


def _words(problem: Callable[[str], str | None], schema: dict[str, object]) -> tuple[AfterValidator, object]:
    return AfterValidator(checked_by(problem)), Field(json_schema_extra=schema)  # type: ignore[arg-type]


_ROLE_ARN = _words(_role_arn_problem, {"pattern": r"^arn:[a-z-]+:iam::[0-9]{12}:role/[^*?$]+$"})
RoleArn = Annotated[str, _ROLE_ARN[0], _ROLE_ARN[1]]

_SERVICE = named("a service principal", r"[a-z0-9-]+(\.[a-z0-9-]+)*\.amazonaws\.com(\.cn)?", "sagemaker.amazonaws.com")
ServicePrincipal = Annotated[str, _SERVICE[0], _SERVICE[1]]

_PROFILE: Final = (
    r"((?!arn:)[A-Za-z0-9.:_-]{1,256}"
    r"|arn:aws(-cn|-us-gov)?:bedrock:[a-z0-9-]{1,32}:[0-9]{12}:application-inference-profile/[A-Za-z0-9]{1,64})"
)
_profile: Final = re.compile(_PROFILE)


def inference_profile_problem(text: str) -> str | None:
    """What is wrong with an inference profile of Bedrock, or None: AWS's are told by id, an account's own by ARN.

    >>> inference_profile_problem("eu.amazon.nova-lite-v1:0") is None
    True
    """
    if _profile.fullmatch(text):
        return None
    own = "arn:aws:bedrock:REGION:ACCOUNT:application-inference-profile/ID"
    return f"{quoted(text)} is no inference profile's id, as in `eu.amazon.nova-lite-v1:0`, or {quoted(own)}"


_INFERENCE_PROFILE = _words(inference_profile_problem, {"pattern": f"^{_PROFILE}$"})
InferenceProfile = Annotated[str, _INFERENCE_PROFILE[0], _INFERENCE_PROFILE[1]]

_TABLE = named("a table's name, in which `*` may stand", r"[A-Za-z0-9_.@*-]{1,255}", "train_*")
TablePattern = Annotated[str, _TABLE[0], _TABLE[1]]

_URL = named(
    "an OIDC provider without `https://`",
    r"[A-Za-z0-9.-]+\.[A-Za-z0-9-]+(/[A-Za-z0-9._/-]*)?",
    "oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE",
)
Url = Annotated[str, _URL[0], _URL[1]]
