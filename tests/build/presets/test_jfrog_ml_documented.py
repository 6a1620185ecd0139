"""The vendor's page, to the letter."""

from __future__ import annotations

import json

from jfml_policies.build import jfrog_ml


def test_the_trust_policy_is_the_pages() -> None:
    """Two statements without Sid, elements and values in the page's order."""
    role = jfrog_ml.role(bucket="acme-features", as_documented=True)

    def statement(pattern: str) -> dict[str, object]:
        return {
            "Effect": "Allow",
            "Principal": {"AWS": "arn:aws:iam::377488441568:root"},
            "Action": "sts:AssumeRole",
            "Condition": {"ArnLike": {"aws:PrincipalArn": f"arn:aws:iam::377488441568:role/{pattern}"}},
        }

    expected = {
        "Version": "2012-10-17",
        "Statement": [statement("eksctl-Qwak-EKS-Cluster-nodegroup-*"), statement("qwak-eks-base*")],
    }

    assert role.trust_json == json.dumps(expected, indent=2) + "\n"


def test_the_permissions_policy_is_the_pages() -> None:
    """Both actions on both ARNs, in the page's order."""
    role = jfrog_ml.role(bucket="acme-features", as_documented=True)
    expected = {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Action": ["s3:GetObject", "s3:ListBucket"],
                "Resource": ["arn:aws:s3:::acme-features", "arn:aws:s3:::acme-features/*"],
            }
        ],
    }

    assert role.permissions_json == json.dumps(expected, indent=2) + "\n"


def test_another_deployments_account_stands_in_both_places() -> None:
    """Principal and condition agree."""
    role = jfrog_ml.role(bucket="acme-features", account="111122223333", as_documented=True)

    assert role.trust_json.count("111122223333") == 4
    assert "377488441568" not in role.trust_json
