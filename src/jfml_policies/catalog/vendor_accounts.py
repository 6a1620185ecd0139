"""AWS accounts from which vendors assume roles of their customers, as each vendor publishes its own.

Facts of October and November 2026; `source` names the vendor's page. A vendor whose principal is made per customer
(Snowflake, Confluent) or differs by data centre has no account here unless the page names one.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from jfml_policies.record import record

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["VENDORS", "ExternalId", "Vendor", "vendor_of"]

#: What a vendor's page says about `sts:ExternalId`.
ExternalId = Literal["required", "supported", "not offered"]


@record
class Vendor:
    """One account of a vendor.

    Attributes:
        account: twelve digits.
        name: the vendor, or its product where it has several.
        partition: where the account lives.
        external_id: whether the vendor sends an external id.
        source: the vendor's page, by title and address.
        role_patterns: resource parts of the ARNs of the roles that call, where the vendor publishes them;
            a `*` stands for any run of characters.
    """

    account: str
    name: str
    partition: str
    external_id: ExternalId
    source: str
    role_patterns: tuple[str, ...] = ()


#: Account -> vendor.
VENDORS: Mapping[str, Vendor] = MappingProxyType(
    {
        vendor.account: vendor
        for vendor in (
            Vendor(
                "377488441568",
                "JFrog ML Cloud",
                "aws",
                "not offered",
                "Accessing AWS Resources with IAM Role, https://docs.qwak.com/",
                ("role/eksctl-Qwak-EKS-Cluster-nodegroup-*", "role/qwak-eks-base*"),
            ),
            Vendor(
                "299329113195",
                "Portkey",
                "aws",
                "supported",
                "Connect Bedrock with Amazon Assumed Role, https://portkey.ai/docs/",
                ("role/portkey-app",),
            ),
            Vendor(
                "289469326074",
                "Cursor",
                "aws",
                "required",
                "AWS Bedrock, https://cursor.com/docs/",
                ("role/roleAssumer",),
            ),
            Vendor(
                "464622532012",
                "Datadog",
                "aws",
                "required",
                "AWS Manual Setup Guide, https://docs.datadoghq.com/integrations/guide/aws-manual-setup/",
            ),
            Vendor(
                "417141415827",
                "Datadog",  # its site AP1
                "aws",
                "required",
                "AWS Manual Setup Guide, https://docs.datadoghq.com/integrations/guide/aws-manual-setup/",
            ),
            Vendor(
                "754728514883",
                "New Relic",
                "aws",
                "required",
                "Connect AWS to New Relic infrastructure monitoring, https://docs.newrelic.com/docs/infrastructure/"
                "amazon-integrations/connect/connect-aws-new-relic-infrastructure-monitoring/",
            ),
            Vendor(
                "165736516723",
                "Apptio Cloudability",
                "aws",
                "required",
                "Connect AWS, https://help.apptio.com/",
            ),
            Vendor(
                "834469178297",
                "Fivetran",
                "aws",
                "required",
                "Amazon S3 Setup Guide, https://fivetran.com/docs/connectors/files/amazon-s3/setup-guide",
            ),
            Vendor(
                "595280932656",
                "Twilio Segment",
                "aws",
                "required",
                "AWS S3 Destination, https://segment.com/docs/connections/storage/catalog/aws-s3/",
            ),
            Vendor(
                "568237466542",
                "Polytomic",
                "aws",
                "supported",
                "Amazon S3, https://docs.polytomic.com/docs/amazon-s3",
            ),
            Vendor(
                "634729597623",
                "Check Point CloudGuard (Dome9)",
                "aws",
                "required",
                "Onboard AWS Environments, https://sc1.checkpoint.com/documents/CloudGuard_Dome9/",
            ),
            Vendor(
                "197171649850",
                "Wiz",
                "aws",
                "required",
                "Connect AWS, https://docs.wiz.io/",
            ),
            Vendor(
                "414351767826",
                "Databricks",
                "aws",
                "required",
                "Create an IAM role for Unity Catalog, https://docs.databricks.com/aws/en/connect/unity-catalog/"
                "cloud-storage/",
                ("role/unity-catalog-prod-UCMasterRole-14S5ZJVKOTYTL",),
            ),
            Vendor(
                "044793339203",
                "Databricks",  # on AWS GovCloud
                "aws-us-gov",
                "required",
                "Create an IAM role for Unity Catalog, https://docs.databricks.com/aws/en/connect/unity-catalog/"
                "cloud-storage/",
                ("role/unity-catalog-prod-UCMasterRole-1QRFA8SGY15OJ",),
            ),
            Vendor(
                "170661010020",
                "Databricks",  # on AWS GovCloud DoD
                "aws-us-gov",
                "required",
                "Create an IAM role for Unity Catalog, https://docs.databricks.com/aws/en/connect/unity-catalog/"
                "cloud-storage/",
                ("role/unity-catalog-prod-UCMasterRole-1DI6DL6ZP26AS",),
            ),
        )
    }
)


def vendor_of(account: str, more: tuple[Vendor, ...] = ()) -> Vendor | None:
    """The vendor whose account this is, as it publishes or as a user says, or None.

    Args:
        account: twelve digits.
        more: vendors beside the published ones; they come first.

    >>> vendor_of("377488441568").name
    'JFrog ML Cloud'
    """
    return next((vendor for vendor in more if vendor.account == account), None) or VENDORS.get(account)
