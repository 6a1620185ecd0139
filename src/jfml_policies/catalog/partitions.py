"""AWS's partitions: the second field of every ARN, and the domain names that go with each.

Sources: "Partitions" in https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html
and "Amazon Resource Names" in https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html; domain names as in
AWS's own `partitions.json`, which every AWS SDK carries (botocore 1.44.5, October 2026).
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from jfml_policies.record import record

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["PARTITIONS", "Partition", "is_partition"]


@record
class Partition:
    """One partition.

    Attributes:
        name: as in ARNs.
        title: what it is.
        dns_suffix: the domain of its services' endpoints.
        dual_stack_dns_suffix: the domain of its endpoints that also speak IPv6.
        global_region: the Region that its global services report.
    """

    name: str
    title: str
    dns_suffix: str
    dual_stack_dns_suffix: str
    global_region: str


#: Name -> partition.
PARTITIONS: Mapping[str, Partition] = MappingProxyType(
    {
        partition.name: partition
        for partition in (
            Partition("aws", "AWS, commercial Regions", "amazonaws.com", "api.aws", "us-east-1"),
            Partition("aws-cn", "China", "amazonaws.com.cn", "api.amazonwebservices.com.cn", "cn-northwest-1"),
            Partition("aws-us-gov", "AWS GovCloud (US)", "amazonaws.com", "api.aws", "us-gov-west-1"),
            Partition(
                "aws-eusc", "European Sovereign Cloud", "amazonaws.eu", "api.amazonwebservices.eu", "eusc-de-east-1"
            ),
            Partition("aws-iso", "AWS Top Secret", "c2s.ic.gov", "api.aws.ic.gov", "us-iso-east-1"),
            Partition("aws-iso-b", "AWS Secret", "sc2s.sgov.gov", "api.aws.scloud", "us-isob-east-1"),
            Partition("aws-iso-e", "isolated, Europe", "cloud.adc-e.uk", "api.cloud-aws.adc-e.uk", "eu-isoe-west-1"),
            Partition(
                "aws-iso-f", "isolated, United States", "csp.hci.ic.gov", "api.aws.hci.ic.gov", "us-isof-south-1"
            ),
        )
    }
)


def is_partition(text: str) -> bool:
    """True when `text` is the name of a partition, in lower case as ARNs have it.

    >>> is_partition("aws-us-gov"), is_partition("aws-gov")
    (True, False)
    """
    return text in PARTITIONS
