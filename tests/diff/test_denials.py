from __future__ import annotations

from collections.abc import Callable

import pytest

from jfml_policies.access.statement_match import decide
from jfml_policies.diff.denials import compare_denials, lost_denials, only_denies
from jfml_policies.policy.kinds import KINDS, Kind
from jfml_policies.policy.nodes import Policy

Make = Callable[..., Policy]

DENY = {"Effect": "Deny", "Action": "s3:*", "Resource": "*"}
LESS = {"Effect": "Deny", "Action": "s3:Delete*", "Resource": "*"}
ALLOW = {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}


def test_only_denies(policy: Make) -> None:
    """One Allow is enough to allow something; no statement allows nothing."""
    assert only_denies(policy(DENY))
    assert only_denies(policy())
    assert not only_denies(policy(DENY, ALLOW))


@pytest.mark.parametrize(
    ("old", "new", "relation"),
    [
        ([DENY], [LESS], "wider"),
        ([LESS], [DENY], "narrower"),
        ([DENY], [DENY, LESS], "equivalent"),
        ([], [DENY], "narrower"),
    ],
)
def test_less_denied_is_wider(policy: Make, old: list[dict], new: list[dict], relation: str) -> None:
    """What a document leaves to others is compared whether or not it allows anything itself."""
    change = compare_denials(policy(*old, ALLOW, kind="scp"), policy(*new, kind="scp"))

    assert change is not None
    assert change.relation == relation


def test_the_same_denials_cost_nothing(policy: Make) -> None:
    """Equal Denies are not compared at all; the same text with another meaning is."""
    variable = {**DENY, "Resource": "arn:aws:s3:::b/${aws:username}"}

    assert compare_denials(policy(DENY, ALLOW), policy(DENY)) is None
    assert compare_denials(policy(variable), policy(variable, version="2008-10-17")) is not None


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_can_be_compared(policy: Make, kind: Kind) -> None:
    """The statement that allows everything is one that the kind permits."""
    facts = KINDS[kind]
    deny: dict[str, object] = {"Effect": "Deny", "Action": "sts:AssumeRole"}
    if facts.resource != "forbidden":
        deny["Resource"] = "*"
    if facts.principal != "forbidden":
        deny["Principal"] = "*"
    change = compare_denials(policy(deny, kind=kind), policy(kind=kind))

    assert change is not None
    assert change.relation == "wider"
    assert change.witness_added is not None
    assert change.witness_added.action == "sts:AssumeRole"


def test_lost_denials_have_the_place_of_the_deny(policy: Make) -> None:
    """What only old denies is told by its Deny, without what new allows by itself; and the other way round."""
    named = {**DENY, "Sid": "Guard"}
    old, new = policy(ALLOW, named, kind="identity"), policy({**ALLOW, "Action": "s3:Get*"}, kind="identity")
    (lost,) = lost_denials(old, new)

    assert (("s3:*",), ("Allow s3:Get*",)) == (lost.actions, lost.exceptions)
    assert ("Guard", ("Statement", 1)) == (lost.sid, lost.path)
    assert ("explicit-deny", "implicit-deny") == (decide(old, lost.witness), decide(new, lost.witness))
    assert lost_denials(new, old) == ()


def test_an_invalid_document_has_lost_nothing(policy: Make) -> None:
    """Of a document that means nothing nothing is said."""
    assert lost_denials(policy({**DENY, "Resource": "arn:aws:s3:::\ue000"}), policy(LESS)) == ()
