"""The steps by example, and what the result tells of them."""

from __future__ import annotations

import json
from typing import Any

import pytest

import jfml_policies as jp
from jfml_policies.access.compare import compare
from jfml_policies.build.minimise import Minimised, minimise
from jfml_policies.errors import PolicyError, UndecidedError


def document(*statements: dict[str, Any]) -> dict[str, Any]:
    return {"Version": "2012-10-17", "Statement": list(statements)}


def allow(action: Any, resource: Any = "*", **more: Any) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": action, "Resource": resource, **more}


def deny(action: Any, resource: Any = "*", **more: Any) -> dict[str, Any]:
    return {**allow(action, resource, **more), "Effect": "Deny"}


def statements_of(result: Minimised) -> list[Any]:
    """The statements of a result that is one policy."""
    (policy,) = result.policies
    statements: list[Any] = json.loads(jp.dumps(policy))["Statement"]
    return statements


@pytest.mark.parametrize(
    ("before", "after", "what"),
    [
        (
            [allow("s3:*"), allow("s3:GetObject", "arn:aws:s3:::acme/*")],
            [allow("s3:*")],
            {"covered-statement"},
        ),
        (
            [allow("s3:Get*"), allow(["s3:GetObject", "s3:PutObject"], "arn:aws:s3:::acme/*")],
            [allow("s3:Get*"), allow("s3:PutObject", "arn:aws:s3:::acme/*")],
            {"covered-entry"},
        ),
        (
            [allow(["s3:GetObject", "s3:Get*"], ["arn:aws:s3:::acme/*"])],
            [allow("s3:Get*", "arn:aws:s3:::acme/*")],
            {"covered-entry"},
        ),
        (
            [allow("s3:GetObject", Sid="A"), allow("s3:GetObject", Sid="B")],
            [allow("s3:GetObject", Sid="A")],
            {"repeated-statement"},
        ),
        (
            [allow("s3:*"), deny("s3:*"), allow("sqs:SendMessage")],
            [deny("s3:*"), allow("sqs:SendMessage")],
            {"denied-statement"},
        ),
        (
            [
                allow("s3:*"),
                allow(
                    "sqs:*",
                    Condition={"StringEquals": {"aws:username": "a"}, "StringNotEquals": {"aws:username": "a"}},
                ),
            ],
            [allow("s3:*")],
            {"dead-statement"},
        ),
        (
            [allow("s3:GetObject", "arn:aws:s3:::a/*"), allow("s3:GetObject", "arn:aws:s3:::b/*")],
            [allow("s3:GetObject", ["arn:aws:s3:::a/*", "arn:aws:s3:::b/*"])],
            {"merged-statements"},
        ),
        (
            [allow("s3:PutObject", "arn:aws:s3:::a/*"), allow("S3:getobject", "arn:aws:s3:::a/*")],
            [allow(["s3:PutObject", "s3:GetObject"], "arn:aws:s3:::a/*")],
            {"merged-statements", "spelling"},
        ),
        (
            [
                allow("s3:ListBucket", Condition={"StringLike": {"s3:prefix": "a/*"}}),
                allow("s3:ListBucket", Condition={"StringLike": {"s3:prefix": ["b/*"]}}),
            ],
            [allow("s3:ListBucket", Condition={"StringLike": {"s3:prefix": ["a/*", "b/*"]}})],
            {"merged-statements"},
        ),
        (
            [allow("s3:ListBucket", Condition={"StringLike": {"s3:prefix": ["a/b*", "a/*"]}})],
            [allow("s3:ListBucket", Condition={"StringLike": {"s3:prefix": "a/*"}})],
            {"covered-value"},
        ),
        (
            [deny("s3:*"), deny("s3:DeleteObject")],
            [deny("s3:*")],
            {"covered-statement"},
        ),
    ],
    ids=[
        "covered statement",
        "covered action",
        "covered by its own list",
        "copy",
        "denied Allow",
        "contradiction",
        "merged resources",
        "merged actions in another spelling",
        "merged values",
        "covered value",
        "Deny covered by a Deny",
    ],
)
def test_steps(before: list[Any], after: list[Any], what: set[str]) -> None:
    """Each kind of step is made, named, and leaves everything else where its author had it."""
    result = minimise(document(*before), kind="identity")

    assert after == statements_of(result)
    assert what == {step.what for step in result.steps}
    assert {"equivalent"} == {step.proof for step in result.steps}


@pytest.mark.parametrize(
    "statements",
    [
        [allow("s3:*"), deny("sqs:*")],
        [deny("sqs:*"), deny("s3:*", "arn:aws:s3:::acme/*")],
        [
            allow("s3:*", Condition={"ForAllValues:StringEquals": {"aws:TagKeys": "a"}}),
            allow("s3:*", Condition={"ForAllValues:StringEquals": {"aws:TagKeys": "b"}}),
        ],
        [
            allow("s3:*", Condition={"StringNotEquals": {"aws:username": "a"}}),
            allow("s3:*", Condition={"StringNotEquals": {"aws:username": "b"}}),
        ],
        [
            {"Effect": "Deny", "NotAction": "s3:*", "Resource": "*"},
            {"Effect": "Deny", "NotAction": "sqs:*", "Resource": "*"},
        ],
    ],
    ids=["idle Deny", "Denies alone", "ForAllValues", "negated test", "NotAction"],
)
def test_what_would_change_the_meaning_stays(statements: list[Any]) -> None:
    """A Deny that denies nothing that is allowed here may deny what another policy allows."""
    result = minimise(document(*statements), kind="identity")

    assert statements == statements_of(result)
    assert () == result.steps


def test_the_shortest_sid_stays_or_none() -> None:
    """Of merged statements the shortest Sid stays; `drop_sids` leaves out all."""
    some = document(allow("s3:GetObject", "arn:aws:s3:::a/*", Sid="ReadA"), allow("s3:GetObject", "*:b", Sid="B"))
    some["Statement"][1]["Resource"] = "arn:aws:s3:::b/*"

    assert ["B"] == [one["Sid"] for one in statements_of(minimise(some))]
    assert ["Sid" in one for one in statements_of(minimise(some, drop_sids=True))] == [False]


def test_principals_of_equal_statements_are_merged() -> None:
    """A trust policy names its principals in one statement, by type."""
    trust = {"Effect": "Allow", "Action": "sts:AssumeRole"}
    some = document(
        {**trust, "Principal": {"AWS": "arn:aws:iam::111122223333:role/a"}},
        {**trust, "Principal": {"Service": "ec2.amazonaws.com"}},
        {**trust, "Principal": {"AWS": ["arn:aws:iam::111122223333:role/b"]}},
    )
    (statement,) = statements_of(minimise(some, kind="trust"))

    assert {
        "AWS": ["arn:aws:iam::111122223333:role/a", "arn:aws:iam::111122223333:role/b"],
        "Service": "ec2.amazonaws.com",
    } == statement["Principal"]


def test_a_grant_to_an_account_does_not_stand_for_one_to_its_role() -> None:
    """Naming an account delegates and naming a role grants, so neither goes although the requests are the same."""
    get = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::acme/*"}
    some = document(
        {**get, "Principal": {"AWS": "111122223333"}},
        {**get, "Principal": {"AWS": "arn:aws:iam::111122223333:role/a"}},
    )
    (statement,) = statements_of(minimise(some, kind="resource"))

    assert {"AWS": ["111122223333", "arn:aws:iam::111122223333:role/a"]} == statement["Principal"]


def test_a_policy_that_matches_nothing_keeps_a_statement() -> None:
    """AWS wants one, so the shortest stays."""
    nothing = {"StringEquals": {"aws:username": "a"}, "StringNotEquals": {"aws:username": "a"}}
    some = document(allow("s3:GetObject", Condition=nothing), allow("s3:*", Condition=nothing))

    assert [allow("s3:*", Condition=nothing)] == statements_of(minimise(some))


def test_a_policy_without_statements_is_the_smallest() -> None:
    """There is nothing to remove, and no statement that has to stay."""
    result = minimise(document())

    assert ((), []) == (result.steps, statements_of(result))


def test_the_smallest_form_needs_no_steps() -> None:
    """What can't be smaller comes back with the same size, and says so."""
    result = minimise(document(allow("s3:GetObject", "arn:aws:s3:::acme/*")))

    assert ((), False, result.size_before) == (result.steps, result.is_smaller, result.size)


def test_an_invalid_document_is_refused() -> None:
    """A document that AWS refuses has no meaning that could be kept."""
    with pytest.raises(UndecidedError, match=r"^invalid policy: Statement\[0\]: the statement has neither `Resource`"):
        minimise(document({"Effect": "Allow", "Action": "s3:*"}), kind="identity")


# ------------------------------------------------------------------------------------------------ wildcards

KEYS = ["kms:DescribeKey", "kms:GenerateDataKey", "kms:GenerateDataKeyPair", "kms:GenerateDataKeyPairWithoutPlaintext"]
KEYS += ["kms:GenerateDataKeyWithoutPlaintext", "kms:Decrypt"]


def test_no_wildcard_is_invented_unasked() -> None:
    """A list of actions stays a list."""
    assert [allow(KEYS)] == statements_of(minimise(document(allow(KEYS))))


def test_a_wildcard_matches_the_listed_actions_and_no_other_known_one() -> None:
    """`kms:GenerateData*` stands for four actions; `kms:De*` would match more than two, so they stay."""
    result = minimise(document(allow(KEYS)), wildcards=True)
    (statement,) = statements_of(result)
    change = compare(document(allow(KEYS)), result.policies[0])

    assert ["kms:DescribeKey", "kms:Decrypt", "kms:GenerateData*"] == statement["Action"]
    assert ("kms:GenerateData*",) == result.admits
    assert {"only-unknown-actions"} == {step.proof for step in result.steps}
    assert "wider" == change.relation
    assert all(region.only_unknown_actions for region in change.added)


def test_a_deny_keeps_its_list() -> None:
    """Denying actions that nobody knows yet is nobody's wish for a shorter policy."""
    assert [deny(KEYS)] == statements_of(minimise(document(deny(KEYS)), wildcards=True))


# ------------------------------------------------------------------------------------------------ quotas


def test_a_policy_over_its_quota_is_split_into_managed_policies() -> None:
    """A role's inline policies share 10,240 characters, so it is managed policies of 6,144 that come out."""
    buckets = [f"arn:aws:s3:::acme-{number:04}/*" for number in range(500)]
    result = minimise(document(allow("s3:GetObject", buckets, Sid="Read")))
    pieces = [json.loads(jp.dumps(one))["Statement"] for one in result.policies]

    assert buckets == [resource for (piece,) in pieces for resource in piece["Resource"]]
    assert 6_144 == result.quota
    assert 3 == len(result.sizes)
    assert max(result.sizes) <= 6_144


def test_a_second_piece_in_the_same_policy_has_a_sid_of_its_own() -> None:
    """Pieces of one statement may meet in one policy, where a Sid stands once."""
    huge = "arn:aws:s3:::acme/" + "x" * 150
    some = document(allow("s3:GetObject", ["arn:aws:s3:::a/*", huge, "arn:aws:s3:::b/*"], Sid="Read"))
    result = minimise(some, quota=290)
    sids = [[one["Sid"] for one in json.loads(jp.dumps(policy))["Statement"]] for policy in result.policies]

    assert [["Read", "Read2"], ["Read"]] == sids


@pytest.mark.parametrize("kind", ["trust", "boundary", "session", "resource", "endpoint"])
def test_kinds_of_which_there_is_one_are_not_split(kind: str) -> None:
    """There is nothing to attach a second one to."""
    statement: dict[str, Any] = {"Effect": "Allow", "Action": "sts:AssumeRole"}
    if kind in ("trust", "resource", "endpoint"):
        statement["Principal"] = {"AWS": "111122223333"}
    if kind != "trust":
        statement["Resource"] = "*"
    other = {**statement, "Condition": {"StringEquals": {"sts:ExternalId": "abc"}}, "Action": "sts:TagSession"}
    with pytest.raises(PolicyError, match="more than 150"):
        minimise(document(statement, other), kind=kind, quota=150)


def test_one_action_on_one_resource_can_t_be_cut() -> None:
    """The error names the statement."""
    with pytest.raises(PolicyError, match="statement `Read` takes more than 100 characters and can't be cut"):
        minimise(document(allow("s3:GetObject", "arn:aws:s3:::acme-features/train/*", Sid="Read")), quota=100)
