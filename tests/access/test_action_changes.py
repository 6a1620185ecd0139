from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jfml_policies.access.access import Access
from jfml_policies.access.action_changes import ActionChange, action_changes
from jfml_policies.errors import UndecidedError
from jfml_policies.policy.kinds import KINDS
from jfml_policies.policy.nodes import Policy
from jfml_policies.policy.parse import parse_document
from jfml_policies.policy.read import as_policy
from jfml_policies.testing import policy_pairs

#: Names that the strategies' entries match or nearly match, and those of other services.
NAMES = ("s3:GetObject", "s3:GetObjectAcl", "s3:PutObject", "s3:ListBucket", "sqs:SendMessage", "ec2:RunInstances")
SOME = settings(max_examples=settings().max_examples // 2)


def pairs() -> st.SearchStrategy[tuple[Policy, Policy]]:
    return policy_pairs().map(lambda pair: (as_policy(pair[0]), as_policy(pair[1])))


def policy(*statements: dict[str, Any], version: str = "2012-10-17") -> Policy:
    usual = {"Effect": "Allow", "Action": "*", "Resource": "*"}
    some = [{**usual, **one} for one in statements]
    for one in some:
        if "NotAction" in one:
            del one["Action"]
    return parse_document({"Version": version, "Statement": some}, kind="identity")


def change_of(name: str, changes: tuple[ActionChange, ...]) -> ActionChange | None:
    found = [change for change in changes if name in change.actions]
    assert len(found) <= 1
    return found[0] if found else None


def lot(old: Policy, new: Policy, name: str) -> tuple[bool | None, ...] | None:
    change = change_of(name, action_changes(old, new))
    return None if change is None else (change.before, change.after, change.gained, change.lost)


def is_there(access: Access) -> bool | None:
    try:
        return not access.is_empty()
    except UndecidedError:
        return None


@SOME
@given(pairs(), st.sampled_from(NAMES))
def test_each_action_is_as_the_algebra_has_it(pair: tuple[Policy, Policy], name: str) -> None:
    """For one action both policies are cut down to it, and the algebra says what is left of each and of both."""
    old, new = pair
    element: dict[str, Any] = {"Effect": "Allow", "Action": name}
    if KINDS[old.kind].resource != "forbidden":
        element["Resource"] = "*"
    if KINDS[old.kind].principal != "forbidden":
        element["Principal"] = "*"
    only = Access.of({"Version": "2012-10-17", "Statement": element}, kind=old.kind)
    before, after = Access.of(old), Access.of(new)
    expected = tuple(is_there(one & only) for one in (before, after, after - before, before - after))
    change = change_of(name, action_changes(old, new))
    found = (False,) * 4 if change is None else (change.before, change.after, change.gained, change.lost)

    # Either may be unable to decide; where both do, they agree.
    assert all(one == other for one, other in zip(expected, found, strict=True) if None not in (one, other))


@SOME
@given(pairs())
def test_a_policy_does_not_differ_from_itself(pair: tuple[Policy, Policy]) -> None:
    """Nothing is gained, and nothing lost."""
    changes = action_changes(pair[0], pair[0])

    assert all((change.gained, change.lost) == (False, False) for change in changes)


@SOME
@given(pairs())
def test_turning_the_question_turns_the_answer(pair: tuple[Policy, Policy]) -> None:
    """What one way gains the other way loses."""
    old, new = pair
    there = {(one.actions, one.before, one.after, one.gained, one.lost) for one in action_changes(old, new)}
    back = {(one.actions, one.after, one.before, one.lost, one.gained) for one in action_changes(new, old)}

    assert there == back


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ({"Action": "s3:Get*"}, {"Action": "s3:GetObject"}, (True, True, False, False)),
        ({"Action": "ec2:*"}, {"Action": "s3:GetObject"}, (False, True, True, False)),
        ({"Action": "s3:GetObject"}, {"NotAction": "s3:*"}, (True, False, False, True)),
        ({"Resource": "arn:aws:s3:::a/*"}, {"Resource": "*"}, (True, True, True, False)),
        ({"Resource": "arn:aws:s3:::a/*"}, {"Resource": "arn:aws:s3:::b/*"}, (True, True, True, True)),
        ({}, {"Condition": {"Bool": {"aws:SecureTransport": "true"}}}, (True, True, False, True)),
        ({"Action": "ec2:*"}, {"NotAction": "S3:getobject"}, None),
    ],
)
def test_what_becomes_of_an_action(old: dict[str, Any], new: dict[str, Any], expected: tuple[bool, ...] | None) -> None:
    """Newly or no longer allowed, for more, fewer or other requests, or not at all."""
    found = lot(policy(old), policy(new), "s3:GetObject")

    assert expected == found


def test_a_deny_takes_an_action_away() -> None:
    """Only where it denies every request; one under a condition leaves some."""
    deny = {"Effect": "Deny", "Action": "s3:Get*"}
    sometimes = {**deny, "Condition": {"StringEquals": {"aws:SourceVpc": "vpc-1"}}}

    assert (True, False, False, True) == lot(policy({}), policy({}, deny), "s3:GetObject")
    assert (True, True, False, True) == lot(policy({}), policy({}, sometimes), "s3:GetObject")


def test_names_outside_the_catalogue_are_told() -> None:
    """Where a policy writes them out, also below a wildcard."""
    old, new = policy({"Action": "*"}), policy({"NotAction": ["newservice:Do", "iam:*"]})

    assert (True, False, False, True) == lot(old, new, "newservice:Do")


def test_a_call_with_tags_is_no_special_case() -> None:
    """Assuming a role with tags asks for more than one action; each action is asked for by itself."""
    tags = {"Action": "sts:AssumeRole", "Condition": {"StringEquals": {"aws:RequestTag/a": "b"}}}

    assert (True, True, False, False) == lot(policy(tags), policy(tags), "sts:AssumeRole")


def test_a_policy_that_means_nothing_has_no_actions() -> None:
    """AWS would refuse it."""
    with pytest.raises(UndecidedError, match="AWS would refuse a policy"):
        action_changes(policy({"Effect": "Perhaps"}), policy({}))


def test_very_large_policies_are_not_decided_for_ever() -> None:
    """What is not decided within the budget is not known, and never guessed."""
    names = [f"s3:A{number}" for number in range(700)]
    denies = [
        {"Effect": "Deny", "Action": f"s3:A{number}*", "Resource": f"arn:aws:s3:::b{number}/*"} for number in range(700)
    ]
    changes = action_changes(policy(*denies, {"Action": names}), policy({"Action": names}, *denies[:-1]))

    assert {change.before for change in changes} <= {True, None}
    assert {change.after for change in changes} <= {True, None}
