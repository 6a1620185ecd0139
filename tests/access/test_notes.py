from __future__ import annotations

from random import Random
from typing import Any

import pytest
from hypothesis import given, settings

from jfml_policies.access.compare import compare
from jfml_policies.access.evaluate import decide
from jfml_policies.policy.parse import parse_document
from jfml_policies.record import replace
from jfml_policies.testing import policy_pairs
from random_policies import challenge

SOME = settings(max_examples=settings().max_examples // 4)
ACCOUNT = "arn:aws:iam::111122223333"
ROLE, USER, ROOT = f"{ACCOUNT}:role/deploy", f"{ACCOUNT}:user/ann", f"{ACCOUNT}:root"
READ = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}
NEVER = {"StringEquals": {"aws:username": "a"}, "StringNotEquals": {"aws:username": "a"}}


def policy(*statements: dict[str, Any]) -> dict[str, Any]:
    return {"Version": "2012-10-17", "Statement": list(statements)}


def trust(*principals: str, **more: Any) -> dict[str, Any]:
    return {"Effect": "Allow", "Principal": {"AWS": list(principals)}, "Action": "sts:AssumeRole", **more}


def told(old: dict[str, Any], new: dict[str, Any]) -> list[tuple[str, str | None, Any]]:
    return [(note.code, note.side, note.path) for note in compare(old, new).notes]


@pytest.mark.parametrize(
    "dead",
    [
        {**READ, "Action": "s3:PutObject", "Condition": NEVER},
        {**READ, "NotAction": "*", "Action": None},
        {**READ, "Action": "iam:PassRole"},
    ],
)
def test_a_statement_without_effect_is_told(dead: dict[str, Any]) -> None:
    """A statement that matches nothing, or of which all is denied, is told on the side that has it."""
    dead = {name: value for name, value in dead.items() if value is not None}
    deny = {"Effect": "Deny", "Action": "iam:*", "Resource": "*"}
    both = [READ, deny]

    if dead["Action" if "Action" in dead else "NotAction"] != "iam:PassRole":
        assert [("dead-statement", "new", ("Statement", 1))] == told(policy(READ), policy(READ, dead))
    assert [("dead-statement", "new", ("Statement", 2))] == told(policy(*both), policy(*both, dead))
    assert [("dead-statement", "old", ("Statement", 2))] == told(policy(*both, dead), policy(*both))
    assert [] == told(policy(*both, dead), policy(dead, *both))


@SOME
@given(policy_pairs())
def test_a_dead_statement_allows_nothing(pair: tuple[dict[str, Any], dict[str, Any]]) -> None:
    """What is told to have no effect allows no request, and a Deny told so refuses none."""
    old, new = pair
    change = compare(old, new)
    chance = Random(repr(pair))
    requests = [challenge(chance, [old, new], "identity") for _ in range(60)]
    for note in change.notes:
        if note.code == "dead-statement":
            parsed = parse_document(old if note.side == "old" else new, kind="identity")
            rest = tuple([one for one in parsed.statements if one.path != note.path])
            without = replace(parsed, statements=rest)

            for request in requests:
                assert decide(without, request) == decide(parsed, request)


def test_naming_somebody_is_a_direct_grant() -> None:
    """From the account to a principal is fewer, but direct; the other way round it is told, too."""
    account, role = policy(trust(ROOT)), policy(trust(ROLE))

    assert "narrower" == compare(account, role).relation
    assert [("direct-grant", "new", ("Statement", 0))] == told(account, role)
    assert f"`{ROLE}` is named" in compare(account, role).notes[0].text
    assert [("delegated-grant", "old", ("Statement", 0))] == told(role, account)
    assert f"`{ROLE}`, `{USER}` are named" in compare(account, policy(trust(ROLE, USER))).notes[0].text


def test_a_direct_grant_beside_the_account() -> None:
    """A principal named beside its account allows no other request, and is told all the same."""
    assert "equivalent" == compare(policy(trust("111122223333")), policy(trust(ROOT, ROLE))).relation
    assert [("direct-grant", "new", ("Statement", 0))] == told(policy(trust("111122223333")), policy(trust(ROOT, ROLE)))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        # named before, too
        ([trust(ROOT, ROLE)], [trust(ROLE)]),
        # of another account
        ([trust("arn:aws:iam::444455556666:root")], [trust(ROLE)]),
        # of everybody
        ([{**trust(), "Principal": "*"}], [trust(ROLE)]),
        # for other requests
        ([trust(ROOT, Action="sts:TagSession")], [trust(ROLE)]),
        # denied
        ([trust(ROOT)], [trust(ROLE), {**trust(ROLE), "Effect": "Deny"}]),
    ],
)
def test_no_grant_became_direct(old: list[dict[str, Any]], new: list[dict[str, Any]]) -> None:
    """Without a request that the account had before there is nothing to tell."""
    assert not [code for code, *_ in told(policy(*old), policy(*new)) if code.endswith("grant")]


def test_only_unknown_actions_are_told() -> None:
    """Where a wildcard adds only names that AWS may use one day, that is said."""
    old = policy({**READ, "Action": "s3:GetObjectAcl"})
    new = policy({**READ, "Action": "s3:GetObjectAcl*"})

    assert [("only-unknown-actions", None, None)] == told(old, new)
    assert [("only-unknown-actions", None, None)] == told(new, old)
    assert [] == told(old, policy(READ))
