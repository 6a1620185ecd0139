"""Regions."""

from __future__ import annotations

import re

import pytest

from jfml_policies.catalog.partitions import PARTITIONS
from jfml_policies.catalog.regions import REGIONS, is_region, partition_of, regions_of


def test_every_region_lies_in_a_partition_and_every_partition_has_regions() -> None:
    """The two tables fit each other."""
    assert PARTITIONS.keys() == set(REGIONS.values())
    assert sorted(REGIONS) == sorted(region for name in PARTITIONS for region in regions_of(name))


def test_codes_have_the_shape_of_regions() -> None:
    """No Local Zone and no misspelt code is among them."""
    assert all(re.fullmatch(r"[a-z]{2,4}(-[a-z]+){1,2}-[1-9]", region) for region in REGIONS)


@pytest.mark.parametrize(
    ("region", "partition"),
    [
        ("us-east-1", "aws"),
        ("mx-central-1", "aws"),
        ("ap-southeast-7", "aws"),
        ("cn-northwest-1", "aws-cn"),
        ("us-gov-east-1", "aws-us-gov"),
        ("eusc-de-east-1", "aws-eusc"),
        ("us-isob-east-1", "aws-iso-b"),
        ("us-east-9", None),
        ("US-EAST-1", None),
        ("", None),
        ("us-west-2-lax-1a", None),
    ],
)
def test_partition_of(region: str, partition: str | None) -> None:
    """A Region belongs to one partition; other texts to none."""
    assert partition == partition_of(region)
    assert is_region(region) is (partition is not None)
