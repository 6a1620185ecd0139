"""Where regional resources lie: a region of an account."""

from __future__ import annotations

from dataclasses import dataclass

from jfml_policies.build.identifiers import partition_of

__all__ = ["Place"]


@dataclass(frozen=True, slots=True)
class Place:
    """A region of an account; the region tells the partition.

    Attributes:
        region: as in `eu-west-1`.
        account: 12 digits.
    """

    region: str
    account: str

    @property
    def partition(self) -> str:
        """The partition that the region belongs to."""
        return partition_of(self.region)

    def arn(self, service: str, resource: str) -> str:
        """The ARN of a resource of the service here.

        >>> Place("cn-north-1", "111122223333").arn("kinesis", "stream/clicks")
        'arn:aws-cn:kinesis:cn-north-1:111122223333:stream/clicks'
        """
        return f"arn:{self.partition}:{service}:{self.region}:{self.account}:{resource}"
