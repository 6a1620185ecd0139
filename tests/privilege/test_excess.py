from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jfml_policies.access.access import Access
from jfml_policies.access.evaluate import evaluate
from jfml_policies.errors import UndecidedError, UsageError
from jfml_policies.privilege.excess import gap
from jfml_policies.testing.policies import policies


def allow(*actions: str, resource: str = "*", **more: Any) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": list(actions), "Resource": resource, **more}


def document(*statements: dict[str, Any], version: str | None = "2012-10-17") -> str:
    return json.dumps({**({"Version": version} if version else {}), "Statement": list(statements)})


def test_what_both_sides_have_is_neither_excess_nor_shortage() -> None:
    """Policies of the same meaning, split in other ways, leave no gap."""
    found = gap(
        [document(allow("s3:GetObject")), document(allow("s3:PutObject"))],
        [document(allow("s3:PutObject", "s3:GetObject"))],
    )

    assert found.is_exact


def test_a_deny_in_one_document_takes_away_what_another_allows() -> None:
    """The documents of a side count together; the Deny is named as what makes the shortage."""
    deny = {"Effect": "Deny", "Action": "s3:GetObject", "Resource": "*"}

    found = gap([document(allow("s3:*")), document(allow("s3:List*"), deny)], [document(allow("s3:GetObject"))])

    (shortage,) = found.shortage
    assert shortage.deny is not None
    assert (1, ("Statement", 1)) == (shortage.deny.document, shortage.region.denied_at)


def test_a_region_names_its_own_document_and_statement() -> None:
    """The path of a region is that in the document it comes from, whatever number that document has."""
    found = gap(
        [document(allow("s3:GetObject")), document(allow("s3:GetObject"), allow("iam:PassRole", Sid="Pass"))],
        [document(allow("s3:GetObject"))],
    )

    (excess,) = found.excess
    assert excess.source is not None
    assert (1, ("Statement", 1), "Pass") == (excess.source.document, excess.region.path, excess.region.sid)


def test_of_a_statement_only_what_is_beyond_the_need_is_named() -> None:
    """An action whose possible calls are all needed is neither named nor counted, nor is it an exception."""
    both = allow("s3:GetObject", "s3:ListBucket")
    one_folder = {"Condition": {"StringLike": {"s3:prefix": "train/*"}}}

    found = gap(
        [document({**both, "Resource": ["arn:aws:s3:::acme", "arn:aws:s3:::acme/train/*"]})],
        [
            document(
                allow("s3:GetObject", resource="arn:aws:s3:::acme/train/*"),
                allow("s3:ListBucket", resource="arn:aws:s3:::acme", **one_folder),
            )
        ],
    )

    (excess,) = found.excess
    assert (("s3:ListBucket",), (("List", 1),)) == (excess.region.actions, excess.region.access_levels)
    assert "s3:ListBucket" == excess.region.witness.action
    assert not any("GetObject" in exception for exception in excess.region.exceptions)


def test_an_action_with_any_call_beyond_the_need_stays_named() -> None:
    """Also where most of its calls are needed, and where the catalogue does not know it."""
    needed = document(allow("s3:GetObject", "s3:PutObject", "s3:NewToday", resource="arn:aws:s3:::acme/in/*"))
    granted = document(
        allow("s3:GetObject", "s3:PutObject", "s3:NewToday", resource="arn:aws:s3:::acme/*"),
    )

    (excess,) = gap([granted], [needed]).excess

    assert ("s3:GetObject", "s3:PutObject", "s3:NewToday") == excess.region.actions


def test_the_riskiest_comes_first() -> None:
    """Access levels are ranked first, then how far the resources reach."""
    granted = document(
        allow("s3:ListBucket"),
        allow("s3:GetObject"),
        allow("s3:PutObject", resource="arn:aws:s3:::acme/a"),
        allow("s3:PutObjectTagging"),
        allow("s3:DeleteObject", resource="arn:aws:s3:::acme/*"),
        allow("s3:PutBucketPolicy"),
    )

    found = gap([granted], [document(allow("sqs:SendMessage"))])

    expected = ["PutBucketPolicy", "DeleteObject", "PutObject", "PutObjectTagging", "GetObject", "ListBucket"]
    assert [f"s3:{name}" for name in expected] == [one.region.actions[0] for one in found.excess]


def test_exposure_decides_among_equals() -> None:
    """Of regions of the same level and breadth those come first that lay something open."""
    granted = document(allow("sqs:GetQueueUrl"), allow("secretsmanager:GetSecretValue"))

    found = gap([granted], [document(allow("s3:GetObject"))])

    assert "secretsmanager:GetSecretValue" == found.excess[0].region.actions[0]


def test_documents_of_different_kinds_are_refused() -> None:
    """A trust policy and a permissions policy are not about the same requests."""
    trust = {"Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "sts:AssumeRole"}

    with pytest.raises(UsageError, match="different kinds"):
        gap([document(trust)], [document(allow("s3:GetObject"))])


def test_a_dollar_that_means_two_things_is_undecided() -> None:
    """In an older version `${` is plain text, so that documents with it can't be joined with newer ones."""
    old = document(allow("s3:GetObject", resource="arn:aws:s3:::acme/${aws:username}/*"), version=None)

    with pytest.raises(UndecidedError, match="can't be joined"):
        gap([old, document(allow("s3:PutObject"))], [document(allow("s3:GetObject"))])


def test_an_invalid_document_is_undecided() -> None:
    """What AWS would refuse means nothing."""
    with pytest.raises(UndecidedError, match="invalid"):
        gap([document({"Effect": "Allow", "Action": "s3:*"})], [document(allow("s3:GetObject"))])


@settings(max_examples=40)
@given(st.lists(policies(kind="identity"), min_size=1, max_size=2), policies(kind="identity"))
def test_witnesses_are_confirmed_by_the_evaluator(granted: list[Any], needed: Any) -> None:
    """Each excess is allowed by the granted documents together and not by the need; each shortage the other way."""
    try:
        found = gap(granted, [needed], kind="identity")
    except UndecidedError:
        return

    excess, shortage = (*found.excess, *found.idle_excess), (*found.shortage, *found.idle_shortage)
    for differences, has, lacks in ((excess, granted, [needed]), (shortage, [needed], granted)):
        for one in differences:
            witness = one.region.witness
            assert evaluate(has, witness, derive_keys=False).allowed
            assert not evaluate(lacks, witness, derive_keys=False).allowed


@settings(max_examples=60)
@given(st.lists(policies(kind="identity"), min_size=1, max_size=3), policies(kind="identity"))
def test_no_excess_is_passed_over(granted: list[Any], needed: Any) -> None:
    """A request that the evaluator grants beyond the need is never answered with "no excess"."""
    try:
        found = gap(granted, [needed], kind="identity")
        requests = [Access.of(one, kind="identity").example() for one in granted]
    except UndecidedError:
        return

    for request in requests:
        if request is not None and evaluate(granted, request, derive_keys=False).allowed:
            is_needed = evaluate([needed], request, derive_keys=False).allowed
            assert is_needed or found.excess or found.idle_excess or found.unknown, request
