"""Excess and shortage that no call can be made for."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jfml_policies.access.evaluate import evaluate
from jfml_policies.access.request import Request
from jfml_policies.privilege.excess import gap

BUCKET, OBJECTS = "arn:aws:s3:::acme", "arn:aws:s3:::acme/*"


def allow(actions: list[str], resources: list[str], effect: str = "Allow") -> dict[str, Any]:
    return {"Effect": effect, "Action": actions, "Resource": resources}


def document(*statements: dict[str, Any]) -> dict[str, Any]:
    return {"Version": "2012-10-17", "Statement": list(statements)}


NEED = document(allow(["s3:GetObject"], [OBJECTS]), allow(["s3:ListBucket"], [BUCKET]))


def test_a_buckets_actions_on_objects_are_no_excess() -> None:
    """One statement for bucket and objects is as good as two; what policies differ in is told apart."""
    found = gap(document(allow(["s3:GetObject", "s3:ListBucket"], [BUCKET, OBJECTS])), NEED)

    assert found.is_exact
    assert [("s3:GetObject", "s3:ListBucket")] == [one.region.actions for one in found.idle_excess]
    assert () == found.idle_shortage


def test_the_same_holds_of_shortage() -> None:
    found = gap(NEED, document(allow(["s3:GetObject", "s3:ListBucket"], [BUCKET, OBJECTS])))

    assert found.is_exact
    assert 1 == len(found.idle_shortage)


def test_only_what_can_be_asked_for_is_counted() -> None:
    """A bucket's policy is not changed through its objects; the proof is a call that can be made."""
    (excess,) = gap(document(allow(["s3:PutBucketPolicy", "s3:PutObject"], [OBJECTS])), NEED).excess

    assert (("Write", 1),) == excess.region.access_levels
    assert ("Write", "s3:PutObject") == (excess.risk.level, excess.region.witness.action)


@pytest.mark.parametrize(
    "statement",
    [
        allow(["s3:FrobnicateBucket"], [OBJECTS]),
        allow(["acme:ListBucket"], [OBJECTS]),
        allow(["s3:ListBucket"], ["*"]),
        allow(["s3:ListAllMyBuckets"], ["*"]),
        allow(["s3:ListAllMyBuckets"], ["arn:aws:s3:::*"]),
        allow(["dynamodb:ListTables"], ["arn:aws:dynamodb:eu-west-1:111122223333:table/*"]),
        allow(["dynamodb:ListTables"], ["arn:aws:dynamodb:*:*:t*"]),
        allow(["states:ListStateMachines"], ["arn:aws:states:*:*:*"]),
        allow(["sts:GetFederationToken"], ["arn:aws:sts::111122223333:federated-user/team-*"]),
        allow(["*"], [OBJECTS]),
        allow(["s3:ListBucket"], ["arn:aws:s3:eu-west-1:111122223333:accesspoint/analysts"]),
        allow(["s3:ListBucket"], ["arn:aws:s3:::acme*"]),
        allow(["iam:ListUsers"], ["arn:aws:iam::111122223333:user/team/*"]),
        allow(["dynamodb:TagResource"], ["arn:aws:dynamodb:*:*:table/orders/unheard-of/*"]),
        {"Effect": "Allow", "Action": "s3:ListBucket", "NotResource": BUCKET},
    ],
    ids=lambda statement: f"{statement['Action']} {statement.get('Resource')}",
)
def test_real_access_is_never_set_apart(statement: dict[str, Any]) -> None:
    """Every resource, unknown actions and services, every action, other resource types, and what is granted by path."""
    found = gap(document(*NEED["Statement"], statement), NEED)

    assert found.excess
    assert () == found.idle_excess


@pytest.mark.parametrize(
    ("action", "resource"),
    [
        ("s3:ListBucket", OBJECTS),
        ("s3:GetObject", BUCKET),
        ("s3:ListAllMyBuckets", BUCKET),
        ("s3:ListAllMyBuckets", OBJECTS),
        ("dynamodb:GetItem", "arn:aws:sqs:*:*:orders"),
        ("dynamodb:ListTables", "arn:aws:dynamodb:*:*:table/orders"),
    ],
)
def test_what_can_not_be_asked_for_is_set_apart(action: str, resource: str) -> None:
    found = gap(document(*NEED["Statement"], allow([action], [resource])), NEED)

    assert found.is_exact
    assert [(action,)] == [one.region.actions for one in found.idle_excess]


#: Calls that can be made, by the Service Authorization Reference.
CALLS = [
    *product(["s3:GetObject", "s3:PutObject"], ["arn:aws:s3:::acme/a", "arn:aws:s3:::acme/b/c"]),
    *product(["s3:ListBucket", "s3:GetBucketLocation"], ["arn:aws:s3:::acme", "arn:aws:s3:::other"]),
    ("s3:ListAllMyBuckets", "*"),
    ("s3:ListAllMyBuckets", "arn:aws:s3:::*"),
]
ACTIONS = st.sampled_from(
    ["s3:GetObject", "s3:PutObject", "s3:ListBucket", "s3:Get*", "s3:List*", "s3:ListAllMyBuckets"]
)
RESOURCES = st.sampled_from([BUCKET, OBJECTS, "arn:aws:s3:::acme/b/*", "arn:aws:s3:::*", "*"])
STATEMENTS = st.builds(
    allow,
    st.lists(ACTIONS, min_size=1, max_size=2),
    st.lists(RESOURCES, min_size=1, max_size=2),
    st.sampled_from(["Allow", "Allow", "Deny"]),
)
TLS = st.sampled_from([{}, {"Bool": {"aws:SecureTransport": "false"}}, {"Bool": {"aws:SecureTransport": "true"}}])
CONDITIONED = st.builds(
    lambda statement, condition: {**statement, **({"Condition": condition} if condition else {})}, STATEMENTS, TLS
)
DOCUMENTS = st.lists(CONDITIONED, min_size=1, max_size=3).map(lambda some: document(*some))


@given(DOCUMENTS, DOCUMENTS, st.sampled_from([None, "true", "false"]))
@settings(max_examples=80, deadline=None)
def test_what_the_evaluator_tells_of_calls_is_told(
    granted: dict[str, Any], needed: dict[str, Any], tls: str | None
) -> None:
    """A call as supposed that one side alone allows is never passed over, and each witness is one."""
    found = gap(granted, needed, assuming={"aws:SecureTransport": tls} if tls else None)

    for has, lacks, differences in ((granted, needed, found.excess), (needed, granted, found.shortage)):
        for (action, resource), value in product(CALLS, [tls] if tls else ["true", "false"]):
            request = Request(action, resource, context={"aws:SecureTransport": value})
            more = evaluate([has], request, derive_keys=False).allowed
            less = evaluate([lacks], request, derive_keys=False).allowed
            assert not more or less or differences or found.unknown, request
        for one in differences:
            witness = one.region.witness
            assert evaluate([has], witness, derive_keys=False).allowed
            assert not evaluate([lacks], witness, derive_keys=False).allowed
            assert tls is None or (tls,) == tuple(witness.values("aws:SecureTransport"))


def test_a_deny_on_what_can_not_be_asked_for_takes_nothing_away() -> None:
    """Of two pieces that Denies make, the one without calls is told apart, and each proof stays in its own piece."""
    needed = document(allow(["s3:ListBucket", "s3:GetObject"], [BUCKET, OBJECTS]))
    idle = allow(["s3:ListBucket"], [OBJECTS], "Deny")
    real = allow(["s3:GetObject"], ["arn:aws:s3:::acme/b/*"], "Deny")

    found = gap(document(*needed["Statement"], idle, real), needed)

    assert [("s3:GetObject",)] == [one.region.actions for one in found.shortage]
    assert [("s3:ListBucket",)] == [one.region.actions for one in found.idle_shortage]
    assert "s3:GetObject" == found.shortage[0].region.witness.action
