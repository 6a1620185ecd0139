from __future__ import annotations

from typing import Any

from jfml_policies.diff.picture import Cell, Picture, picture_of
from jfml_policies.policy.nodes import Policy
from jfml_policies.policy.parse import parse_document


def policy(*statements: dict[str, Any], kind: str = "identity", version: str = "2012-10-17") -> Policy:
    some = [{"Effect": "Allow", "Action": "*", "Resource": "*", **one} for one in statements]
    return parse_document({"Version": version, "Statement": some}, kind=kind)


def cell(picture: Picture | None, service: str, level: str) -> Cell:
    assert picture is not None
    return next(cell for row in picture.rows if row.service == service for cell in row.cells if cell.level == level)


def test_actions_by_service_and_level() -> None:
    """What came, what went, and how much there is of each."""
    old = policy({"Action": ["sqs:SendMessage", "sqs:ReceiveMessage"]})
    new = policy({"Action": ["sqs:SendMessage", "sqs:DeleteMessage", "sqs:TagQueue"]})
    picture = picture_of([old], [new])

    assert picture is not None
    assert [("sqs", True)] == [(row.service, row.is_changed) for row in picture.rows]
    read = cell(picture, "sqs", "Read")
    assert (1, 0, {"removed": ("ReceiveMessage",)}) == (read.before, read.after, read.lots)
    assert {"added": ("DeleteMessage",)} == cell(picture, "sqs", "Write").lots
    assert {"added": ("TagQueue",)} == cell(picture, "sqs", "Tagging").lots
    assert cell(picture, "sqs", "Write").listed > 2


def test_more_and_fewer_requests() -> None:
    """An action that stays may be allowed for more, for fewer, or for others."""
    narrow = {"Action": "sqs:SendMessage", "Resource": "arn:aws:sqs:*:*:a"}
    other = {**narrow, "Resource": "arn:aws:sqs:*:*:b"}
    wide = {**narrow, "Resource": "*"}
    lots = [
        cell(picture_of([policy(old)], [policy(new)]), "sqs", "Write").lots
        for old, new in ((narrow, wide), (wide, narrow), (narrow, other), (narrow, narrow))
    ]

    assert [{"wider": ("SendMessage",)}, {"narrower": ("SendMessage",)}, {"mixed": ("SendMessage",)}, {}] == lots


def test_documents_of_a_side_count_together() -> None:
    """A Deny of one takes away what another allows."""
    allow, deny = policy({"Action": "sqs:SendMessage"}), policy({"Effect": "Deny", "Action": "sqs:*"})
    picture = picture_of([allow], [allow, deny])

    assert {"removed": ("SendMessage",)} == cell(picture, "sqs", "Write").lots


def test_names_outside_the_catalogue_have_no_level() -> None:
    """They are told under their service all the same."""
    picture = picture_of([policy({"Action": "newservice:Do"})], [policy({"Action": "sqs:SendMessage"})])

    assert Cell("", 0, 1, 0, {"removed": ("Do",)}) == cell(picture, "newservice", "")


def test_where_there_is_no_picture() -> None:
    """Documents that mean nothing, of different kinds or versions, or none."""
    one = policy({})

    assert picture_of([], [one]) is None
    assert picture_of([one], [policy({"Effect": "Perhaps"})]) is None
    assert picture_of([one], [policy({}, kind="boundary")]) is None
    assert picture_of([one], [one, policy({}, version="2008-10-17")]) is None


def test_versions_may_change() -> None:
    """Each document is read by its own version: a variable of the new one is plain text in the old one."""
    mine = {"Action": "sqs:SendMessage", "Resource": "arn:aws:sqs:*:*:${aws:username}"}
    picture = picture_of([policy(mine, version="2008-10-17")], [policy(mine)])

    assert {"mixed": ("SendMessage",)} == cell(picture, "sqs", "Write").lots


def test_documents_that_allow_nothing_make_an_empty_picture() -> None:
    """As those that only deny."""
    deny = policy({"Effect": "Deny"})

    assert Picture(()) == picture_of([deny], [deny])
