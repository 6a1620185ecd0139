"""AWS's Regions and the partition of each.

Sources: "AWS Regions" in https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html; the codes
as in AWS's own `partitions.json`, which every AWS SDK carries (botocore 1.44.5, October 2026). Regions that AWS has
announced and put into that file count, although they may not be open yet. Local Zones and Wavelength Zones do not:
an ARN's Region field holds their parent Region.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["REGIONS", "is_region", "partition_of", "regions_of"]

_BY_PARTITION = {
    "aws": (
        "af-south-1 ap-east-1 ap-east-2 ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-south-1 ap-south-2 "
        "ap-southeast-1 ap-southeast-2 ap-southeast-3 ap-southeast-4 ap-southeast-5 ap-southeast-6 ap-southeast-7 "
        "ca-central-1 ca-west-1 eu-central-1 eu-central-2 eu-north-1 eu-south-1 eu-south-2 eu-west-1 eu-west-2 "
        "eu-west-3 il-central-1 me-central-1 me-south-1 me-west-1 mx-central-1 sa-east-1 sa-west-1 us-east-1 "
        "us-east-2 us-west-1 us-west-2"
    ),
    "aws-cn": "cn-north-1 cn-northwest-1",
    "aws-us-gov": "us-gov-east-1 us-gov-west-1",
    "aws-eusc": "eusc-de-east-1",
    "aws-iso": "us-iso-east-1 us-iso-west-1",
    "aws-iso-b": "us-isob-east-1 us-isob-west-1",
    "aws-iso-e": "eu-isoe-west-1",
    "aws-iso-f": "us-isof-east-1 us-isof-south-1",
}

#: Region -> partition.
REGIONS: Mapping[str, str] = MappingProxyType(
    {region: partition for partition, regions in _BY_PARTITION.items() for region in regions.split()}
)


def is_region(text: str) -> bool:
    """True when `text` is the code of a Region, in lower case.

    >>> is_region("mx-central-1"), is_region("us-east-9")
    (True, False)
    """
    return text in REGIONS


def partition_of(region: str) -> str | None:
    """The partition that a Region belongs to, or None when there is no such Region.

    >>> partition_of("us-gov-west-1")
    'aws-us-gov'
    """
    return REGIONS.get(region)


def regions_of(partition: str) -> tuple[str, ...]:
    """The Regions of a partition, sorted; empty when there is no such partition."""
    return tuple(sorted(region for region, home in REGIONS.items() if home == partition))
