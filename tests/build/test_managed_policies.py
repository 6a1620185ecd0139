"""Permissions within the quota of managed policies."""

from __future__ import annotations

import json
from typing import Any

import pytest

import jfml_policies as jp
from jfml_policies.build.managed_policies import within_quota
from jfml_policies.build.statements import Condition, Statement, document
from jfml_policies.errors import ParameterError
from jfml_policies.linter import lint

REMEDY = "give fewer folders"


def reads(*resources: str, sid: str = "Read", conditions: tuple[Condition, ...] = ()) -> Statement:
    return Statement(sid, ("s3:GetObject",), resources, conditions)


def folders(number: int, start: int = 0) -> tuple[str, ...]:
    return tuple(f"arn:aws:s3:::acme-features/{'x' * 40}/{n}/*" for n in range(start, start + number))


def together(*documents: dict[str, Any]) -> dict[str, Any]:
    statements = [statement for one in documents for statement in one["Statement"]]
    return {
        "Version": "2012-10-17",
        "Statement": [{**statement, "Sid": f"S{n}"} for n, statement in enumerate(statements)],
    }


def size(one: dict[str, Any]) -> int:
    return len(json.dumps(one, separators=(",", ":")))


def test_what_fits_stays_as_it_is() -> None:
    """Even where it could be smaller: the author's arrangement is the readable one."""
    small = document([reads(*folders(3)), reads(*folders(3), sid="Again")])

    assert (small,) == within_quota(small, remedy=REMEDY)


def test_what_fits_once_merged_is_one_policy() -> None:
    """Steps that are proved to keep the meaning come before any split."""
    twice = document([reads(*folders(50)), reads(*folders(50), sid="Again")])
    (merged,) = within_quota(twice, remedy=REMEDY)

    assert size(merged) <= 6144 < size(twice)
    assert "equivalent" == jp.compare(twice, merged, kind="identity").relation


def test_what_does_not_fit_is_split() -> None:
    """Each part within the quota, named, and all together the same."""
    large = document([reads(*folders(200)), Statement("List", ("s3:ListBucket",), ("arn:aws:s3:::acme-features",))])
    parts = within_quota(large, remedy=REMEDY)

    assert 3 == len(parts)
    assert all(size(part) <= 6144 for part in parts)
    assert "equivalent" == jp.compare(large, together(*parts), kind="identity").relation


def test_conditions_that_merging_would_make_too_long_stay_apart() -> None:
    """A list of condition values is never cut, so that statements are dealt out as they were."""
    listings = [
        Statement(
            f"List{n}",
            ("s3:ListBucket",),
            ("arn:aws:s3:::acme-features",),
            (Condition("StringLike", "s3:prefix", (f"{n}{'y' * 400}/*",)),),
        )
        for n in range(20)
    ]
    large = document(listings)
    parts = within_quota(large, remedy=REMEDY)

    assert 2 == len(parts)
    assert "equivalent" == jp.compare(large, together(*parts), kind="identity").relation


def test_each_part_can_be_checked_alone() -> None:
    """Tables stay beside a catalog and a database, without which AWS Glue refuses every call."""
    where = "arn:aws:glue:eu-west-1:111122223333"
    tables = tuple(f"{where}:table/features/{'t' * 60}{n}" for n in range(150))
    resources = (f"{where}:catalog", f"{where}:database/features", *tables)
    parts = within_quota(document([Statement("Read", ("glue:GetTable",), resources)]), remedy=REMEDY)

    assert 3 <= len(parts)
    assert all([] == lint(part, kind="identity") for part in parts)
    assert all(
        {f"{where}:catalog", f"{where}:database/features"} < set(part["Statement"][0]["Resource"]) for part in parts
    )


def test_escapes_count_as_they_are_written() -> None:
    """A character that a policy may only hold as an escape takes six."""
    foreign = document([reads(*(f"arn:aws:s3:::acme-features/{'日' * 40}/{n}/*" for n in range(40)))])
    parts = within_quota(foreign, remedy=REMEDY)

    assert len(json.dumps(foreign, ensure_ascii=False)) < 6144 < size(foreign)
    assert 2 == len(parts)
    assert all(size(part) <= 6144 for part in parts)


@pytest.mark.parametrize(
    ("statement", "most", "message"),
    [
        pytest.param(
            reads(*folders(200)), 2, "more than the 2 managed policies of 6,144 that IAM attaches", id="parts"
        ),
        pytest.param(
            reads("arn:aws:s3:::acme/*", conditions=(Condition("StringEquals", "aws:userid", ("u" * 7000,)),)),
            10,
            "one statement of the permissions would take more than the 6,144 characters that IAM allows",
            id="statement",
        ),
    ],
)
def test_what_cannot_be_split_is_refused(statement: Statement, most: int, message: str) -> None:
    """With the way out."""
    with pytest.raises(ParameterError, match=message) as caught:
        within_quota(document([statement]), remedy=REMEDY, most=most)

    assert REMEDY == caught.value.hint
