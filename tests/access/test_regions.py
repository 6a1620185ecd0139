from __future__ import annotations

from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jfml_policies.access.compare import compare
from jfml_policies.access.evaluate import decide
from jfml_policies.access.regions import Region
from jfml_policies.access.request import Request
from jfml_policies.access.summary import summary
from jfml_policies.policy.kinds import Kind
from jfml_policies.policy.nodes import Policy
from jfml_policies.policy.parse import parse_document
from jfml_policies.record import replace
from jfml_policies.testing import policy_pairs
from random_policies import challenge

KINDS: list[Kind] = ["identity", "resource"]
SOME = settings(max_examples=settings().max_examples // 4)


def policy(*statements: dict[str, Any]) -> dict[str, Any]:
    filled = []
    for one in statements:
        rest = {"Effect": "Allow"} | ({} if "NotAction" in one else {"Action": "*"})
        filled.append({**rest, **({} if "NotResource" in one else {"Resource": "*"}), **one})
    return {"Version": "2012-10-17", "Statement": filled}


def is_in(request: Request, region: Region, policy: Policy) -> bool:
    """Whether the region's statement alone, with the region's entries alone, allows a request beside the Denies."""
    statements = []
    for statement in policy.statements:
        if statement.path == region.path:
            for name, texts in (("action", region.actions), ("resource", region.resources)):
                listing = getattr(statement, name)
                kept = [value for value in listing.values if value.value in texts] if listing else []
                # A region of a Deny that went has entries of both statements.
                if kept and not region.lifted:
                    statement = replace(statement, **{name: replace(listing, values=tuple(kept))})
            statements.append(statement)
        elif statement.denies:
            statements.append(statement)
    return decide(replace(policy, statements=tuple(statements)), request) == "allow"


@SOME
@given(st.sampled_from(KINDS).flatmap(lambda kind: st.tuples(st.just(kind), policy_pairs(kind=kind))))
def test_regions_hold_all_that_differs(given: tuple[Kind, tuple[dict[str, Any], dict[str, Any]]]) -> None:
    """Each request that only one policy allows is in a region whose statement it matches; witnesses are in theirs."""
    kind, (old, new) = given
    change = compare(old, new, kind=kind)
    before, after = parse_document(old, kind=kind), parse_document(new, kind=kind)
    chance = Random(repr(given))

    for region, here, there in [
        *[(region, after, before) for region in change.added],
        *[(region, before, after) for region in change.removed],
    ]:
        assert is_in(region.witness, region, here)
        assert ("allow", False) == (decide(here, region.witness), decide(there, region.witness) == "allow")
    for request in [challenge(chance, [old, new], kind) for _ in range(60)]:
        was, now = decide(before, request) == "allow", decide(after, request) == "allow"
        if was == now or change.unknown:
            continue
        regions, policy = (change.added, after) if now else (change.removed, before)
        assert any(is_in(request, region, policy) for region in regions), request


@SOME
@given(policy_pairs())
def test_each_action_of_a_region_adds_something(pair: tuple[dict[str, Any], dict[str, Any]]) -> None:
    """A region's statement with one of the region's actions alone still allows more than the other policy."""
    old, new = (parse_document(document, kind="identity") for document in pair)
    for region in compare(old, new).added:
        if region.lifted or len(region.actions) < 2:
            continue
        (number,) = [place for place, one in enumerate(new.statements) if one.path == region.path]
        listing = new.statements[number].action
        assert listing is not None
        for action in region.actions:
            values = tuple([value for value in listing.values if value.value == action][:1])
            less = replace(new.statements[number], action=replace(listing, values=values))
            denies = tuple([one for one in new.statements if one.denies])
            narrowed = compare(old, replace(new, statements=(less, *denies)))

            assert narrowed.relation in ("wider", "incomparable", "unknown")


def test_a_region_names_what_is_new_in_a_list() -> None:
    """Entries that the old policy allows too are left out, and the levels are those of the rest."""
    old = policy({"Action": ["s3:GetObject", "s3:ListBucket"], "Resource": "arn:aws:s3:::b/*"})
    new = policy({"Sid": "Files", "Action": ["s3:GetObject", "s3:DeleteObject"], "Resource": "arn:aws:s3:::b/*"})
    (region,) = compare(old, new).added

    assert (("s3:DeleteObject",), ("arn:aws:s3:::b/*",), (("Write", 1),)) == (
        region.actions,
        region.resources,
        region.access_levels,
    )
    assert ("Files", ("Statement", 0), False, False) == (
        region.sid,
        region.path,
        region.lifted,
        region.only_unknown_actions,
    )


def test_access_that_a_deny_took_away_is_lifted() -> None:
    """Where a Deny goes, the region is what it named, and says so."""
    allow, deny = {"Action": "s3:*"}, {"Effect": "Deny", "Action": "s3:DeleteBucket"}
    (region,) = compare(policy(allow, deny), policy(allow)).added

    assert (("s3:DeleteBucket",), True) == (region.actions, region.lifted)


def test_exceptions_are_statements_that_overlap() -> None:
    """What the old policy allowed in the middle of the region, or the new one denies, is an exception."""
    old = policy({"Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/public/*"}, {"Action": "ec2:*"})
    new = policy(
        {"Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"},
        {"Action": "ec2:*"},
        {"Effect": "Deny", "Action": "s3:*", "Resource": "arn:aws:s3:::b/secret/*"},
    )
    (region,) = compare(old, new).added

    assert {
        "Allow on arn:aws:s3:::b/public/*",
        "Deny on arn:aws:s3:::b/secret/*",
    } == set(region.exceptions)


def test_what_is_negated_is_told_as_an_exception() -> None:
    """NotAction, NotResource and NotPrincipal are "everything except", and conditions are clauses."""
    old = policy({"Principal": "*", "Action": "s3:*"})
    new = policy(
        {"Principal": "*", "Action": "s3:*"},
        {
            "NotPrincipal": {"AWS": "111122223333"},
            "NotAction": "s3:*",
            "NotResource": "arn:aws:ec2:*:*:vpc/*",
            "Condition": {"Null": {"aws:SourceVpc": "false"}},
        },
    )
    (region,) = compare(old, new, kind="resource").added

    assert (("*",), ("s3:*",)) == (region.actions, region.except_actions)
    assert (("*",), ("arn:aws:ec2:*:*:vpc/*",)) == (region.resources, region.except_resources)
    assert ((), ("AWS: 111122223333",)) == (region.principals, region.except_principals)
    assert ("`aws:SourceVpc` is present",) == region.conditions


@pytest.mark.parametrize(
    ("statement", "line"),
    [
        ({"Effect": "Allow", "Action": "*", "Resource": "*"}, "Allow * on *"),
        ({"Effect": "Deny", "NotAction": ["a:b"], "Resource": "*"}, "Deny everything but a:b on *"),
        ({"Effect": "Deny", "Action": ["a:1", "a:2", "a:3", "a:4"]}, "Deny a:1, a:2, a:3 and 1 more"),
        (
            {"Effect": "Allow", "NotPrincipal": {"AWS": "111122223333"}, "Action": "*"},
            "Allow * by everybody but AWS: 111122223333",
        ),
        (
            {"Effect": "Deny", "Action": "*", "Condition": {"Bool": {"aws:SecureTransport": "false"}}},
            "Deny * when `aws:SecureTransport` is `false`",
        ),
    ],
)
def test_a_statement_in_one_line(statement: dict[str, Any], line: str) -> None:
    """Effect, actions, resources, principals and conditions in this order; long lists are cut."""
    assert line == summary(parse_document({"Statement": statement}).statements[0])


def trust(*principals: str, sub: tuple[str, ...] = ()) -> dict[str, Any]:
    one: dict[str, Any] = {"Effect": "Allow", "Principal": {"AWS": list(principals)}, "Action": "sts:AssumeRole"}
    if sub:
        one["Condition"] = {"StringLike": {"aws:PrincipalTag/team": list(sub)}}
    return {"Version": "2012-10-17", "Statement": one}


def test_a_region_names_whom_and_which_values_are_new() -> None:
    """Of principals and of condition values, too, only those that add something are named."""
    roles = [f"arn:aws:iam::111122223333:role/{name}" for name in "abc"]
    (region,) = compare(trust(*roles[:2]), trust(*roles)).added
    (by_team,) = compare(trust(*roles, sub=("a", "b")), trust(*roles, sub=("a", "b", "c*"))).added

    assert ((f"AWS: {roles[2]}",), ()) == (region.principals, region.exceptions)
    assert ("`aws:PrincipalTag/team` matches `c*`",) == by_team.conditions
    assert 3 == len(by_team.principals)


def test_an_exception_does_not_repeat_the_region() -> None:
    """What a region says of itself goes without saying in its exceptions, as do entries that do not meet it."""
    old = policy({"Action": ["s3:GetObject", "ec2:*"], "Condition": {"Bool": {"aws:SecureTransport": "true"}}})
    (region,) = compare(old, policy({"Action": ["s3:GetObject", "s3:PutObject", "ec2:*"]})).added
    (put,) = compare(policy({"Action": ["s3:Get*", "ec2:*"]}), policy({"Action": "s3:*"})).added

    assert ("Allow s3:GetObject, ec2:* when `aws:SecureTransport` is `true`",) == region.exceptions
    assert ("Allow s3:Get*",) == put.exceptions


def test_access_levels_leave_out_exceptions() -> None:
    """Actions that the other policy allows whatever else is asked are not counted."""
    (region,) = compare(policy({"Action": "sqs:Get*"}), policy({"Action": ["sqs:GetQueue*", "sqs:*"]})).added
    (all_of_it,) = compare(policy({"Action": "ec2:*"}), policy({"Action": "sqs:*"})).added

    names = dict(all_of_it.access_levels)
    assert {**names, "Read": names["Read"] - 2} == dict(region.access_levels)


@pytest.mark.parametrize(
    ("deny", "allow", "told"),
    [
        # what is open now is what both name
        ({"Action": "s3:*"}, {"Action": "s3:GetObject"}, (("s3:GetObject",), ())),
        ({"Action": ["s3:Get*", "iam:*"]}, {"Action": ["s3:*", "ec2:*"]}, (("s3:Get*",), ())),
        # patterns that cross have no pattern for what they have in common
        ({"Action": "s3:*Acl"}, {"Action": "s3:Get*"}, (("s3:*Acl",), ("the action matches `s3:Get*`",))),
    ],
)
def test_a_lifted_deny_is_told_as_far_as_it_is_allowed(
    deny: dict[str, Any], allow: dict[str, Any], told: tuple[tuple[str, ...], ...]
) -> None:
    """Where a Deny goes, what both it and the Allow name is open."""
    (region,) = compare(policy(allow, {"Effect": "Deny", **deny}), policy(allow)).added

    assert told == (region.actions, region.conditions)
    assert (True, ("Statement", 1)) == (region.lifted, region.denied_at)


def test_nothing_is_both_new_and_lifted() -> None:
    """Where an Allow comes and a Deny goes, only what the old Allow held is lifted, the rest is new."""
    place = "arn:aws:s3:::b/private/*"
    deny = {"Effect": "Deny", "Action": "s3:*", "Resource": place}
    new, lifted = compare(policy({"Action": "s3:Get*"}, deny), policy({"Action": "s3:*"})).added
    (only_new,) = compare(
        policy({"Action": "s3:Get*"}, {**deny, "Action": "s3:Put*"}), policy({"Action": "s3:*"})
    ).added

    assert (("s3:*",), False, ("Allow s3:Get*",)) == (new.actions, new.lifted, new.exceptions)
    assert (("s3:Get*",), (place,), True) == (lifted.actions, lifted.resources, lifted.lifted)
    assert not only_new.lifted


def test_a_region_within_another_is_left_out() -> None:
    """What one statement adds within what another adds is told once; equal ones once."""
    wide, narrow = (
        {"Action": ["s3:GetObject", "s3:PutObject"]},
        {"Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"},
    )
    known = {"Action": ["ec2:RunInstances", "s3:PutObject"]}
    change = compare(policy({"Action": "ec2:*"}), policy(narrow, wide, known, {**wide, "Sid": "Again"}))

    assert [("Statement", 1)] == [region.path for region in change.added]


def test_long_lists_are_exact() -> None:
    """Of a thousand entries those alone are named that are new, wherever they stand."""
    buckets = [f"arn:aws:s3:::bucket{number}/*" for number in range(1_000)]
    actions = [f"svc{number}:Get" for number in range(1_000)]
    old = policy({"Action": actions, "Resource": [*buckets[:700], *buckets[701:]]})
    (region,) = compare(old, policy({"Action": actions, "Resource": buckets})).added
    (others,) = compare(policy({"Action": "svc1*:*"}), policy({"Action": actions, "Resource": buckets})).added

    assert (tuple(actions), (buckets[700],)) == (region.actions, region.resources)
    assert tuple([action for action in actions if not action.startswith("svc1")]) == others.actions


def test_a_deny_of_many_statements_is_told_once() -> None:
    """Where a Deny cuts many Allows, one region tells what it names and that one of them must allow it."""
    allows = [{"Action": f"{service}:Get*"} for service in ("s3", "sqs", "sns", "ec2", "kms", "iam")]
    deny = {"Effect": "Deny", "Action": ["s3:*", "sqs:*", "sns:*", "ec2:*", "kms:*", "logs:*"]}
    (region,) = compare(policy(*allows), policy(*allows, deny)).removed

    assert (tuple(deny["Action"][:5]), ("one of 5 statements allows it",)) == (region.actions, region.conditions)
    assert (True, ("Statement", 6), ()) == (region.lifted, region.denied_at, region.exceptions)
