"""Accounts, regions, partitions, role names and KMS keys, as a builder's parameters give them."""

from __future__ import annotations

import string
from dataclasses import dataclass
from typing import Final, Literal, get_args

from jfml_policies.build.wording import faulty, quoted, quoted_list
from jfml_policies.catalog.regions import REGIONS
from jfml_policies.text.suggest import nearest

__all__ = [
    "PARTITIONS",
    "KmsKey",
    "Partition",
    "account_id_problem",
    "kms_key_problem",
    "partition_of",
    "region_doubt",
    "region_problem",
    "role_name_problem",
]

Partition = Literal["aws", "aws-cn", "aws-us-gov"]

#: The partitions the builders can write ARNs for.
PARTITIONS: Final[tuple[Partition, ...]] = get_args(Partition)

_LOWER: Final = frozenset(string.ascii_lowercase)
_DIGITS: Final = frozenset(string.digits)
_ROLE_NAME_CHARACTERS: Final = frozenset(string.ascii_letters + string.digits + "_+=,.@-")
_KEY_ID_CHARACTERS: Final = frozenset(string.ascii_letters + string.digits + "-")
_HEXADECIMAL: Final = frozenset("0123456789abcdef")
_LONGEST_ARN: Final = 2048


@dataclass(frozen=True, slots=True)
class KmsKey:
    """A KMS key's ARN, in parts."""

    arn: str
    partition: str
    region: str
    account: str
    key_id: str

    @classmethod
    def of(cls, arn: str) -> KmsKey:
        """The parts of an ARN in which `kms_key_problem` found nothing wrong."""
        _, partition, _, region, account, resource = arn.split(":", 5)
        return cls(arn, partition, region, account, resource.removeprefix("key/"))

    @property
    def has_usual_id(self) -> bool:
        """Whether the key id has one of the two forms that KMS gives out: a UUID, or `mrk-` and 32 digits."""
        if self.key_id.startswith("mrk-"):
            return len(self.key_id) == 36 and _HEXADECIMAL.issuperset(self.key_id[4:])
        groups = self.key_id.split("-")
        return [len(group) for group in groups] == [8, 4, 4, 4, 12] and _HEXADECIMAL.issuperset("".join(groups))


def account_id_problem(account: str) -> str | None:
    """What is wrong with an AWS account id (12 digits), on one line, or None.

    >>> account_id_problem("3774-8844-1568")
    '`3774-8844-1568` is not 12 digits; write `377488441568`'
    """
    if _is_account_id(account):
        return None
    if account.startswith("arn:"):
        parts = account.split(":", 5)
        advice = f"give its account, {quoted(parts[4])}" if len(parts) == 6 and _is_account_id(parts[4]) else ""
        return f"{quoted(account)} is an ARN; {advice or 'give the 12 digits of the account'}"
    bare = account[:64].replace("-", "").replace(" ", "")
    if _is_account_id(bare):
        return f"{quoted(account)} is not 12 digits; write {quoted(bare)}"
    return f"{quoted(account)} is not the 12 digits of an AWS account"


def region_problem(region: str) -> str | None:
    """What is wrong with the form of a region's name, on one line, or None.

    >>> region_problem("us-east-1a")
    '`us-east-1a` is an availability zone; its region is `us-east-1`'
    """
    if _has_region_form(region):
        return None
    if region[-1:] in _LOWER and _has_region_form(region[:-1]):
        return f"{quoted(region)} is an availability zone; its region is {quoted(region[:-1])}"
    return f"{quoted(region)} is not a region's name, as in `us-east-1`"


def region_doubt(region: str) -> str | None:
    """Why a region of right form may be misspelt, or None: a new one may well be missing among those that are known.

    >>> region_doubt("us-esat-1")
    '`us-esat-1` is no region that is known here, and nothing is in a region that does not exist; `us-east-1` is near'
    >>> region_doubt("eu-west-1") is None
    True
    """
    if region in REGIONS:
        return None
    near = nearest(region, REGIONS)
    problem = f"{quoted(region)} is no region that is known here, and nothing is in a region that does not exist"
    return f"{problem}; {quoted(near)} is near" if near else problem


def partition_of(region: str) -> str:
    """The partition a region of right form belongs to, by its beginning.

    >>> partition_of("us-gov-west-1")
    'aws-us-gov'
    """
    for start, partition in (("cn-", "aws-cn"), ("us-gov-", "aws-us-gov"), ("us-iso-", "aws-iso")):
        if region.startswith(start):
            return partition
    return "aws"


def role_name_problem(name: str) -> str | None:
    """What is wrong with a role's name, on one line, or None.

    1 to 64 characters, letters, digits and `_+=,.@-` ("CreateRole" in the IAM API Reference,
    https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html).

    >>> role_name_problem("data/reader")
    '`data/reader` holds a `/`; give the name without its path'
    """
    if name.startswith("arn:"):
        return f"{quoted(name)} is an ARN; give the role's name only"
    faults: list[str] = []
    if not 1 <= len(name) <= 64:
        faults.append(f"has {len(name):,} characters instead of 1 to 64")
    elif "/" in name:
        return f"{quoted(name)} holds a `/`; give the name without its path"
    wrong = sorted(set(name[:65]) - _ROLE_NAME_CHARACTERS)
    if wrong:
        faults.append(f"holds {quoted_list(wrong[:5])} where only letters, digits and `_+=,.@-` may stand")
    return faulty(name, faults)


def kms_key_problem(arn: str) -> str | None:
    """What is wrong with the ARN of a KMS key, on one line, or None.

    A policy has to name the key itself: an alias in Resource does not stand for its key ("Specifying KMS keys in IAM
    policy statements", https://docs.aws.amazon.com/kms/latest/developerguide/cmks-in-iam-policies.html).

    >>> kms_key_problem("alias/features")
    '`alias/features` is an alias, which a policy does not follow; give the ARN of its key'
    """
    shown = quoted(arn)
    if len(arn) > _LONGEST_ARN:
        return f"{shown} is longer than an ARN may be"
    if not arn.startswith("arn:"):
        if arn.startswith("alias/"):
            return f"{shown} is an alias, which a policy does not follow; give the ARN of its key"
        return f"{shown} is not an ARN; give the key's ARN, as in `arn:aws:kms:REGION:ACCOUNT:key/ID`"
    parts = arn.split(":", 5)
    if len(parts) < 6 or parts[2] != "kms":
        return f"{shown} is not the ARN of a KMS key, as in `arn:aws:kms:REGION:ACCOUNT:key/ID`"
    _, partition, _, region, account, resource = parts
    if resource.startswith("alias/"):
        return f"{shown} is an alias, which a policy does not follow; give the ARN of its key"
    return faulty(arn, _key_faults(partition, region, account, resource))


def _key_faults(partition: str, region: str, account: str, resource: str) -> list[str]:
    faults: list[str] = []
    if partition not in PARTITIONS:
        faults.append(f"names the partition {quoted(partition)} instead of {' or '.join(map(quoted, PARTITIONS))}")
    if not _has_region_form(region):
        faults.append(f"names {quoted(region)} where the region belongs")
    elif partition in PARTITIONS and partition_of(region) != partition:
        faults.append(f"names the partition {quoted(partition)} and the region {quoted(region)} of another")
    if not _is_account_id(account):
        faults.append(f"names {quoted(account)} where the 12 digits of the account belong")
    key_id = resource.removeprefix("key/")
    if key_id == resource or not key_id or not _KEY_ID_CHARACTERS.issuperset(key_id):
        faults.append(f"names {quoted(resource)} where `key/` and one key's id belong")
    return faults


def _is_account_id(text: str) -> bool:
    return len(text) == 12 and _DIGITS.issuperset(text)


def _has_region_form(text: str) -> bool:
    *words, number = text[:40].split("-")
    return (
        len(text) <= 32
        and len(words) >= 2
        and all(words)
        and _LOWER.issuperset("".join(words))
        and 1 <= len(number) <= 2
        and _DIGITS.issuperset(number)
    )
