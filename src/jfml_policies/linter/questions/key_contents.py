"""What the values of some condition keys name: a Region, a service principal, a KMS key.

AWS publishes the type of a key (String, ARN), not what it names; these tables are read from the keys' descriptions in
the Service Authorization Reference and in the IAM User Guide, "AWS global condition context keys".
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from jfml_policies.catalog import Catalog
from jfml_policies.linter.questions.key_types import published_key

__all__ = ["holds_kms_key", "holds_region", "holds_service_principal"]

_REGION_KEYS: Final = frozenset(
    (
        "account:targetregion",
        "aws:requestedregion",
        "cloudformation:targetregion",
        "dsql:witnessregion",
        "ec2:region",
        "ec2:vpceserviceregion",
        "ec2:vpcesupportedregion",
        "identitystore:primaryregion",
        "kms:primaryregion",
        "kms:replicaregion",
        "s3:destinationregion",
        "secretsmanager:addreplicaregions",
        "secretsmanager:secretprimaryregion",
        "ses:replicaregion",
        "sso:primaryregion",
    )
)

_SERVICE_PRINCIPAL_KEYS: Final = frozenset(
    (
        "aws:calledvia",
        "aws:calledviafirst",
        "aws:calledvialast",
        "aws:principalservicename",
        "aws:principalservicenameslist",
        "codeconnections:passedtoservice",
        "codestar-connections:passedtoservice",
        "config:configurationrecorderserviceprincipal",
        "ec2:authorizedservice",
        "iam:awsservicename",
        "iam:passedtoservice",
        "kms:granteeserviceprincipal",
        "kms:retiringserviceprincipal",
        "kms:viaservice",
        "organizations:serviceprincipal",
        "sts:awsservicename",
    )
)


def holds_region(key: str) -> bool:
    """Whether the values of a key, in any letter case, are Regions.

    >>> holds_region("aws:RequestedRegion"), holds_region("kms:MultiRegion")
    (True, False)
    """
    return key.lower() in _REGION_KEYS


def holds_service_principal(key: str) -> bool:
    """Whether the values of a key, in any letter case, are service principals.

    >>> holds_service_principal("iam:PassedToService"), holds_service_principal("lambda:Principal")
    (True, False)
    """
    return key.lower() in _SERVICE_PRINCIPAL_KEYS


@lru_cache(maxsize=256)
def holds_kms_key(catalog: Catalog, key: str) -> bool:
    """Whether the values of a key are ARNs of KMS keys: its published type is ARN and its name says so.

    Keys of type String, such as `secretsmanager:KmsKeyId`, take what the caller sent, a key id or an alias too.

    >>> from jfml_policies.catalog import load
    >>> holds_kms_key(load(), "s3:x-amz-server-side-encryption-aws-kms-key-id")
    True
    >>> holds_kms_key(load(), "secretsmanager:KmsKeyId")
    False
    """
    name = key.lower()
    if "kms" not in name or "key" not in name or name.startswith("kms:"):
        return False
    published = published_key(catalog, key)
    return published is not None and published.value_type == "ARN"
