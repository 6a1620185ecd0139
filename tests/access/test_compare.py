"""Laws of comparing, challenged by requests that the evaluator decides."""

from __future__ import annotations

import copy
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import jfml_policies as jp
from jfml_policies.access.compare import compare
from jfml_policies.access.evaluate import decide
from jfml_policies.policy.parse import parse_document
from jfml_policies.testing import assert_allows, assert_denies, assert_not_wider, policy_pairs, requests

MIRROR = {"wider": "narrower", "narrower": "wider"}
Pair = tuple[dict[str, object], dict[str, object]]


@pytest.mark.parametrize("kind", ["identity", "resource"])
def test_no_request_contradicts_an_answer(kind: Any) -> None:
    """What is said to be equivalent, narrower or wider is so for every request tried; every witness holds."""

    @given(policy_pairs(kind=kind), st.lists(requests(kind=kind), min_size=20, max_size=20))
    @settings(max_examples=150, deadline=None)
    def check(pair: Pair, tried: list[jp.Request]) -> None:
        old, new = (parse_document(document, kind=kind) for document in pair)
        change = compare(old, new)
        for request in tried:
            before, after = decide(old, request) == "allow", decide(new, request) == "allow"
            assert not (after and not before and change.relation in ("equivalent", "narrower")), request
            assert not (before and not after and change.relation in ("equivalent", "wider")), request
        for witness, allowing, refusing in ((change.witness_added, new, old), (change.witness_removed, old, new)):
            if witness is not None:
                assert decide(allowing, witness) == "allow"
                assert decide(refusing, witness) != "allow"

    check()


@given(policy_pairs())
@settings(max_examples=60, deadline=None)
def test_the_other_way_round_mirrors_the_answer(pair: Pair) -> None:
    """Old against new says the opposite of new against old."""
    old, new = pair
    relation = compare(old, new, kind="identity").relation

    assert MIRROR.get(relation, relation) == compare(new, old, kind="identity").relation


@given(policy_pairs())
@settings(max_examples=60, deadline=None)
def test_writing_otherwise_keeps_the_meaning(pair: Pair) -> None:
    """Order, repetition, split lists, letter case of actions and doubled stars change nothing."""
    policy = pair[0]
    other = copy.deepcopy(policy)
    statements: Any = other["Statement"]
    for statement in statements:
        for name in ("Action", "NotAction"):
            if name in statement:
                values = statement[name] if isinstance(statement[name], list) else [statement[name]]
                statement[name] = [value.swapcase().replace("*", "**") for value in reversed(values)] * 2
    other["Statement"] = [*reversed(statements), *statements[:1]]

    assert "equivalent" == compare(policy, other, kind="identity").relation


@given(policy_pairs())
@settings(max_examples=60, deadline=None)
def test_more_statements_go_one_way(pair: Pair) -> None:
    """Another Allow never takes away, another Deny never adds."""
    policy, source = pair
    for statement in source["Statement"]:  # type: ignore[attr-defined]
        for effect, impossible in (("Allow", "witness_removed"), ("Deny", "witness_added")):
            more = copy.deepcopy(policy)
            more["Statement"].append({**statement, "Effect": effect})  # type: ignore[attr-defined]

            assert getattr(compare(policy, more, kind="identity"), impossible) is None


@given(policy_pairs())
@settings(max_examples=40, deadline=None)
def test_a_set_is_its_parts(pair: Pair) -> None:
    """A == (A - B) | (A & B), and what is in A - B is in A and not in B."""
    a, b = (jp.Access.of(document, kind="identity") for document in pair)
    try:
        assert a == (a - b) | (a & b)
        assert ((a - b) & b).is_empty()
        assert a - b <= a
    except jp.UndecidedError:
        pass  # an honest "unknown" is no wrong answer


def test_answers_do_not_depend_on_order_or_threads() -> None:
    """The same pairs in four threads at once get the answers they get one after the other."""
    pairs: list[Pair] = []

    @given(policy_pairs())
    @settings(max_examples=40, deadline=None, database=None, derandomize=True)
    def collect(pair: Pair) -> None:
        pairs.append(pair)

    collect()
    one_by_one = [compare(*pair, kind="identity").relation for pair in pairs]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda pair: compare(*pair, kind="identity").relation, reversed(pairs)))

    assert one_by_one == together[::-1]


def _identity(condition: dict[str, object] | None = None, **elements: object) -> dict[str, object]:
    statement: dict[str, object] = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*", **elements}
    if condition is not None:
        statement["Condition"] = condition
    return {"Version": "2012-10-17", "Statement": [statement]}


@pytest.mark.parametrize(
    ("old", "new", "relation"),
    [
        (_identity(Action="s3:Get*"), _identity(Action=["s3:GetObject", "s3:Get*"]), "equivalent"),
        (_identity(Resource="arn:aws:s3:::b*"), _identity(Resource="arn:aws:s3:::b/*"), "narrower"),
        (
            _identity({"StringNotEquals": {"aws:x": "a"}}),
            _identity({"StringNotEqualsIfExists": {"aws:x": "a"}}),
            "equivalent",
        ),
        (
            _identity({"StringLike": {"aws:username": "*"}}),
            _identity({"Null": {"aws:username": "false"}}),
            "equivalent",
        ),
        (
            _identity({"ForAllValues:StringEquals": {"aws:TagKeys": "a"}}),
            _identity({"ForAllValues:StringEquals": {"aws:TagKeys": "a"}, "Null": {"aws:TagKeys": "false"}}),
            "narrower",
        ),
        (_identity({"IpAddress": {"aws:SourceIp": "0.0.0.0/0"}}), _identity(), "wider"),
        (
            _identity({"NumericLessThan": {"s3:max-keys": "10"}}),
            _identity({"NumericLessThan": {"s3:max-keys": "10.0"}}),
            "equivalent",
        ),
        (
            _identity(Resource="arn:aws:s3:::b/${aws:username}/*"),
            _identity(Resource="arn:aws:s3:::b/*"),
            "wider",
        ),
        (_identity(Action="s3:Get?bject"), _identity(Action="s3:GetObject"), "narrower"),
        (
            _identity({"StringEquals": {"aws:username": "a"}, "StringNotEquals": {"aws:username": "a"}}),
            {"Version": "2012-10-17", "Statement": []},
            "equivalent",
        ),
    ],
)
def test_known_traps(old: dict[str, object], new: dict[str, object], relation: str) -> None:
    """Cases that tools get wrong."""
    assert relation == compare(old, new).relation


def test_a_document_that_means_nothing_is_unknown() -> None:
    """What AWS would refuse is never compared as if its broken statement were absent."""
    change = compare(_identity(), _identity(Effect="allow"))

    assert "unknown" == change.relation
    assert "invalid new policy: the effect `allow` is neither `Allow` nor `Deny`" == change.unknown[0]


def test_a_region_names_what_was_added_and_nothing_else() -> None:
    """Only the entries that add something are named, with conditions and exceptions in words."""
    old = _identity(Action=["s3:GetObject", "s3:ListBucket"], Sid="Read")
    new = _identity({"Bool": {"aws:SecureTransport": "true"}}, Action=["s3:GetObject", "s3:PutObject", "s3:ListBucket"])
    [region] = compare(old, new).added

    assert ("s3:PutObject",) == region.actions
    assert (("Write", 1),) == region.access_levels
    assert ("`aws:SecureTransport` is `true`",) == region.conditions
    assert () == region.exceptions
    assert "s3:PutObject" == region.witness.action


def test_assertions_show_a_request() -> None:
    """The assertions for users' own tests fail with a request as proof."""
    assert_not_wider(_identity(Action="s3:*"), _identity())
    assert_allows(_identity(), "s3:GetObject")
    assert_denies(_identity(), "s3:PutObject")
    with pytest.raises(AssertionError, match="s3:PutObject"):
        assert_not_wider(_identity(), _identity(Action=["s3:GetObject", "s3:PutObject"]))
    with pytest.raises(AssertionError):
        assert_allows(_identity(), "s3:PutObject")
    with pytest.raises(AssertionError):
        assert_denies(_identity(), "s3:GetObject")
