"""ARN templates, taken apart."""

from __future__ import annotations

import pytest

from jfml_policies.catalog.arn_format import ArnFormat


@pytest.mark.parametrize(
    ("template", "region", "account", "pattern"),
    [
        ("arn:${Partition}:s3:::${BucketName}/${ObjectName}", "empty", "empty", "*/*"),
        ("arn:${Partition}:ec2:${Region}:${Account}:instance/${InstanceId}", "required", "required", "instance/*"),
        ("arn:${Partition}:iam::aws:contextProvider/${Name}", "empty", "aws", "contextProvider/*"),
        ("arn:${Partition}:x:us-west-2:*:a:${B}:c", "us-west-2", "any", "a:*:c"),
        ("arn:${Partition}:x", "empty", "empty", ""),
    ],
)
def test_fields(template: str, region: str, account: str, pattern: str) -> None:
    """Each field says whether it is empty, needed, open or fixed; placeholders become stars."""
    parts = ArnFormat.from_template(template, owner="o", resource_type="t")

    assert (region, account, pattern) == (parts.region, parts.account, parts.resource_pattern)
    assert ("o", "t") == (parts.owner, parts.resource_type)
