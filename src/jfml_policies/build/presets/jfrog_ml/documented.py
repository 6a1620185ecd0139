"""The two policies of JFrog ML's page, to the letter: same statements, same order, placeholders filled in."""

from __future__ import annotations

from jfml_policies.build.presets.jfrog_ml.facts import ROLE_PATTERNS
from jfml_policies.build.statements import Document

__all__ = ["documented_permissions", "documented_trust"]


def documented_trust(account: str) -> Document:
    """The page's trust policy for an account: one statement for each role pattern."""
    return {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Principal": {"AWS": f"arn:aws:iam::{account}:root"},
                "Action": "sts:AssumeRole",
                "Condition": {"ArnLike": {"aws:PrincipalArn": f"arn:aws:iam::{account}:role/{pattern}"}},
            }
            for pattern in ROLE_PATTERNS["both"]
        ],
    }


def documented_permissions(bucket: str) -> Document:
    """The page's permissions policy for a bucket: read and list, the whole of it."""
    return {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Action": ["s3:GetObject", "s3:ListBucket"],
                "Resource": [f"arn:aws:s3:::{bucket}", f"arn:aws:s3:::{bucket}/*"],
            }
        ],
    }
