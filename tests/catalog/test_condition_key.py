"""Condition keys and the table that finds them."""

from __future__ import annotations

import pytest

from jfml_policies.catalog.condition_key import ConditionKey, KeyTable

_TABLE = KeyTable(
    [
        ConditionKey("events:Metadata/${MetadataKey}", "String"),
        ConditionKey("events:Metadata/${MetadataKey}/Matcher", "ArrayOfString"),
        ConditionKey("events:source", "ArrayOfString"),
        ConditionKey("s3:ExistingObjectTag/<key>", "String"),
        ConditionKey("token.actions.${Domain}.ghe.com:sub", "String"),
    ]
)


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("EVENTS:Source", "events:source"),
        ("events:metadata/detail", "events:Metadata/${MetadataKey}"),
        ("events:metadata/detail/Matcher", "events:Metadata/${MetadataKey}/Matcher"),
        ("s3:existingobjecttag/team", "s3:ExistingObjectTag/<key>"),
        ("token.actions.acme.ghe.com:sub", "token.actions.${Domain}.ghe.com:sub"),
        ("events:Metadata/${MetadataKey}", "events:Metadata/${MetadataKey}"),
    ],
)
def test_finds_written_keys(written: str, found: str) -> None:
    """Letter case is ignored, a placeholder takes any tail, the most specific template wins."""
    key = _TABLE.find(written)

    assert key is not None
    assert found == key.name


@pytest.mark.parametrize("written", ["", "events", "events:Metadata/", "s3:ExistingObjectTag", "events:sourc", "*"])
def test_does_not_find_others(written: str) -> None:
    """A template without a tail, and any other text, is no key."""
    assert _TABLE.find(written) is None


def test_types_tell_lists_from_single_values() -> None:
    """`ArrayOf` means several values, and what follows is the type of one."""
    key = ConditionKey("aws:TagKeys", "ArrayOfString")

    assert (True, "String", False) == (key.is_multivalued, key.value_type, key.is_template)
    assert not ConditionKey("aws:SourceArn", "ARN").is_multivalued
