"""The types of a preset's parameters: what a value may be, and what is wrong with one that may not."""

from __future__ import annotations

import string
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from jfml_policies.build.fields import inference_profile_problem
from jfml_policies.build.identifiers import (
    PARTITIONS,
    account_id_problem,
    kms_key_problem,
    region_problem,
    role_name_problem,
)
from jfml_policies.build.s3_names import bucket_name_problem, folder_problem
from jfml_policies.build.wording import faulty, quoted, quoted_list
from jfml_policies.text.suggest import nearest

if TYPE_CHECKING:
    from jfml_policies.build.presets.preset import ParameterSpec

__all__ = ["choice_problem", "external_id_problem", "problem_finder"]

_PLAIN: Final = frozenset(string.ascii_letters + string.digits)
_EXTERNAL_ID: Final = _PLAIN | frozenset("_+=,.@:/-")
#: Characters of a path in an ARN of IAM ("IAM identifiers" in the IAM User Guide), without those of a pattern.
_IAM_PATH: Final = _PLAIN | frozenset("_+=,.@/-")
_LONGEST_ARN: Final = 2048
_LONGEST_EXTERNAL_ID: Final = 1224


def problem_finder(spec: ParameterSpec) -> Callable[[str], str | None]:
    """The function that says what is wrong with a value of a parameter, or None."""
    if spec.type == "choice":
        return partial(choice_problem, choices=spec.choices)
    if spec.type == "text":
        return partial(_text_problem, allowed=_PLAIN | frozenset(spec.also), also=spec.also, longest=spec.longest)
    return _FINDERS[spec.type]


def choice_problem(text: str, choices: Sequence[str]) -> str | None:
    """What is wrong with a text that is to be one of some.

    >>> choice_problem("aply", ("plan", "apply"))
    '`aply` is none of `plan` and `apply`; did you mean `apply`'
    """
    if text in choices:
        return None
    near = nearest(text, choices)
    return f"{quoted(text)} is none of {quoted_list(choices)}" + (f"; did you mean {quoted(near)}" if near else "")


def external_id_problem(text: str) -> str | None:
    """What is wrong with an external id ("AssumeRole" in the STS API Reference, ExternalId), or None.

    >>> external_id_problem("<external id>")
    '`<external id>` holds ` `, `<` and `>` where only letters, digits and `_+=,.@:/-` may stand'
    """
    faults = []
    if not 2 <= len(text) <= _LONGEST_EXTERNAL_ID:
        faults.append(f"has {len(text):,} characters instead of 2 to {_LONGEST_EXTERNAL_ID:,}")
    faults += _strange(text, _EXTERNAL_ID, "_+=,.@:/-")
    return faulty(text, faults)


def _text_problem(text: str, *, allowed: frozenset[str], also: str, longest: int) -> str | None:
    faults = [] if text else ["is empty"]
    if len(text) > longest:
        faults.append(f"is longer than {longest:,} characters")
    if text != text.strip():
        faults.append("begins or ends with white space")
    path = text.removeprefix("https://")
    if "/" in path and "" in path.split("/"):
        faults.append("has an empty part beside a slash")
    return faulty(text, [*faults, *_strange(text, allowed, also)])


def _strange(text: str, allowed: frozenset[str], also: str) -> list[str]:
    wrong = sorted(set(text) - allowed)[:5]
    if not wrong:
        return []
    return [f"holds {quoted_list(wrong)} where only letters, digits{f' and {quoted(also)}' if also else ''} may stand"]


def _arn_problem(text: str, *, of: str) -> str | None:
    """What is wrong with the ARN of one role or one user of IAM."""
    shape = f"arn:PARTITION:iam::ACCOUNT:{of}/NAME"
    parts = text.split(":")
    if len(text) > _LONGEST_ARN or len(parts) != 6 or parts[0] != "arn" or parts[2:4] != ["iam", ""]:
        return f"{quoted(text)} is not the ARN of a {of}, as in {quoted(shape)}"
    faults = []
    if parts[1] not in PARTITIONS:
        faults.append(f"names the partition {quoted(parts[1])} instead of {quoted_list(PARTITIONS)}")
    if account_id_problem(parts[4]):
        faults.append(f"names {quoted(parts[4])} where the 12 digits of the account belong")
    kind, slash, name = parts[5].partition("/")
    if kind != of or not slash or not name or not _IAM_PATH.issuperset(name) or "" in name.split("/"):
        faults.append(f"names {quoted(parts[5])} where {quoted(f'{of}/NAME')} belongs")
    return faulty(text, faults)


_FINDERS: Final[dict[str, Callable[[str], str | None]]] = {
    "account": account_id_problem,
    "bucket": bucket_name_problem,
    "external-id": external_id_problem,
    "folder": folder_problem,
    "inference-profile": inference_profile_problem,
    "key": kms_key_problem,
    "region": region_problem,
    "role-arn": partial(_arn_problem, of="role"),
    "role-name": role_name_problem,
    "user-arn": partial(_arn_problem, of="user"),
}
