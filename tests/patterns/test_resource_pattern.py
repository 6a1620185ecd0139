from __future__ import annotations

from itertools import product

import pytest

from jfml_policies.errors import UsageError
from jfml_policies.patterns.resource_pattern import COMPLETION, ResourcePattern, resource_matches

BUCKET = "arn:aws:s3:::acme"


def test_star_alone_is_larger_than_any_arn() -> None:
    """`*` also matches the resource `*` of actions that have none; no ARN pattern does."""
    star, arns = ResourcePattern.parse("*"), ResourcePattern.parse("arn:*:*:*:*:*")

    assert star.matches("*")
    assert star.matches(BUCKET)
    assert not arns.matches("*")
    assert arns.matches(BUCKET)
    assert arns.is_subset(star)
    assert not star.is_subset(arns)
    assert ResourcePattern.parse("**").is_everything


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("identity", [True, True, True]),
        ("boundary", [True, True, True]),
        ("session", [True, True, True]),
        ("resource", [False, True, True]),
        ("endpoint", [False, True, True]),
        ("scp", [False, False, True]),
        ("rcp", [False, False, False]),
    ],
)
def test_incomplete_arns(kind: str, expected: list[bool]) -> None:
    """An ARN with missing fields is completed always, with a wildcard, with one in its last field, or never."""
    entries = ["arn:aws:s3", "arn:*:s3", "arn:aws:s3*"]

    assert expected == [resource_matches(entry, BUCKET, kind=kind) for entry in entries]


def test_a_complete_arn_means_the_same_everywhere() -> None:
    """Completion does not touch an ARN that has its fields."""
    for kind in COMPLETION:
        assert resource_matches("arn:aws:s3:::acme*", "arn:aws:s3:::acme/a:b", kind=kind)
        assert not resource_matches("arn:aws:s3:::acme", "arn:aws:s3:::acme/a", kind=kind)


def test_unknown_kind() -> None:
    """A kind that does not exist is an error of ours, with the kinds there are."""
    with pytest.raises(UsageError, match="`group` is not a kind of policy"):
        ResourcePattern.parse("*", kind="group")


def test_algebra_agrees_with_membership() -> None:
    """Inclusion and intersection agree with what matches, for entries of every sort."""
    entries = ["*", "arn:*:*:*:*:*", "arn:aws:s3:::*", "arn:aws:s3:::a*", "arn:aws:s3:::b", "arn:aws:s3"]
    resources = ["*", "arn:aws:s3:::ab", "arn:aws:s3:::b", "arn:x:s3:::b", "arn:aws:s3:::", "arn:aws:s3:r::c"]
    for (a, b), kind in product(product(entries, repeat=2), ("identity", "rcp")):
        one, other = ResourcePattern.parse(a, kind=kind), ResourcePattern.parse(b, kind=kind)
        inside = {text for text in resources if one.matches(text)}
        outside = {text for text in resources if other.matches(text)}

        assert one.is_subset(other) == (inside <= outside), (a, b, kind)
        assert one.intersects(other) == bool(inside & outside), (a, b, kind)
        assert one.glob is None or inside - {"*"} == {t for t in resources if one.glob.matches(t)} - {"*"}
