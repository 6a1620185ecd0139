"""ARNs: six fields, split at the first five colons.

Which fields may be empty depends on the service; the catalogue knows, this module does not.

Source: "Identify AWS resources with Amazon Resource Names (ARNs)" of the IAM user guide.
"""

from __future__ import annotations

from typing import Literal, final

from jfml_policies.errors import UsageError
from jfml_policies.record import record

__all__ = ["FIELD_COUNT", "FIELD_NAMES", "Arn", "ArnProblem", "arn_problem", "has_wildcard", "is_account_id"]

FIELD_NAMES = ("prefix", "partition", "service", "region", "account", "resource")
#: An ARN has these fields; further colons belong to the last.
FIELD_COUNT = len(FIELD_NAMES)

_PREFIX = "arn"


@final
@record
class ArnProblem:
    """Why a text is not an ARN.

    Attributes:
        code: `missing-prefix` (does not begin with `arn:`) or `too-few-fields`.
        fields: how many fields it has, counted by colons.
        missing: names of the fields that are not there; empty for `missing-prefix`.
    """

    code: Literal["missing-prefix", "too-few-fields"]
    fields: int
    missing: tuple[str, ...] = ()

    def __str__(self) -> str:
        if self.code == "missing-prefix":
            return "it does not begin with `arn:`"
        return f"it has {self.fields} of {FIELD_COUNT} fields ({', '.join(self.missing)} missing)"


@final
@record
class Arn:
    """An ARN or a pattern of one, taken apart; `str()` puts it together again exactly.

    Attributes:
        partition: `aws`, `aws-cn`, `aws-us-gov` ...
        service: as in `s3`.
        region: as in `us-east-1`; empty for resources that live in none.
        account: 12 digits, or empty, or `aws`.
        resource: everything after the fifth colon, further colons and slashes included.

    >>> arn = Arn.parse("arn:aws:iam::111122223333:role/team/Reader")
    >>> arn.account, arn.resource_type, arn.resource_id
    ('111122223333', 'role', 'team/Reader')
    """

    partition: str
    service: str
    region: str
    account: str
    resource: str

    @staticmethod
    def parse(text: str) -> Arn:
        """Return the ARN that `text` writes.

        Raises:
            UsageError: it is not one; `arn_problem` says why, as data.
        """
        arn = Arn.try_parse(text)
        if arn is None:
            raise UsageError(
                f"`{text[:200]}` is not an ARN: {arn_problem(text)}",
                hint="an ARN reads arn:partition:service:region:account:resource",
            )
        return arn

    @staticmethod
    def try_parse(text: str) -> Arn | None:
        """Return the ARN that `text` writes, or None.

        >>> Arn.try_parse("acme-features") is None
        True
        """
        fields = text.split(":", FIELD_COUNT - 1)
        if len(fields) < FIELD_COUNT or fields[0] != _PREFIX:
            return None
        return Arn(*fields[1:])

    @property
    def resource_type(self) -> str:
        """What stands before the first `/` or `:` of the resource; empty when there is neither.

        This is about writing only: `role` in `role/Reader`, but also the bucket's name in `acme-features/train`.
        """
        return self.resource[: self._split] if self._split >= 0 else ""

    @property
    def resource_id(self) -> str:
        """What stands after the first `/` or `:` of the resource; all of it when there is neither."""
        return self.resource[self._split + 1 :]

    @property
    def _split(self) -> int:
        places = [place for place in (self.resource.find("/"), self.resource.find(":")) if place >= 0]
        return min(places, default=-1)

    def __str__(self) -> str:
        return f"{_PREFIX}:{self.partition}:{self.service}:{self.region}:{self.account}:{self.resource}"


def arn_problem(text: str) -> ArnProblem | None:
    """Return why `text` is not an ARN, or None when it is one.

    >>> arn_problem("arn:aws:s3").missing
    ('region', 'account', 'resource')
    """
    fields = min(text.count(":") + 1, FIELD_COUNT)
    if not text.startswith(f"{_PREFIX}:"):
        return ArnProblem("missing-prefix", fields)
    if fields < FIELD_COUNT:
        return ArnProblem("too-few-fields", fields, FIELD_NAMES[fields:])
    return None


def is_account_id(text: str) -> bool:
    """Return True for the 12 digits of an AWS account.

    >>> is_account_id("111122223333"), is_account_id("1111-2222-3333")
    (True, False)
    """
    return len(text) == 12 and text.isascii() and text.isdigit()


def has_wildcard(text: str) -> bool:
    """Return True when `text` holds `*` or `?`."""
    return "*" in text or "?" in text
