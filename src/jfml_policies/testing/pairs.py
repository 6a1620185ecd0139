"""Strategies for comparing: pairs of policies that nearly agree, and requests that tell them apart.

All come from one small vocabulary, so that patterns overlap, conditions meet, and a request often matches.
"""

from __future__ import annotations

import copy

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from jfml_policies.access.request import Request
from jfml_policies.policy.kinds import Kind

__all__ = ["mutations", "policy_pairs", "requests"]

_ACTIONS = (
    "s3:GetObject",
    "s3:GetObjectAcl",
    "s3:PutObject",
    "sqs:SendMessage",
    "s3:Get*",
    "s3:*",
    "*",
    "s3:Get?bject",
)
_RESOURCES = (
    "*",
    "arn:aws:s3:::a",
    "arn:aws:s3:::a*",
    "arn:aws:s3:::a/*",
    "arn:aws:s3:::a/b",
    "arn:aws:s3:::*/b",
    "arn:aws:s3:::a/?",
    "arn:aws:*:::a/b",
    "arn:aws:s3:::a/${aws:username}",
    "arn:aws:s3:::a/${aws:username}/*",
    "arn:aws:s3:::${aws:username, 'a'}/b",
    "*${aws:username}",
    "*:*:*:*:*:*",
)
_VALUES = ("a", "b", "ab", "a*", "*b", "*", "?", "${aws:username}", "${aws:username}*")
_KEYS = ("aws:username", "aws:PrincipalTag/team", "s3:prefix")
_TAGS = ("aws:RequestTag/flag", "aws:RequestTag/size")
_SET_KEYS = ("aws:TagKeys", "aws:CalledVia")
_PRINCIPALS: tuple[object, ...] = (
    "*",
    {"AWS": "111122223333"},
    {"AWS": ["arn:aws:iam::111122223333:role/r", "arn:aws:iam::111122223333:user/u"]},
    {"AWS": "arn:aws:sts::111122223333:assumed-role/r/s"},
    {"AWS": "arn:aws:iam::111122223333:role/path/r"},
    {"AWS": "444455556666", "Service": "ec2.amazonaws.com"},
)
_REQUEST_PRINCIPALS = (
    "arn:aws:iam::111122223333:root",
    "arn:aws:iam::111122223333:user/u",
    "arn:aws:iam::111122223333:user/v",
    "arn:aws:sts::111122223333:assumed-role/r/s",
    "arn:aws:sts::111122223333:assumed-role/r/t",
    "arn:aws:iam::111122223333:role/path/r",
    "arn:aws:iam::444455556666:user/u",
    "arn:aws:iam::777788889999:root",
    "ec2.amazonaws.com",
    "anonymous",
)
_TEXTS = ("a", "b", "ab", "aab", "ba", "x", "a/b", "*", "")


def requests(*, kind: Kind = "identity") -> SearchStrategy[Request]:
    """Requests in the vocabulary of `policy_pairs`, and a little beyond it."""
    actions = st.sampled_from(["s3:GetObject", "s3:getobjectacl", "s3:PutObject", "sqs:SendMessage", "s3:Get", "x:Y"])
    tails = st.sampled_from(["a", "a/b", "a/x", "a/a", "a/ab", "b", "a/b/c", "a/x/b", "ab", "x/b"])
    resources = st.just("*") | tails.map("arn:aws:s3:::".__add__) | tails.map("arn:aws:sqs:::".__add__)
    single = st.dictionaries(st.sampled_from(_KEYS), st.sampled_from(_TEXTS))
    several = st.dictionaries(st.sampled_from(_SET_KEYS), st.lists(st.sampled_from(_TEXTS), max_size=3, unique=True))
    others = st.fixed_dictionaries(
        {},
        optional={
            "aws:SecureTransport": st.sampled_from(["true", "false"]),
            "s3:max-keys": st.sampled_from(["0", "5", "7.5", "10", "11"]),
            "aws:SourceIp": st.sampled_from(["10.0.0.1", "10.1.0.1", "192.0.2.1", "2001:db8::1"]),
            "aws:RequestTag/flag": st.sampled_from(["true", "false", "maybe"]),
            "aws:RequestTag/size": st.sampled_from(["4", "5", "large"]),
        },
    )
    contexts = st.builds(
        lambda *parts: {key: value for part in parts for key, value in part.items()}, single, several, others
    )
    principals = st.none() if kind == "identity" else st.sampled_from(_REQUEST_PRINCIPALS)
    return st.builds(Request, actions, resources, principals, contexts)


def policy_pairs(*, kind: Kind = "identity") -> SearchStrategy[tuple[dict[str, object], dict[str, object]]]:
    """Two policies: mostly one and its mutation, sometimes two unrelated ones.

    Args:
        kind: "identity" or "resource".
    """
    one = _policies(kind)
    near = one.flatmap(lambda policy: st.tuples(st.just(policy), mutations(policy, kind=kind)))
    return st.one_of(near, near, st.tuples(one, one))


def mutations(policy: dict[str, object], *, kind: Kind = "identity") -> SearchStrategy[dict[str, object]]:
    """A policy with one thing changed: a statement added, dropped or doubled, or one element replaced."""
    statements = policy["Statement"]
    assert isinstance(statements, list)
    place = st.integers(0, len(statements) - 1)
    return st.builds(
        _mutated, st.just(policy), place, st.sampled_from(["add", "drop", "double", "replace"]), _statements(kind)
    )


def _mutated(policy: dict[str, object], place: int, way: str, other: dict[str, object]) -> dict[str, object]:
    changed = copy.deepcopy(policy)
    statements = changed["Statement"]
    assert isinstance(statements, list)
    if way == "add":
        statements.insert(place, other)
    elif way == "drop":
        del statements[place]
    elif way == "double":
        statements.append(copy.deepcopy(statements[place]))
    else:
        target = statements[place]
        for name in ("Action", "Resource", "Condition", "Effect"):
            if name in target and name in other:
                target[name] = other[name]
                break
    return changed


def _policies(kind: Kind) -> SearchStrategy[dict[str, object]]:
    return st.fixed_dictionaries(
        {"Version": st.just("2012-10-17"), "Statement": st.lists(_statements(kind), min_size=1, max_size=3)}
    ).map(dict)


def _statements(kind: Kind) -> SearchStrategy[dict[str, object]]:
    elements: dict[str, SearchStrategy[object]] = {"Effect": st.sampled_from(["Allow", "Allow", "Deny"])}
    if kind == "resource":
        names = st.sampled_from(["Principal", "Principal", "NotPrincipal"])
        who = st.builds(lambda name, value: {name: value}, names, st.sampled_from(_PRINCIPALS))
    else:
        who = st.just({})
    what = st.builds(
        lambda name, value: {name: value}, st.sampled_from(["Action", "Action", "NotAction"]), _some(_ACTIONS)
    )
    where = st.builds(
        lambda name, value: {name: value}, st.sampled_from(["Resource", "Resource", "NotResource"]), _some(_RESOURCES)
    )
    rest = st.fixed_dictionaries(elements, optional={"Condition": _conditions()})
    return st.tuples(rest, who, what, where).map(lambda parts: {k: v for part in parts for k, v in part.items()})


def _conditions() -> SearchStrategy[dict[str, object]]:
    operators = st.sampled_from(
        [
            "StringEquals",
            "StringLike",
            "StringNotEquals",
            "StringNotLike",
            "StringEqualsIfExists",
            "StringNotLikeIfExists",
        ]
    )
    plain = st.tuples(operators, st.dictionaries(st.sampled_from(_KEYS), _some(_VALUES), min_size=1, max_size=2))
    set_operators = st.builds(
        "{}:{}".format,
        st.sampled_from(["ForAllValues", "ForAnyValue"]),
        st.sampled_from(["StringLike", "StringNotLike", "StringEquals", "StringLikeIfExists"]),
    )
    sets = st.tuples(
        set_operators, st.dictionaries(st.sampled_from(_SET_KEYS), _some(_VALUES[:7]), min_size=1, max_size=2)
    )
    null = st.tuples(
        st.just("Null"),
        st.dictionaries(
            st.sampled_from([*_KEYS, *_SET_KEYS, *_TAGS]), st.sampled_from(["true", "false"]), min_size=1, max_size=1
        ),
    )
    typed = st.sampled_from(
        [
            ("Bool", {"aws:SecureTransport": "true"}),
            ("BoolIfExists", {"aws:SecureTransport": "false"}),
            ("NumericLessThan", {"s3:max-keys": "10"}),
            ("NumericGreaterThanEquals", {"s3:max-keys": ["5", "7.5"]}),
            ("NumericNotEquals", {"s3:max-keys": "10.0"}),
            # Tags are texts, whatever they are compared as.
            ("Bool", {"aws:RequestTag/flag": ["true", "false"]}),
            ("NumericLessThan", {"aws:RequestTag/size": "5"}),
            ("NumericGreaterThanEquals", {"aws:RequestTag/size": "5"}),
            ("IpAddress", {"aws:SourceIp": "10.0.0.0/8"}),
            ("NotIpAddress", {"aws:SourceIp": ["10.0.0.0/16", "2001:db8::/32"]}),
        ]
    )
    blocks: SearchStrategy[tuple[str, object]] = st.one_of(plain, plain, sets, null, typed)
    return st.lists(blocks, min_size=1, max_size=2).map(dict)


def _some(values: tuple[str, ...]) -> SearchStrategy[object]:
    return st.sampled_from(values) | st.lists(st.sampled_from(values), min_size=1, max_size=3, unique=True)
