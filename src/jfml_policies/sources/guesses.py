"""Values that a hole may have: what is true of a policy whatever they are is true of the template.

Nothing is known of a hole but its nature, so a policy is looked at several times, each time with other values: holes
that differ and holes that are equal, a wildcard and a full ARN. A problem that goes away for some of these values is
not the template's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from jfml_policies.sources.shape import Hole, Nature

__all__ = ["OWN_PARTITION_ROUNDS", "ROUNDS", "guess"]

#: How often a policy with holes is looked at.
ROUNDS: Final = 5
#: The rounds in which the partition is the one that settings speak of.
OWN_PARTITION_ROUNDS: Final = (0, 1, 4)

#: In which round all holes of one nature have the same value.
_ALIKE: Final = 1

#: Values by nature, one a round; `{n}` is a number that differs between holes.
_BY_NATURE: Final[dict[Nature, tuple[str, ...]]] = {
    "account": ("4{n:011d}", "444455556666", "5{n:011d}", "6{n:011d}", "7{n:011d}"),
    "partition": ("aws", "aws", "aws-cn", "aws-us-gov", "aws"),
    "region": ("us-east-1", "us-east-1", "cn-north-1", "us-gov-west-1", "eu-west-1"),
    "suffix": ("amazonaws.com", "amazonaws.com", "amazonaws.com.cn", "amazonaws.com", "amazonaws.com"),
    "name": ("opaque-name-{n}", "opaque-name", "opaque{n}", "opaque.name.{n}", "opaque-{n}-name"),
    "any": ("opaque-name-{n}", "opaque-name", "*", "444455556666", "opaque{n}/path"),
}
#: Values of a string that is one hole of which nothing is known, by the name above it.
_BY_PLACE: Final[dict[str, tuple[str, ...]]] = {
    "Version": ("2012-10-17",),
    "Effect": ("Allow", "Deny"),
    "Sid": ("Opaque{n}", "Opaque{n}"),
    "Action": ("*", "s3:GetObject", "iam:PassRole", "sts:AssumeRole", "ec2:DescribeInstances"),
    "NotAction": ("s3:GetObject", "iam:PassRole", "*", "sts:AssumeRole", "ec2:DescribeInstances"),
    "Resource": ("*", "arn:aws:s3:::opaque-{n}/*", "arn:aws:s3:::opaque-{n}", "arn:aws:iam::444455556666:role/o{n}"),
    "NotResource": ("arn:aws:s3:::opaque-{n}/*", "arn:aws:s3:::opaque-{n}", "*"),
    "AWS": ("444455556666", "arn:aws:iam::444455556666:role/opaque-{n}", "arn:aws:iam::444455556666:root", "*"),
    "Service": ("ec2.amazonaws.com", "lambda.amazonaws.com", "s3.amazonaws.com"),
    "Federated": (
        "arn:aws:iam::444455556666:oidc-provider/opaque.example.com",
        "arn:aws:iam::444455556666:saml-provider/opaque-{n}",
        "cognito-identity.amazonaws.com",
    ),
    "CanonicalUser": ("79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be",),
    "Principal": ("*",),
}


def guess(hole: Hole, *, round_number: int, hole_number: int, place: str, whole: bool) -> str:
    """A value that a hole may have.

    Args:
        hole: the hole.
        round_number: 0 to `ROUNDS` - 1.
        hole_number: differs between the holes of a policy.
        place: the name above the string, as in `Resource`.
        whole: whether the string is nothing but the hole.

    >>> from jfml_policies.sources.shape import Hole
    >>> guess(Hole("${AWS::AccountId}", "account"), round_number=0, hole_number=7, place="Resource", whole=False)
    '400000000007'
    """
    values = hole.examples or (_BY_PLACE.get(place) if whole and hole.nature == "any" else None)
    values = values or _BY_NATURE[hole.nature]
    number = 0 if round_number == _ALIKE else hole_number
    value = values[round_number % len(values)]
    return value.replace("{n:011d}", f"{number:011d}").replace("{n}", str(number))
