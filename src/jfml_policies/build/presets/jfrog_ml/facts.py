"""What JFrog ML documents about the roles it assumes.

Source: "Accessing AWS Resources with IAM Role" in the JFrog ML documentation,
https://docs.qwak.com/docs/accessing-aws-resources-with-iam-role, and where a comment says so another of its pages.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final, Literal

__all__ = [
    "CLOUD_ACCOUNT",
    "CLOUD_PARTITION",
    "DOCUMENTED_ROLE_NAMES",
    "PAGE",
    "ROLE_PATTERNS",
    "RolePatterns",
]

#: The page's title, as messages name it.
PAGE: Final = "Accessing AWS Resources with IAM Role"

#: The AWS account of JFrog ML Cloud; another deployment has its own.
CLOUD_ACCOUNT: Final = "377488441568"
CLOUD_PARTITION: Final = "aws"

RolePatterns = Literal["both", "base"]

#: Names of the roles in that account that assume customers' roles, in the page's order. The page has both patterns;
#: "Real-Time Deployments" and "Storage-based Execution" have the second only.
ROLE_PATTERNS: Final = MappingProxyType(
    {
        "both": ("eksctl-Qwak-EKS-Cluster-nodegroup-*", "qwak-eks-base*"),
        "base": ("qwak-eks-base*",),
    }
)

#: Names for the customer's role that the documentation suggests, in its older and newer edition.
DOCUMENTED_ROLE_NAMES: Final = ("qwak-access-role", "jfrogml-access-role")
