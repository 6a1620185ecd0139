from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from jfml_policies.linter.questions.open_paths import open_paths
from jfml_policies.policy.parse import parse_document
from jfml_policies.privilege.escalation import escalation
from jfml_policies.privilege.escalation_paths import PATHS
from jfml_policies.privilege.holdings import Holdings

#: Told by the rule's page: what needs a boundary or Deny to take away, a role in place, or another service.
LOOKED_AT = [
    path
    for path in PATHS
    if path.category in {"self-escalation", "principal-access", "new-passrole"}
    and path.variant_of is None
    and not ("own-002" <= path.id <= "own-009")
    and path.permissions[0].startswith(("iam:", "sts:", "cognito"))
]
ACTIONS = [
    "*",
    "iam:*",
    "iam:P*",
    "iam:PassRole",
    "lambda:*",
    "ec2:RunInstances",
    "sts:AssumeRole",
    "iam:CreateAccessKey",
]
RESOURCES = [
    *("*", "arn:aws:iam::111122223333:role/*", "arn:aws:iam::111122223333:role/app-*", "arn:aws:iam::*:role/ops/?*"),
    *("arn:aws:iam::*:user/${aws:username}", "arn:aws:iam::*:*", "arn:aws:lambda:*:*:function:app-*", "arn:*"),
]
CONDITIONS = [
    {},
    {"StringLike": {"iam:PassedToService": "lam*"}},
    {"StringEquals": {"iam:PassedToService": ["ec2.amazonaws.com"]}},
    {"StringNotEquals": {"aws:PrincipalTag/team": "ops"}},
    {"StringEqualsIfExists": {"aws:PrincipalTag/team": "ops"}},
    {"Bool": {"aws:MultiFactorAuthPresent": "true"}},
    {"StringEquals": {"aws:RequestedRegion": "eu-west-1"}},
]


@st.composite
def _statements(draw: st.DrawFn) -> dict[str, Any]:
    statement: dict[str, Any] = {
        "Effect": draw(st.sampled_from(["Allow", "Allow", "Allow", "Deny"])),
        draw(st.sampled_from(["Action", "Action", "NotAction"])): draw(
            st.lists(st.sampled_from(ACTIONS), min_size=1, max_size=2)
        ),
        "Resource": draw(st.lists(st.sampled_from(RESOURCES), min_size=1, max_size=2)),
    }
    condition = draw(st.sampled_from(CONDITIONS))
    return {**statement, "Condition": condition} if condition else statement


@settings(max_examples=60)
@given(st.lists(_statements(), min_size=1, max_size=3))
def test_what_is_told_quickly_is_what_the_exact_access_tells(statements: list[dict[str, Any]]) -> None:
    """A path is reported for exactly the categories in which one is open, and it is open itself."""
    policy = parse_document({"Version": "2012-10-17", "Statement": statements}, kind="identity")
    answers = escalation(Holdings([policy]), LOOKED_AT)
    are_open = {answer.path.id for answer in answers if answer.state == "open"}
    found = open_paths(policy)

    assert {answer.path.category for answer in answers if answer.state == "open"} == {one.category for one in found}
    assert {path.id for path in found} <= are_open
