"""A finding at a resource or principal names each action by which it comes about, so that one more is another one."""

from __future__ import annotations

import json
from itertools import permutations
from typing import Any

import pytest

import jfml_policies as jp
from jfml_policies.findings import Finding
from jfml_policies.linter import RuleSettings
from jfml_policies.linter.custom_rules import Demand, custom_rule
from jfml_policies.text.lasting_name import lasting_name

LAKE = Demand(
    "LAKE",
    "forbidden-access",
    "the lake is for the platform alone",
    actions=("s3:*",),
    resources=("arn:aws:s3:::lake/*",),
    permitted=((),),
)
OWN = Demand("OWN", "allowed-principals", "strangers stay out", kinds=("resource",), principals=("111122223333",))
ENTRY = "arn:aws:s3:::lake/a"


def check(statement: dict[str, Any], *more: dict[str, Any], demand: Demand = LAKE) -> list[Finding]:
    statements = [{"Effect": "Allow", "Resource": [ENTRY, "arn:aws:s3:::other/*"], **statement}, *more]
    text = json.dumps({"Version": "2012-10-17", "Statement": statements})
    return list(jp.lint(text, select=["custom"], settings=RuleSettings(rules=(custom_rule(demand),))))


def said(*arguments: Any, **options: Any) -> str:
    (finding,) = check(*arguments, **options)
    return finding.message.removeprefix("the lake is for the platform alone: ").removeprefix("strangers stay out: ")


def about(*arguments: Any, **options: Any) -> str:
    (finding,) = check(*arguments, **options)
    return lasting_name(finding, None).about


def test_all_of_them_are_named() -> None:
    """The request is of the first; an action that says no more than the request is not repeated."""
    assert f"`s3:GetObject` on `{ENTRY}` is allowed" == said({"Action": "s3:GetObject"})
    assert f"`s3:GetObject` on `{ENTRY}` is allowed (through `s3:GetObject` and `s3:PutObject`)" == said(
        {"Action": ["s3:PutObject", "s3:GetObject"]}
    )
    assert said({"Action": ["s3:PutObject*", "iam:GetRole"]}).endswith(" is allowed (through `s3:PutObject*`)")


def test_one_more_action_is_another_finding() -> None:
    """A baseline that knows the resource's finding does not hide a further action, nor a wider one."""
    known = about({"Action": "s3:GetObject"})

    assert known != about({"Action": ["s3:GetObject", "s3:PutObject"]})
    assert known != about({"Action": "s3:*"})
    assert about({"Action": "s3:Get*"}) != about({"Action": "s3:*"})


def test_order_makes_no_difference() -> None:
    """Neither that of the list nor letter case of what comes first."""
    actions = ["s3:PutObject", "S3:GetObject", "s3:Delete*", "iam:GetRole"]

    assert 1 == len({said({"Action": list(order)}) for order in permutations(actions)})


def test_what_is_denied_is_not_named() -> None:
    """An action counts when the policy allows it in the end."""
    deny = {"Effect": "Deny", "Action": "s3:PutObject", "Resource": "*"}

    assert "PutObject" not in said({"Action": ["s3:GetObject", "s3:PutObject"]}, deny)


def test_a_statement_that_names_what_it_leaves_out() -> None:
    """There the actions of the rule are told apart."""
    demand = Demand(
        *("LAKE", "forbidden-access", "the lake is for the platform alone"),
        actions=("s3:GetObject", "s3:PutObject"),
        resources=LAKE.resources,
        permitted=((),),
    )

    assert said({"NotAction": "iam:*"}, demand=demand).endswith("(through `s3:GetObject` and `s3:PutObject`)")
    assert "PutObject" not in said({"NotAction": ["iam:*", "s3:Put*"]}, demand=demand)


def test_principals_are_told_with_their_actions_as_well() -> None:
    """A stranger who may do one thing more is another finding."""
    who = {"Principal": {"AWS": "444455556666"}}

    assert about({**who, "Action": "s3:GetObject"}, demand=OWN) != about(
        {**who, "Action": ["s3:GetObject", "s3:PutObject"]}, demand=OWN
    )


@pytest.mark.parametrize("count", [31, 90])
def test_long_lists_are_not_told_apart(count: int) -> None:
    """The finding stays, and stays in time."""
    actions = [f"s3:GetObject{number}*" for number in range(count - 1)] + ["s3:GetObject"]

    assert said({"Action": actions}).endswith(" is allowed")


def test_many_resources_and_actions_stay_in_bounds() -> None:
    """What it may cost to name actions takes nothing from finding the entries."""
    resources = [f"arn:aws:s3:::lake/{number}" for number in range(60)]
    actions = [f"s3:Get{letter}*" for letter in "ABCDEFGHIJKLMNOPQRST"]

    found = check({"Action": actions, "Resource": resources})

    assert 60 == len(found)
    assert all("is allowed" in finding.message for finding in found)
