from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jfml_policies.errors import UsageError
from jfml_policies.patterns import glob as globs
from jfml_policies.patterns.arn_pattern import ArnPattern, arn_like
from jfml_policies.patterns.glob import Glob

fields = st.sampled_from(["", "a", "*", "?", "a*", "*b", "a?"])
resources = st.sampled_from(["", "a", "*", "a/*", "*:b", "a?*", "a:*"])
patterns = st.tuples(fields, fields, resources).map(lambda parts: f"arn:{parts[0]}:s3::{parts[1]}:{parts[2]}")
words = st.sampled_from(["", "a", "b", "ab", "x"])
rests = st.sampled_from(["", "a", "a/b", "a:b", "x:y:b", "ab"])
arns = st.tuples(words, words, rests).map(lambda parts: f"arn:{parts[0]}:s3::{parts[1]}:{parts[2]}")


@given(patterns, arns)
def test_one_glob_is_the_same_set(pattern: str, arn: str) -> None:
    """Matching field by field is matching with field wildcards over the whole text."""
    parsed = ArnPattern.parse(pattern)

    assert parsed.matches(arn) == parsed.glob.matches(arn) == arn_like(pattern, arn)


@given(patterns, patterns, arns)
def test_algebra_agrees_with_membership(a: str, b: str, arn: str) -> None:
    """Inclusion, intersection and their witnesses agree with each other and with what matches."""
    one, other = ArnPattern.parse(a), ArnPattern.parse(b)
    difference, common = one.difference_witness([other]), one.intersection_witness(other)

    assert one.is_subset(other) == (difference is None) == globs.is_subset(one.glob, other.glob)
    assert one.intersects(other) == (common is not None) == globs.intersects(one.glob, other.glob)
    assert difference is None or (one.matches(difference) and not other.matches(difference))
    assert common is None or (one.matches(common) and other.matches(common))
    if one.matches(arn):
        assert other.matches(arn) or difference is not None
        assert not other.matches(arn) or common is not None


@given(patterns, st.lists(patterns, max_size=4), st.lists(arns, max_size=20))
def test_union(a: str, bs: list[str], samples: list[str]) -> None:
    """Inclusion in a union of patterns is one question, not one for each field."""
    one, others = ArnPattern.parse(a), [ArnPattern.parse(b) for b in bs]
    found = one.difference_witness(others)

    assert one.is_subset_of_union(others) == (found is None)
    if found is None:
        assert not [arn for arn in samples if one.matches(arn) and not any(other.matches(arn) for other in others)]
    else:
        assert one.matches(found)
        assert not any(other.matches(found) for other in others)


def test_a_union_covers_what_no_member_does() -> None:
    """Two patterns that each leave something out can cover a third together."""
    both = [ArnPattern.parse("arn:aws:sns:us-east-1:*:*"), ArnPattern.parse("arn:aws:sns:*:*:a*")]
    inner = ArnPattern.parse("arn:aws:sns:us-*:*:a*")

    assert not inner.is_subset(both[0])
    assert inner.is_subset_of_union(both)
    assert not ArnPattern.parse("arn:aws:sns:us-*:*:*").is_subset_of_union(both)


def test_wildcards_stay_in_their_field() -> None:
    """`*` crosses no colon before the resource, unlike in a text comparison."""
    pattern, arn = "arn:aws:sns:*:111122223333:*", "arn:aws:sns:us-east-1:444455556666:x:111122223333:y"

    assert not arn_like(pattern, arn)
    assert globs.matches(pattern, arn)
    assert arn_like("arn:aws:logs:*:*:log-group:*", "arn:aws:logs:eu-west-1:111122223333:log-group:a:b/c")
    assert not arn_like("arn:aws:s3:::?", "arn:aws:s3:::")
    assert not arn_like("arn:aws:s3:::Acme", "arn:aws:s3:::acme")


@pytest.mark.parametrize("pattern", ["*", "arn:*", "arn:aws:s3:*", ""])
def test_too_few_fields(pattern: str) -> None:
    """A pattern with fewer than six fields is none, and matches nothing under an Arn operator."""
    assert ArnPattern.try_parse(pattern) is None
    assert not arn_like(pattern, "arn:aws:s3:::acme")
    with pytest.raises(UsageError, match="is not an ARN pattern"):
        ArnPattern.parse(pattern)


def test_witnesses_are_readable() -> None:
    """A witness has a partition, service and resource where the patterns leave room for them."""
    everything = ArnPattern.parse("arn:*:*:*:*:*")

    assert everything.intersection_witness(everything) == "arn:aws:a:::a"
    assert ArnPattern.parse("arn:*:s3:::*").difference_witness([ArnPattern.parse("arn:aws:*:*:*:*")]) == "arn:r:s3:::a"


def test_from_glob_splits_at_literal_colons() -> None:
    """A glob with literal wildcards in it becomes the same pattern as its text does without them."""
    text = "arn:aws:s3:::acme-*/?"

    assert ArnPattern.from_glob(Glob.parse(text)) == ArnPattern.parse(text)
    assert str(ArnPattern.parse(text)) == text
    assert ArnPattern.from_glob(Glob.parse("arn:aws:s3:*")) is None
