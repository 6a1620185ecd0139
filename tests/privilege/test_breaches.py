"""Breaches beside the evaluator: what is found is allowed and must not be, and what is not found can't be met."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from jfml_policies.access.evaluate import decide
from jfml_policies.access.request import Request
from jfml_policies.policy.kinds import Kind
from jfml_policies.policy.nodes import Policy
from jfml_policies.policy.parse import parse_document
from jfml_policies.privilege.breaches import Breach, Patience, breaches
from jfml_policies.testing import policy_pairs, requests

SCOPES: tuple[dict[str, Any], ...] = (
    {"Action": "s3:GetObject", "Resource": "*"},
    {"Action": ["s3:Get*", "sqs:SendMessage"], "Resource": "arn:aws:s3:::a/*"},
    {"Action": "*", "Resource": "arn:aws:s3:::a*"},
)
PERMITTED: tuple[list[dict[str, Any]], ...] = (
    [],
    [{"StringEquals": {"aws:PrincipalTag/team": "a"}}],
    [{"StringLike": {"s3:prefix": "a*"}}, {"Null": {"aws:username": "false"}}],
    [{"StringEquals": {"s3:prefix": "${aws:username}"}}],
    [{"Bool": {"aws:SecureTransport": "true"}, "StringEqualsIfExists": {"s3:prefix": ["a", "b"]}}],
)


def documents(kind: Kind, scope: dict[str, Any], blocks: list[dict[str, Any]]) -> tuple[Policy, Policy | None]:
    who = {"Principal": "*"} if kind == "resource" else {}
    about = parse_document({"Statement": [{"Effect": "Allow", **scope, **who}]}, kind=kind)
    if not blocks:
        return about, None
    fine = [{"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": block, **who} for block in blocks]
    return about, parse_document({"Version": "2012-10-17", "Statement": fine}, kind=kind)


def cases(kind: Kind) -> st.SearchStrategy[tuple[Kind, tuple[dict[str, object], dict[str, object]], list[Request]]]:
    some = st.lists(requests(kind=kind), min_size=1, max_size=20)
    return st.tuples(st.just(kind), policy_pairs(kind=kind), some)


def is_bad(request: Request, policy: Policy, scope: Policy, permitted: Policy | None) -> bool:
    return (
        decide(policy, request) == "allow"
        and decide(scope, request) == "allow"
        and (permitted is None or decide(permitted, request) != "allow")
    )


@given(
    st.one_of(cases("identity"), cases("resource")),
    st.sampled_from(SCOPES),
    st.sampled_from(PERMITTED),
)
def test_breaches_agree_with_the_evaluator(
    given: tuple[Kind, tuple[dict[str, object], dict[str, object]], list[Request]],
    about: dict[str, Any],
    blocks: list[dict[str, Any]],
) -> None:
    """A witness breaks the demand, and where nothing is found no request does."""
    kind, (document, _), some = given
    policy = parse_document(document, kind=kind)
    scope, permitted = documents(kind, about, blocks)

    found = list(breaches(policy, scope, permitted))

    for breach in found:
        assert (breach.witness is None) == bool(breach.doubt)
        assert breach.witness is None or is_bad(breach.witness, policy, scope, permitted)
    if not found:
        assert not [request for request in some if is_bad(request, policy, scope, permitted)]


def told(document: dict[str, Any], blocks: list[dict[str, Any]], **options: Any) -> list[tuple[Any, ...]]:
    policy = parse_document({"Version": "2012-10-17", **document}, kind="identity")
    scope, permitted = documents("identity", {"Action": ["s3:GetObject", "s3:PutObject"], "Resource": "*"}, blocks)
    return [breach.at.path for breach in breaches(policy, scope, permitted, **options)]


def test_each_entry_is_told() -> None:
    """Entries of a list are told one by one, an element without entries of its own as a whole."""
    both = {"Effect": "Allow", "Action": ["s3:Get*", "s3:List*", "s3:Put*"], "Resource": ["a", "*"]}
    others = {"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"}

    assert [("Statement", 0, "Action", 0), ("Statement", 0, "Action", 2)] == told({"Statement": [both]}, [])
    assert [("Statement", 0, "Resource", 1)] == told({"Statement": [both]}, [], by="resource")
    assert [("Statement", 0, "NotAction")] == told({"Statement": [others]}, [])
    assert [("Statement", 0)] == told({"Statement": [both]}, [], by="principal")


def test_long_lists_are_told_as_a_whole() -> None:
    """A list that nobody reads is one breach."""
    many = {"Effect": "Allow", "Action": [f"s3:Get{'?' * number}*" for number in range(200)], "Resource": "*"}

    assert [("Statement", 0, "Action")] == told({"Statement": [many]}, [])


def doubts(document: dict[str, Any]) -> list[Breach]:
    policy = parse_document(document, kind="identity")
    return list(breaches(policy, *documents("identity", SCOPES[0], PERMITTED[1])))


def test_what_can_not_be_decided_is_told() -> None:
    """A document that AWS would refuse, and one that is too large, are never passed over in silence."""
    allow = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}
    refused = doubts({"Statement": [allow, {**allow, "Condition": {"StringEqual": {"a": "b"}}}]})
    large = doubts({"Statement": [allow] * 1_001})

    assert ["AWS would refuse the policy: `StringEqual` is not a condition operator"] == [one.doubt for one in refused]
    assert ["the policy is too large to be looked at"] == [one.doubt for one in large]


def test_patience_ends() -> None:
    """Whoever asks of a large or entangled policy gets an answer soon, and what was not looked at is told."""
    some = [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": f"arn:aws:s3:::b/{place}"} for place in range(5)]
    policy = parse_document({"Statement": some}, kind="identity")
    scope, permitted = documents("identity", SCOPES[0], [])
    patience = Patience()
    patience.left = 12
    tangled = [f"arn:aws:s3:::${{aws:PrincipalTag/{place}}}*${{aws:username}}" for place in range(100)]

    assert [True, True, False] == [
        breach.witness is not None for breach in breaches(policy, scope, permitted, patience=patience)
    ]
    (doubt,) = doubts({"Version": "2012-10-17", "Statement": [{**some[0], "Resource": tangled}]})
    assert doubt.doubt == "the policy is too large or too entangled to be looked at as a whole"
