from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from jfml_policies.access.evaluate import evaluate
from jfml_policies.policy.nodes import Policy
from jfml_policies.policy.parse import parse_document
from jfml_policies.privilege.escalation import closing_statement, escalation, first_open
from jfml_policies.privilege.escalation_paths import PATHS
from jfml_policies.privilege.holdings import Holdings
from jfml_policies.record import replace

SOME_PATHS = [
    path
    for path in PATHS
    if path.id in {"iam-001", "iam-002", "iam-005", "iam-007", "iam-017", "lambda-001", "ec2-001"}
]
ACTIONS = [
    *{action for path in SOME_PATHS for action in path.permissions},
    *("*", "iam:*", "iam:P*", "lambda:*", "ec2:Run*", "iam:*User*"),
]
RESOURCES = [
    *("*", "arn:aws:iam::111122223333:role/*", "arn:aws:iam::111122223333:role/app", "arn:aws:iam::*:role/ops/*"),
    *("arn:aws:iam::*:user/${aws:username}", "arn:aws:iam::*:user/*", "arn:aws:iam::*:policy/*", "arn:aws:lambda:*"),
    *("arn:aws:lambda:*:*:function:app-*", "arn:aws:ec2:*:*:*/*"),
]
CONDITIONS = [
    {},
    {"StringEquals": {"iam:PassedToService": "lambda.amazonaws.com"}},
    {"StringNotEquals": {"iam:PassedToService": ["ec2.amazonaws.com"]}},
    {"Bool": {"aws:MultiFactorAuthPresent": "true"}},
    {"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}},
    {"StringEquals": {"aws:RequestedRegion": "eu-west-1"}},
    {"StringLike": {"aws:PrincipalTag/team": "ops*"}},
]


@st.composite
def _statements(draw: st.DrawFn, effect: str) -> dict[str, Any]:
    statement: dict[str, Any] = {
        "Effect": effect,
        "Action": draw(st.lists(st.sampled_from(sorted(ACTIONS)), min_size=1, max_size=3, unique=True)),
        "Resource": draw(st.lists(st.sampled_from(RESOURCES), min_size=1, max_size=2, unique=True)),
    }
    condition = draw(st.sampled_from(CONDITIONS))
    return {**statement, "Condition": condition} if condition else statement


def _policies(kind: str = "identity") -> st.SearchStrategy[Policy]:
    allows = st.lists(_statements("Allow"), min_size=1, max_size=3)
    denies = st.lists(_statements("Deny"), max_size=1)
    return st.tuples(allows, denies).map(
        lambda both: parse_document({"Version": "2012-10-17", "Statement": both[0] + both[1]}, kind=kind)
    )


@settings(max_examples=40)
@given(st.lists(_policies(), min_size=1, max_size=2), st.lists(_policies("boundary"), max_size=1))
def test_every_witness_is_allowed(policies: list[Policy], boundary: list[Policy]) -> None:
    """Each permission of a path that is not closed has a request that the evaluator allows."""
    for answer in escalation(Holdings(policies, boundary=boundary), SOME_PATHS):
        for permission in answer.permissions if answer.state != "closed" else ():
            if permission.witness is None:
                assert permission.reasons[0].startswith("it could not be told: ")
                continue
            assert evaluate([], permission.witness, identity=policies, boundary=boundary, derive_keys=False).allowed


@settings(max_examples=40)
@given(st.lists(_policies(), min_size=1, max_size=2))
def test_without_the_named_statements_nothing_is_left(policies: list[Policy]) -> None:
    """Taking away the statements that are named for a permission, or adding the Deny, closes a path."""
    for answer in escalation(Holdings(policies), SOME_PATHS):
        if answer.state == "closed":
            continue
        named = {id(place.statement) for place in answer.permissions[0].places}
        left = [
            replace(policy, statements=tuple([one for one in policy.statements if id(one) not in named]))
            for policy in policies
        ]
        denying = parse_document({"Version": "2012-10-17", "Statement": closing_statement(answer.path)})

        assert named
        assert "open" != escalation(Holdings(left), [answer.path])[0].state
        assert "closed" == escalation(Holdings([*policies, denying]), [answer.path])[0].state


@settings(max_examples=40)
@given(_policies(), _policies("scp"))
def test_a_limit_opens_nothing(policy: Policy, limit: Policy) -> None:
    """A boundary or service control policy never makes a path more open."""
    order = ["closed", "potential", "open"]
    free = {one.path.id: one.state for one in escalation(Holdings([policy]), SOME_PATHS)}
    bound = {one.path.id: one.state for one in escalation(Holdings([policy], scps=[[limit]]), SOME_PATHS)}

    assert all(order.index(bound[name]) <= order.index(free[name]) for name in free)


@settings(max_examples=40)
@given(_policies())
def test_the_quick_answer_agrees(policy: Policy) -> None:
    """What is found first to be open is what the whole answer calls open."""
    holdings = Holdings([policy])
    states = {one.path.id: one.state for one in escalation(holdings, SOME_PATHS)}
    found = first_open(holdings, SOME_PATHS)

    assert next((path.id for path in SOME_PATHS if states[path.id] == "open"), None) == (found and found.id)
