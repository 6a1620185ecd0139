"""Which services put the owner of a VPC endpoint into their requests.

Source: IAM User Guide, "AWS global condition context keys", sections `aws:VpceAccount`, `aws:VpceOrgID` and
`aws:VpceOrgPaths`, "The following services support this key" (text of 2026).
"""

from __future__ import annotations

from typing import Final

from jfml_policies.catalog import Catalog
from jfml_policies.patterns.arn import has_wildcard
from jfml_policies.policy.nodes import Listing, Statement, Text

__all__ = ["is_vpc_endpoint_key", "unconfined"]

_ACCOUNT_SERVICES: Final = frozenset(
    """
    acm-pca applicationinsights apprunner athena cloudformation comprehendmedical compute-optimizer datasync discovery
    dynamodb ebs ecr ecs firehose gamelift healthlake iam iotfleetwise iotwireless kinesisanalytics kms lambda
    medical-imaging omics payment-cryptography polly rbin rekognition route53 s3 scheduler servicediscovery
    servicequotas shield ssm-contacts storagegateway textract transcribe transfer
    """.split()  # noqa: SIM905  # a table of names reads better as text
)
_ORGANIZATION_SERVICES: Final = _ACCOUNT_SERVICES | frozenset(
    """
    b2bi cassandra cognito-identity dms ds-data identitystore iottwinmaker network-firewall pricing ses sms-voice sqs
    workmail
    """.split()  # noqa: SIM905  # as above
)
_SERVICES: Final = {
    "aws:vpceaccount": _ACCOUNT_SERVICES,
    "aws:vpceorgpaths": _ACCOUNT_SERVICES,
    "aws:vpceorgid": _ORGANIZATION_SERVICES,
}
#: An action of a supporting service that does not carry the keys all the same.
_EXCEPTION: Final = "iam:passrole"


def is_vpc_endpoint_key(key: str) -> bool:
    """Whether the key, in any letter case, is one that only some services supply.

    >>> is_vpc_endpoint_key("aws:VpceOrgID"), is_vpc_endpoint_key("aws:SourceVpce")
    (True, False)
    """
    return key.lower() in _SERVICES


def unconfined(statement: Statement, key: str, catalog: Catalog) -> Text | Listing | None:
    """What in a statement reaches beyond the services that supply the key: an Action entry, or NotAction as a whole.

    None when nothing does. Entries of unknown services are left to other checks.
    """
    if statement.not_action is not None:
        return statement.not_action
    if statement.action is None:
        return None
    services = _SERVICES[key.lower()]
    return next((entry for entry in statement.action.values if _reaches_beyond(entry.value, services, catalog)), None)


def _reaches_beyond(action: str, services: frozenset[str], catalog: Catalog) -> bool:
    prefix, colon, _ = action.lower().partition(":")
    if has_wildcard(prefix) or action.lower() == _EXCEPTION:
        return True
    return bool(colon) and prefix not in services and catalog.is_service(prefix)
