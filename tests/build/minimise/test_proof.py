"""What counts as the same meaning."""

from __future__ import annotations

from typing import Any

import pytest

from jfml_policies.build.minimise.proof import Prover, refuted
from jfml_policies.policy.kinds import KINDS, Kind
from jfml_policies.policy.nodes import Policy
from jfml_policies.policy.parse import parse_document


def policy(kind: Kind, *statements: dict[str, Any]) -> Policy:
    """A policy of a kind; principals and resources are added where the kind has them."""
    more: dict[str, Any] = {}
    if KINDS[kind].principal == "required":
        more["Principal"] = "*"
    if KINDS[kind].resource == "required":
        more["Resource"] = "*"
    return parse_document({"Version": "2012-10-17", "Statement": [{**more, **one} for one in statements]}, kind=kind)


ALLOW = {"Effect": "Allow", "Action": "sts:AssumeRole"}
DENY = {"Effect": "Deny", "Action": "sts:TagSession"}
GUARD = {"StringNotEquals": {"aws:PrincipalTag/team": "a"}}


@pytest.mark.parametrize("kind", KINDS)
def test_a_lost_deny_is_another_meaning(kind: Kind) -> None:
    """Also where the document allows nothing that it denies, and where it allows nothing at all."""
    beside_an_allow = policy(kind, ALLOW, DENY), policy(kind, ALLOW)
    beside_a_deny = policy(kind, DENY, {**DENY, "Action": "sts:GetCallerIdentity"}), policy(kind, DENY)
    narrowed = policy(kind, DENY), policy(kind, {**DENY, "Condition": GUARD})

    assert [False] * 3 == [Prover().proves(*pair, 100) for pair in (beside_an_allow, beside_a_deny, narrowed)]


@pytest.mark.parametrize("kind", KINDS)
def test_denies_that_say_the_same_are_the_same_meaning(kind: Kind) -> None:
    """A Deny that another covers can go, and two may be written as one."""
    covered = policy(kind, ALLOW, DENY, {**DENY, "Condition": GUARD}), policy(kind, ALLOW, DENY)
    other = {**DENY, "Action": "sts:GetCallerIdentity"}
    joined = policy(kind, DENY, other), policy(kind, {**DENY, "Action": [DENY["Action"], other["Action"]]})

    assert [True] * 2 == [Prover().proves(*pair, 100) for pair in (covered, joined)]


def test_more_is_accepted_only_where_asked_for() -> None:
    """A wildcard step may allow more; no step may allow less."""
    less, more = policy("identity", ALLOW), policy("identity", {**ALLOW, "Action": "sts:*"})

    assert [False, True, False] == [
        Prover().proves(less, more, 100),
        Prover().proves(less, more, 100, may_be_wider=True),
        Prover().proves(more, less, 100, may_be_wider=True),
    ]
    assert [True, False, True] == [
        refuted(less, more),
        refuted(less, more, may_be_wider=True),
        refuted(more, less, may_be_wider=True),
    ]


def test_proofs_come_to_an_end() -> None:
    """When the budget is used up nothing is proved any more, and it says so."""
    prover, same = Prover(), policy("identity", ALLOW)
    prover.proves(same, same, 5_000_000)

    assert prover.is_tired
    assert not prover.proves(same, same, 1)
