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
from jfml_policies.patterns.glob import Glob
from jfml_policies.patterns.resource_pattern import resource_matches
from jfml_policies.patterns.variables import parse_variables
from jfml_policies.policy.parse import parse_document
from jfml_policies.testing import policy_pairs
from random_policies import challenge

SOME = settings(max_examples=settings().max_examples // 4)


def policy(*statements: dict[str, Any]) -> dict[str, Any]:
    filled = []
    for one in statements:
        rest = {"Effect": "Allow"} | ({} if "NotAction" in one else {"Action": "*"})
        filled.append({**rest, **({} if "NotResource" in one else {"Resource": "*"}), **one})
    return {"Version": "2012-10-17", "Statement": filled}


def is_in(request: Request, region: Region) -> bool:
    """Whether a request is among the actions and resources of a region; variables could be anything."""

    def matches(entry: str) -> bool:
        glob = parse_variables(entry).to_glob()
        return glob is not None and (str(glob) == "*" or resource_matches(str(glob), request.resource))

    certainly_out = any(
        resource_matches(entry, request.resource) for entry in region.except_resources if "${" not in entry
    )
    return (
        any(Glob.parse(entry, fold_case=True).matches(request.action) for entry in region.actions)
        and not any(Glob.parse(entry, fold_case=True).matches(request.action) for entry in region.except_actions)
        and (not region.resources or any(map(matches, region.resources)))
        and not certainly_out
    )


@SOME
@given(policy_pairs(), st.integers(0, 2**32))
def test_regions_hold_all_that_differs(pair: tuple[dict[str, Any], dict[str, Any]], seed: int) -> None:
    """Each request that only the new policy allows is in a region of what was added, each witness is in its own."""
    old, new = pair
    change = compare(old, new)
    before, after = parse_document(old), parse_document(new)
    chance = Random(seed)

    for region in (*change.added, *change.removed):
        assert is_in(region.witness, region)
    for request in [challenge(chance, [old, new], "identity") for _ in range(60)]:
        was, now = decide(before, request) == "allow", decide(after, request) == "allow"
        if now and not was and not change.unknown:
            assert any(is_in(request, region) for region in change.added), request
        if was and not now and not change.unknown:
            assert any(is_in(request, region) for region in change.removed), request


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
