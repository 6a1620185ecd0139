"""The examples of docs/configuration.md find what the page says."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

import jfml_policies as jp
from jfml_policies.linter.configuration import read_configuration, read_layer

PAGE = (Path(__file__).parents[3] / "docs" / "configuration.md").read_text(encoding="utf-8")
EXAMPLES = "\n".join(
    text for text in re.findall(r"^```toml\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL) if "[[custom-rules]]" in text
)
RULES = read_configuration([read_layer(EXAMPLES, file="a.toml", folder="/", is_pyproject=False)]).rules


def when(operator: str, key: str, value: str) -> dict[str, Any]:
    return {"Condition": {operator: {key: value}}}


LAKE = {"Action": "s3:GetObject", "Resource": "arn:aws:s3:::acme-lake/*"}
QUEUE = {"Principal": {"AWS": "111122223333"}, "Action": "sqs:SendMessage", "Resource": "arn:aws:sqs:*:*:jobs"}
SECRET = {"Action": "secretsmanager:Get*", "Resource": "*"}
STOP = {"Action": "ec2:StopInstances", "Resource": "*"}
RUN = {"Action": "ec2:RunInstances", "Resource": "*", "Condition": {"StringEquals": {"aws:RequestTag/stage": "dev"}}}
ASSUME = {"Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"}
VAULT = when("ArnEquals", "aws:PrincipalArn", "arn:aws:iam::111122223333:role/vault")
TEAM = {"Condition": {"StringEquals": {"aws:RequestTag/stage": "dev", "aws:RequestTag/team": "ops"}}}


@pytest.mark.parametrize(
    ("rule", "bad", "good"),
    [
        ("acme-lake-endpoint", LAKE, {**LAKE, **when("StringEquals", "aws:SourceVpce", "vpce-0a1b2c3d")}),
        ("acme-tls", QUEUE, {**QUEUE, **when("Bool", "aws:SecureTransport", "true")}),
        ("acme-no-users", {"Action": "iam:*", "Resource": "*"}, {"Action": "iam:Get*", "Resource": "*"}),
        ("acme-vault", SECRET, {**SECRET, **VAULT}),
        ("acme-team-tag", RUN, {**RUN, **TEAM}),
        ("acme-own-team", STOP, {**STOP, **when("StringEquals", "ec2:ResourceTag/team", "${aws:PrincipalTag/team}")}),
        ("acme-trust", ASSUME, {**ASSUME, **when("StringEquals", "aws:PrincipalOrgID", "o-a1b2c3d4e5")}),
    ],
)
def test_each_example_finds_what_it_is_for(rule: str, bad: dict[str, Any], good: dict[str, Any]) -> None:
    """The bad policy is reported, and the nearest good one is not."""
    found = [
        [
            finding.code
            for finding in jp.lint(
                {"Version": "2012-10-17", "Statement": {"Effect": "Allow", **statement}}, select=[rule], settings=RULES
            )
        ]
        for statement in (bad, good)
    ]

    assert [[rule.upper().replace("-", "_")], []] == found


def test_every_example_is_looked_at() -> None:
    """An example that is added to the page needs a policy here."""
    assert 7 == len(RULES.rules)
