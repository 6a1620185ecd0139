from __future__ import annotations

import pytest

from jfml_policies.catalog import load
from jfml_policies.linter.questions.carried_keys import entries_without
from jfml_policies.policy.nodes import Text

CATALOG = load()


def entries(*names: str) -> list[Text]:
    return [Text(name, path=("Action", place)) for place, name in enumerate(names)]


@pytest.mark.parametrize("prefix", sorted(CATALOG.prefixes))
def test_no_key_is_held_against_an_action_that_has_it(prefix: str) -> None:
    """Whatever key the catalogue lists for an action, the action is not among those without it."""
    service = CATALOG.service(prefix)
    assert service is not None
    accused = [
        (action.full_name, key)
        for action in service.actions
        for key in service.keys_of_action(action.name)
        if (found := entries_without(key, entries(action.full_name), CATALOG)) is not None and found.without
    ]

    assert [] == accused


@pytest.mark.parametrize(
    ("key", "actions", "expected"),
    [
        ("S3:Prefix", ("s3:ListBucket", "S3:getobject"), ["S3:getobject"]),
        ("s3:prefix", ("s3:GetObject", "s3:*", "s3:GetNovelty"), ["s3:GetObject"]),
        ("aws:TagKeys", ("ec2:DescribeTags", "ec2:CreateTags", "ec2:DeleteVpc"), ["ec2:DescribeTags"]),
        ("aws:TagKeys", ("sts:GetCallerIdentity",), ["sts:GetCallerIdentity"]),
    ],
)
def test_entries_are_told_apart_by_the_key(key: str, actions: tuple[str, ...], expected: list[str]) -> None:
    """Known entries without the key are found in any letter case; patterns with it and unknown names are others."""
    found = entries_without(key, entries(*actions), CATALOG)
    assert found is not None

    assert expected == [entry.value for entry in found.without]
    assert len(actions) - len(expected) == found.others


@pytest.mark.parametrize("key", ["aws:SourceIp", "s3:novelty", "ec2:sourceinstancearn", "aws-marketplace:ProductId"])
def test_some_keys_are_not_for_the_catalogue_to_judge(key: str) -> None:
    """Keys of every request, unknown keys and those of tables with gaps have no answer."""
    assert entries_without(key, entries("s3:GetObject"), CATALOG) is None
