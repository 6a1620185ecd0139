from __future__ import annotations

import json

import pytest

from jfml_policies.privilege.excess import gap
from jfml_policies.privilege.risk import Risk


@pytest.mark.parametrize(
    ("action", "resource", "risk"),
    [
        ("s3:PutBucketPolicy", "*", Risk("Permissions management", 4, "sharing", 1)),
        ("s3:GetObject", "arn:aws:s3:::*", Risk("Read", 3, "data", 1)),
        ("s3:GetObject", "arn:aws:s3:::acme/*", Risk("Read", 2, "data", 1)),
        ("s3:GetObject", "arn:aws:s3:::acme/train/*", Risk("Read", 1, "data", 1)),
        ("s3:GetObject", "arn:aws:s3:::acme/a.csv", Risk("Read", 0, "data", 1)),
        ("dynamodb:DescribeTable", "arn:aws:dynamodb:*:111122223333:table/a", Risk("Read", 3, None, 1)),
        ("dynamodb:DescribeTable", "arn:aws:dynamodb:eu-west-1:111122223333:table/*", Risk("Read", 2, None, 1)),
        ("iam:CreateAccessKey", "*", Risk("Write", 4, "credentials", 1)),
        ("nothing:Nothing", "*", Risk("Write", 4, None, 0)),
    ],
)
def test_how_much_a_piece_matters(action: str, resource: str, risk: Risk) -> None:
    """Level, breadth and exposure follow from actions and resources; an unknown action counts as a write."""
    statement = {"Effect": "Allow", "Action": action, "Resource": resource}

    (excess,) = gap([json.dumps({"Statement": statement})], ['{"Statement": []}'], kind="identity").excess

    assert risk == excess.risk
