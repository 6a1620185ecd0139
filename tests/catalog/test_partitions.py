"""Partitions."""

from __future__ import annotations

import pytest

from jfml_policies.catalog.partitions import PARTITIONS, is_partition
from jfml_policies.catalog.regions import partition_of


@pytest.mark.parametrize("name", PARTITIONS)
def test_every_partition_has_its_global_region(name: str) -> None:
    """The Region that global services report lies in the partition itself."""
    assert name == PARTITIONS[name].name == partition_of(PARTITIONS[name].global_region)
    assert is_partition(name)


@pytest.mark.parametrize("text", ["", "AWS", "aws-gov", "aws-us-gov ", "arn"])
def test_others_are_none(text: str) -> None:
    """Names are exact and in lower case."""
    assert not is_partition(text)
