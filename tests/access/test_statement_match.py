from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jfml_policies.access.request import Context, Request
from jfml_policies.access.statement_match import Verdict, decide, matches
from jfml_policies.policy.parse import parse_document

BUCKET = "arn:aws:s3:::b/k"


def say(
    *statements: dict[str, Any], kind: str = "identity", version: str | None = "2012-10-17", **request: Any
) -> Verdict:
    """What a document of some statements says of s3:GetObject on an object, unless the request says otherwise."""
    document: dict[str, Any] = {"Statement": [{"Effect": "Allow", **statement} for statement in statements]}
    if version is not None:
        document["Version"] = version
    asked = Request(**{"action": "s3:GetObject", "resource": BUCKET, **request})
    return decide(parse_document(document, kind=kind), asked)


def allows(*statements: dict[str, Any], **options: Any) -> bool:
    return say(*statements, **options) == "allow"


# ------------------------------------------------------------------------------------------ documents


def test_a_deny_wins_wherever_it_stands() -> None:
    """Order does not matter; without any match the answer is an implicit deny."""
    allow = {"Action": "s3:*", "Resource": "*"}
    deny = {"Effect": "Deny", "Action": "s3:Get*", "Resource": "*"}

    assert "explicit-deny" == say(allow, deny) == say(deny, allow)
    assert "allow" == say(allow, deny, action="s3:PutObject")
    assert "implicit-deny" == say(allow, deny, action="sqs:SendMessage")


def test_all_elements_must_match() -> None:
    """A statement is about a request when every element is."""
    statement = {"Effect": "Deny", "Action": "s3:*", "Resource": BUCKET, "Condition": {"Bool": {"aws:K": "true"}}}
    policy = parse_document({"Statement": statement})
    right = Request("s3:GetObject", BUCKET, context={"aws:K": "true"})

    assert matches(policy.statements[0], right, policy)
    for wrong in (
        Request("sqs:X", BUCKET, context=right.context),
        Request("s3:GetObject", "arn:aws:s3:::b/other", context=right.context),
        Request("s3:GetObject", BUCKET),
    ):
        assert not matches(policy.statements[0], wrong, policy)


# ------------------------------------------------------------------------------------------ actions


@pytest.mark.parametrize(
    ("pattern", "action", "expected"),
    [
        ("*", "s3:GetObject", True),
        ("s3:*", "S3:getobject", True),
        ("s3:Get?bject", "s3:GetObject", True),
        ("s3:Get?", "s3:Get", False),
        ("s3:GetObject*", "s3:GetObject", True),
        ("s3:GetObject?*", "s3:GetObject", False),
        ("s*:GetObject", "s3:GetObject", True),
        ("s3:${aws:x}", "s3:y", False),
    ],
)
def test_actions(pattern: str, action: str, expected: bool) -> None:
    """Letter case does not matter, `*` is any run and `?` one character; variables have no effect."""
    context: Context = {"aws:x": "y"}

    assert expected == allows({"Action": pattern, "Resource": "*"}, action=action, context=context)
    assert expected != allows({"NotAction": pattern, "Resource": "*"}, action=action, context=context)


def test_not_action_is_the_complement_of_the_union() -> None:
    """NotAction excludes each entry; of `*` nothing is left; lists that are disjoint cover everything together."""
    both = {"NotAction": ["s3:*", "iam:*"], "Resource": "*"}

    assert not allows(both)
    assert not allows(both, action="iam:PassRole")
    assert allows(both, action="sqs:SendMessage")
    assert not allows({"NotAction": "*", "Resource": "*"})
    for action in ("s3:GetObject", "iam:PassRole", "sqs:SendMessage"):
        assert allows({"NotAction": "s3:*", "Resource": "*"}, {"NotAction": "iam:*", "Resource": "*"}, action=action)


# ------------------------------------------------------------------------------------------ resources


@pytest.mark.parametrize(
    ("pattern", "resource", "expected"),
    [
        ("*", "*", True),
        ("*", BUCKET, True),
        ("arn:*:*:*:*:*", "*", False),
        ("arn:*:*:*:*:*", BUCKET, True),
        ("arn:aws:s3:::b*", "arn:aws:s3:::b2/secret", True),
        ("arn:aws:s3:::b/*", "arn:aws:s3:::b", False),
        ("arn:aws:s3:::B/*", BUCKET, False),
        ("arn:aws:sns:*:1:t", "arn:aws:sns:eu-west-1:1:t", True),
        ("arn:aws:sns:*:t", "arn:aws:sns:eu-west-1:1:t", False),
        ("arn:aws:logs:*:*:log-group:a", "arn:aws:logs:r:1:log-group:a", True),
        ("arn:aws:logs:r:1:*", "arn:aws:logs:r:1:log-group:a:b/c", True),
    ],
)
def test_resources(pattern: str, resource: str, expected: bool) -> None:
    """`*` alone is everything; else fields are compared one by one, and the last may hold colons and slashes."""
    assert expected == allows({"Action": "*", "Resource": pattern}, resource=resource)
    assert expected != allows({"Action": "*", "NotResource": pattern}, resource=resource)


@pytest.mark.parametrize(
    ("kind", "plain", "wildcard", "last"),
    [
        ("identity", True, True, True),
        ("boundary", True, True, True),
        ("session", True, True, True),
        ("resource", False, True, True),
        ("endpoint", False, True, True),
        ("scp", False, False, True),
        ("rcp", False, False, False),
    ],
)
def test_short_arns_are_completed_by_kind(kind: str, plain: bool, wildcard: bool, last: bool) -> None:
    """What becomes of missing fields depends on the kind of policy; where nothing does, nothing matches."""
    principal = {"Principal": "*"} if kind in ("resource", "endpoint", "rcp") else {}

    def is_completed(pattern: str) -> bool:
        return allows({"Action": "s3:*", "Resource": pattern, **principal}, kind=kind, principal="anonymous")

    assert (plain, wildcard, last) == tuple(map(is_completed, ("arn:aws:s3", "arn:a*:s3", "arn:aws:s*")))


def test_trust_policies_match_any_resource() -> None:
    """There is no Resource element in a trust policy."""
    statement = {"Action": "sts:AssumeRole", "Principal": "*"}

    for resource in ("*", "arn:aws:iam::111122223333:role/x"):
        assert allows(statement, kind="trust", action="sts:AssumeRole", resource=resource, principal="anonymous")


@pytest.mark.parametrize(
    ("name", "present", "absent"), [("Resource", (True, False), False), ("NotResource", (False, True), True)]
)
def test_variables_in_resources(name: str, present: tuple[bool, bool], absent: bool) -> None:
    """A variable stands for its value; without one Resource matches nothing and NotResource excludes nothing."""
    statement = {"Action": "*", name: "arn:aws:s3:::b/${aws:username}/*"}
    ann: Context = {"aws:username": "ann"}

    assert present == tuple(
        allows(statement, resource=f"arn:aws:s3:::b/{owner}/x", context=ann) for owner in ("ann", "bob")
    )
    assert absent == allows(statement, resource="arn:aws:s3:::b/ann/x")


def test_wildcards_in_a_variables_value_are_literal() -> None:
    """A user called `*` gets the folder `*`, not everybody's."""
    statement = {"Action": "*", "Resource": "arn:aws:s3:::b/${aws:username}"}

    assert not allows(statement, resource="arn:aws:s3:::b/ann", context={"aws:username": "*"})
    assert allows(statement, resource="arn:aws:s3:::b/*", context={"aws:username": "*"})


def test_variables_are_literal_without_the_current_version() -> None:
    """Where the version is missing or old, `${` is four more characters of text."""
    statement = {"Action": "*", "Resource": "arn:aws:s3:::b/${aws:username}"}
    ann: Context = {"aws:username": "ann"}

    for version in (None, "2008-10-17"):
        assert not allows(statement, version=version, resource="arn:aws:s3:::b/ann", context=ann)
        assert allows(statement, version=version, resource="arn:aws:s3:::b/${aws:username}", context=ann)
    assert allows(statement, version="2012-10-17", resource="arn:aws:s3:::b/ann", context=ann)


def test_defaults_and_escapes_in_resources() -> None:
    """A default stands in for an absent key, and escapes are literal characters."""
    statement = {"Action": "*", "Resource": ["arn:aws:s3:::b/${aws:username, 'guest'}", "arn:aws:s3:::c/${*}"]}

    assert allows(statement, resource="arn:aws:s3:::b/guest")
    assert not allows(statement, resource="arn:aws:s3:::b/guest", context={"aws:username": "ann"})
    assert allows(statement, resource="arn:aws:s3:::c/*")
    assert not allows(statement, resource="arn:aws:s3:::c/x")


# ------------------------------------------------------------------------------------------ traps


def test_two_denies_of_different_values_deny_everything() -> None:
    """A Deny unless `a` and a Deny unless `b` leave nothing: one value cannot be both."""
    allow: dict[str, Any] = {"Action": "*", "Resource": "*"}
    denies: list[dict[str, Any]] = [
        {"Effect": "Deny", **allow, "Condition": {"StringNotEquals": {"aws:SourceVpc": vpc}}} for vpc in ("a", "b")
    ]
    contexts: list[Context] = [{}, {"aws:SourceVpc": "a"}, {"aws:SourceVpc": "b"}, {"aws:SourceVpc": "c"}]

    for context in contexts:
        assert "explicit-deny" == say(allow, *denies, context=context)


def test_any_ipv4_range_excludes_ipv6_and_endpoints() -> None:
    """`IpAddress 0.0.0.0/0` is not "from anywhere"."""
    statement = {"Action": "*", "Resource": "*", "Condition": {"IpAddress": {"aws:SourceIp": "0.0.0.0/0"}}}

    assert allows(statement, context={"aws:SourceIp": "192.0.2.1"})
    assert not allows(statement, context={"aws:SourceIp": "2001:db8::1"})
    assert not allows(statement)


def test_contradictory_conditions_match_nothing() -> None:
    """A statement that wants a key to be `a` and not `a` is dead."""
    condition = {"StringEquals": {"aws:K": "a"}, "StringNotEquals": {"aws:K": "a"}}
    statement = {"Action": "*", "Resource": "*", "Condition": condition}
    contexts: list[Context] = [{}, {"aws:K": "a"}, {"aws:K": "b"}, {"aws:K": ["a", "b"]}]

    for context in contexts:
        assert not allows(statement, context=context)


@given(st.permutations(range(4)), st.sampled_from(["s3:GetObject", "s3:PutObject", "sqs:SendMessage"]), st.booleans())
def test_order_sids_and_duplicates_mean_nothing(order: list[int], action: str, secure: bool) -> None:
    """Shuffled, repeated and renamed statements say the same."""
    statements: list[dict[str, Any]] = [
        {"Action": "s3:*", "Resource": "*"},
        {
            "Effect": "Deny",
            "Action": "s3:Put*",
            "Resource": "*",
            "Condition": {"Bool": {"aws:SecureTransport": "false"}},
        },
        {"NotAction": "s3:*", "Resource": "arn:aws:sqs:*"},
        {"Action": "s3:GetObject", "Resource": BUCKET},
    ]
    shuffled = [{"Sid": f"S{place}", **statements[place]} for place in [*order, order[0]]]
    request: dict[str, Any] = {"action": action, "context": {"aws:SecureTransport": secure}}

    assert say(*statements, **request) == say(*shuffled, **request)
