"""Accounts, regions, role names and KMS keys."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jfml_policies.build.identifiers import (
    KmsKey,
    account_id_problem,
    kms_key_problem,
    partition_of,
    region_problem,
    role_name_problem,
)

KEY = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"


@pytest.mark.parametrize(
    ("account", "problem"),
    [
        ("111122223333", None),
        ("000000000000", None),
        ("1111-2222-3333", "`1111-2222-3333` is not 12 digits; write `111122223333`"),
        (
            "arn:aws:iam::111122223333:root",
            "`arn:aws:iam::111122223333:root` is an ARN; give its account, `111122223333`",
        ),
        ("arn:aws", "`arn:aws` is an ARN; give the 12 digits of the account"),
        ("11112222333", "`11112222333` is not the 12 digits of an AWS account"),
        ("١٢٣٤٥٦٧٨٩٠١٢", "`١٢٣٤٥٦٧٨٩٠١٢` is not the 12 digits of an AWS account"),
    ],
)
def test_account_ids_have_twelve_digits(account: str, problem: str | None) -> None:
    """Only ASCII digits count, and near misses get the remedy."""
    assert account_id_problem(account) == problem


@pytest.mark.parametrize("region", ["us-east-1", "ap-southeast-2", "us-gov-west-1", "cn-northwest-1", "mx-central-1"])
def test_regions_of_every_partition_have_the_right_form(region: str) -> None:
    """Words and a number, joined by hyphens."""
    assert region_problem(region) is None


@pytest.mark.parametrize("region", ["", "us", "us-east", "US-EAST-1", "us-east-1a", "us--1", "us-east-123", "x" * 99])
def test_other_words_are_not_regions(region: str) -> None:
    """Zones, capitals and halves are refused."""
    assert region_problem(region) is not None


def test_a_region_belongs_to_the_partition_its_name_begins_with() -> None:
    """China and GovCloud have partitions of their own."""
    partitions = [partition_of(region) for region in ("eu-west-1", "cn-north-1", "us-gov-east-1")]

    assert partitions == ["aws", "aws-cn", "aws-us-gov"]


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("", "has 0 characters"),
        ("a" * 65, "has 65 characters"),
        ("data reader", "holds ` `"),
        ("röle", "holds `ö`"),
        ("team/reader", "holds a `/`"),
        ("arn:aws:iam::111122223333:role/reader", "is an ARN"),
    ],
)
def test_role_names_follow_iams_rules(name: str, part: str) -> None:
    """Length, characters, paths and ARNs are told apart."""
    problem = role_name_problem(name)

    assert problem is not None
    assert part in problem


@pytest.mark.parametrize("name", ["r", "a" * 64, "A_+=,.@-9"])
def test_role_names_may_hold_what_iam_allows(name: str) -> None:
    """One to 64 letters, digits and `_+=,.@-`."""
    assert role_name_problem(name) is None


def test_a_key_arn_is_taken_apart() -> None:
    """The parts are those of the ARN."""
    key = KmsKey.of(KEY)

    assert (key.partition, key.region, key.account) == ("aws", "us-east-1", "111122223333")
    assert key.has_usual_id


@pytest.mark.parametrize(
    ("key_id", "usual"),
    [
        ("mrk-1234abcd12ab34cd56ef1234567890ab", True),
        ("mrk-1234abcd", False),
        ("1234", False),
        ("1234abcd-12ab-34cd-56ef-1234567890xy", False),
    ],
)
def test_ids_that_kms_does_not_give_out_are_recognised(key_id: str, usual: bool) -> None:
    """A UUID, or `mrk-` and 32 hexadecimal digits."""
    assert KmsKey.of(f"arn:aws:kms:us-east-1:111122223333:key/{key_id}").has_usual_id is usual


@pytest.mark.parametrize(
    ("arn", "part"),
    [
        ("alias/features", "is an alias"),
        ("arn:aws:kms:us-east-1:111122223333:alias/features", "is an alias"),
        ("1234abcd-12ab-34cd-56ef-1234567890ab", "is not an ARN"),
        ("arn:aws:s3:::acme", "is not the ARN of a KMS key"),
        ("arn:aws:kms:us-east-1", "is not the ARN of a KMS key"),
        ("arn:aws:kms:us-east-1:111122223333:key/*", "names `key/*`"),
        ("arn:aws:kms:us-east-1:111122223333:key/", "names `key/`"),
        ("arn:aws:kms:us-east-1:*:key/a", "names `*`"),
        ("arn:aws:kms:*:111122223333:key/a", "names `*` where the region belongs"),
        ("arn:aws:kms::111122223333:key/a", "names `` where the region belongs"),
        ("arn:aws-mars:kms:us-east-1:111122223333:key/a", "names the partition `aws-mars` instead of"),
        ("arn:aws:kms:cn-north-1:111122223333:key/a", "the partition `aws` and the region `cn-north-1` of another"),
        ("arn:aws:kms:us-east-1:111122223333:key/" + "a" * 3000, "longer than an ARN may be"),
    ],
)
def test_only_the_arn_of_one_key_is_taken(arn: str, part: str) -> None:
    """Aliases, ids, other services, wildcards and foreign regions are told apart."""
    problem = kms_key_problem(arn)

    assert problem is not None
    assert part in problem


@given(st.lists(st.sampled_from(["arn", "aws", "kms", "us-east-1", "111122223333", "key/a", "", "*", "x"]), max_size=8))
def test_a_key_without_problem_can_be_taken_apart(parts: list[str]) -> None:
    """Nothing is let through that does not parse."""
    arn = ":".join(parts)
    if kms_key_problem(arn) is None:
        assert KmsKey.of(arn).arn == arn
