"""Did-you-mean for condition keys."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jfml_policies.catalog import load
from jfml_policies.catalog.global_keys import GLOBAL_KEYS
from jfml_policies.linter.questions.near_condition_key import lacks_tag, near_condition_key


@given(st.sampled_from(GLOBAL_KEYS), st.data())
def test_one_lost_letter_leads_to_a_known_key(key: object, data: st.DataObject) -> None:
    """A global key with one letter missing gets a suggestion, and each suggestion is a known key."""
    prefix, _, name = str(getattr(key, "name", "")).replace("${TagKey}", "team").partition(":")
    head, slash, tail = name.partition("/")
    place = data.draw(st.integers(0, len(head) - 1))
    near = near_condition_key(load(), f"{prefix}:{head[:place]}{head[place + 1 :]}{slash}{tail}")

    assert near is not None
    assert load().condition_key(near) is not None


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("aws:PrincipalArm", "aws:PrincipalArn"),
        ("aws:principalorg", "aws:PrincipalOrgID"),
        ("sts:ExternalID1", "sts:ExternalId"),
        ("aws:ExternalId", "sts:ExternalId"),
        ("s3:SourceIp", "aws:SourceIp"),
        ("ec2:ResourceTags/a/b", "ec2:ResourceTag/a/b"),
        ("aws:Frobnication", None),
        ("s3:", None),
    ],
)
def test_nearest_key(wrong: str, right: str | None) -> None:
    """The same prefix and a similar name, or the same name and another prefix, or nothing."""
    assert right == near_condition_key(load(), wrong)


def test_only_families_of_tags_lack_one() -> None:
    """A key without its tag is known as such, with and without the slash."""
    names = ["aws:PrincipalTag", "ec2:resourcetag/", "s3:ExistingObjectTag", "aws:Tag", "aws:TagKeys", "s3:prefix"]

    assert [True, True, True, False, False, False] == [lacks_tag(load(), name) for name in names]
