"""Strategies for condition blocks."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from jfml_policies.policy.operators import OPERATORS, Family

__all__ = ["conditions"]

_KEYS: dict[Family, tuple[str, ...]] = {
    "String": ("aws:PrincipalOrgID", "aws:username", "aws:PrincipalTag/team", "s3:prefix", "aws:RequestedRegion"),
    "Arn": ("aws:PrincipalArn", "aws:SourceArn"),
    "Bool": ("aws:SecureTransport", "aws:ViaAWSService"),
    "Numeric": ("s3:max-keys", "aws:MultiFactorAuthAge"),
    "Date": ("aws:CurrentTime", "aws:TokenIssueTime"),
    "IpAddress": ("aws:SourceIp", "aws:VpcSourceIp"),
    "Null": ("aws:SourceVpc", "aws:PrincipalTag/team"),
    "Binary": ("kms:RequestAlias",),
}
_VALUES: dict[Family, SearchStrategy[object]] = {
    "String": st.sampled_from(["o-a1b2c3d4e5", "ann", "train/", "eu-west-1"]),
    "Arn": st.sampled_from(["arn:aws:iam::111122223333:role/worker", "arn:aws:iam::111122223333:role/team-*"]),
    "Bool": st.sampled_from(["true", "false"]) | st.booleans(),
    "Numeric": st.integers(0, 1000).map(str) | st.integers(0, 1000),
    "Date": st.sampled_from(["2026-01-01T00:00:00Z", "2027-06-30T12:00:00Z"]),
    "IpAddress": st.sampled_from(["203.0.113.0/24", "198.51.100.7", "2001:db8::/32"]),
    "Null": st.sampled_from(["true", "false"]),
    "Binary": st.sampled_from(["QmluYXJ5", "AAAA"]),
}
_PATTERNS = st.sampled_from(["train/*", "team-?", "${aws:username}", "${aws:PrincipalTag/team, 'x'}/*", "*"])
_LIST_KEYS = ("aws:TagKeys", "aws:CalledVia", "aws:PrincipalOrgPaths")


def conditions() -> SearchStrategy[dict[str, object]]:
    """Condition blocks with every operator, `IfExists`, set operators on list keys, bare values and lists."""
    blocks = st.lists(st.sampled_from(sorted(OPERATORS)).flatmap(_block) | _set_block(), min_size=1, max_size=3)
    return blocks.map(dict)


def _block(base: str) -> SearchStrategy[tuple[str, object]]:
    facts = OPERATORS[base]
    values = _VALUES[facts.family]
    if facts.family == "String" and facts.patterns:
        values = _PATTERNS
    suffix = st.just("") if facts.family == "Null" else st.sampled_from(["", "", "IfExists"])
    one = facts.family in ("Bool", "Null")
    keys = st.sampled_from(_KEYS[facts.family])
    tests = st.dictionaries(keys, values if one else _one_or_more(values), min_size=1, max_size=2)
    return st.tuples(suffix.map(base.__add__), tests)


def _set_block() -> SearchStrategy[tuple[str, object]]:
    names = st.builds(
        "{}:{}".format,
        st.sampled_from(["ForAllValues", "ForAnyValue"]),
        st.sampled_from(["StringEquals", "StringLike"]),
    )
    values = _one_or_more(st.sampled_from(["owner", "cost-center"]))
    return st.tuples(names, st.dictionaries(st.sampled_from(_LIST_KEYS), values, min_size=1, max_size=2))


def _one_or_more(values: SearchStrategy[object]) -> SearchStrategy[object]:
    # One list holds one JSON type only: AWS refuses a mix.
    listed = st.lists(values, min_size=1, max_size=3).filter(lambda items: len({type(item) for item in items}) == 1)
    return values | listed
