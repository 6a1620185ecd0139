"""Input made to hurt: the answer is always findings, and comes while one waits."""

from __future__ import annotations

import json

import pytest

import jfml_policies as jp
from jfml_policies.linter import lint_text
from jfml_policies.linter.engine import MAX_FINDINGS_PER_RULE
from jfml_policies.policy.kinds import KINDS


def _statement(**elements: object) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": {"Effect": "Allow", **elements}})


HOSTILE = {
    "nothing": "",
    "brackets": "[" * 5_000_000,
    "braces": '{"a":' * 100_000,
    "statements": '{"Statement":[' + ",".join(["{}"] * 100_000) + "]}",
    "large statements": '{"Statement":[' + ",".join([_statement(Action="s3:GetObject")] * 100_000) + "]}",
    "many actions": _statement(Action=[f"s3:Get{number}" for number in range(40_000)], Resource="*"),
    "many patterns": _statement(Action=[f"s3:*{number}*" for number in range(40_000)], Resource="*"),
    "patterns over services": _statement(
        Action=[f"*:*{number}*e*" for number in range(1_900)],
        Resource="arn:aws:sqs:*:*:jobs",
        Condition={"StringEquals": {"s3:prefix": "a", "ec2:ResourceTag/a": "b"}},
    ),
    "many negated tags": _statement(
        Action=[f"ec2:*{letter}*s" for letter in "abcdefghijklmnopqrst"],
        Resource=[f"arn:aws:ec2:*:*:instance/{number}" for number in range(1_900)],
        Condition={"StringNotEquals": {f"aws:PrincipalTag/{number}": "" for number in range(900)}},
    ),
    "many ARNs": _statement(Action="s3:*", Resource=[f"arn:aws:s3:::b{number}*" for number in range(20_000)]),
    "stars": _statement(Action="s3:" + "*a" * 2_000, Resource="arn:aws:s3:::" + "*a" * 2_000),
    "star pairs": _statement(Action=["s3:" + "*a" * 500 + "b", "s3:" + "*a" * 499 + "?b"] * 20, Resource="*"),
    "variables": _statement(Action="s3:*", Resource="arn:aws:s3:::" + "${" * 20_000),
    "colons": _statement(Action=":" * 50_000, Resource=":" * 50_000),
    "long name": _statement(Action="s3:" + "x" * 500_000, Resource="arn:" + "x" * 400_000),
    "surrogates": _statement(Action="\ud800", Resource="arn:aws:s3:::\udfff"),
    "nulls": json.dumps({"Version": None, "Id": None, "Statement": [None, {"Effect": None, "Action": None}]}),
    "many keys": '{"Statement":{"Condition":{' + ",".join(f'"Op{n}":{{"aws:k{n}":1}}' for n in range(20_000)) + "}}}",
    "duplicate keys": '{"Statement":{' + ",".join(['"Action":"s3:*"'] * 30_000) + "}}",
    "principals": json.dumps(
        {"Statement": {"Effect": "Allow", "Principal": {"AWS": [f"{n:012}" for n in range(40_000)]}, "Action": "s3:*"}}
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("kind", [None, "trust"])
def test_hostile_text_gets_bounded_findings(name: str, kind: str | None) -> None:
    """Every hostile text gets findings, and no rule floods the answer."""
    findings = lint_text(HOSTILE[name], kind=kind).findings
    codes = [finding.code for finding in findings]

    assert codes
    assert all(codes.count(code) <= MAX_FINDINGS_PER_RULE for code in set(codes))


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_null_everywhere_is_found_not_raised(kind: str) -> None:
    """`null` in the place of any element is a finding of its type."""
    elements = ("Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "Condition")
    statement = dict.fromkeys(elements)
    for document in ({"Statement": statement}, {"Statement": [None]}, {"Statement": None, "Version": None}):
        assert "DATA_TYPE_MISMATCH" in [finding.code for finding in jp.lint(document, kind=kind)]


def test_findings_left_out_are_mentioned() -> None:
    """When a rule has found more than is listed, its last finding says so."""
    text = _statement(Action=[f"s3:Frob{number}" for number in range(MAX_FINDINGS_PER_RULE + 7)], Resource="*")
    hints = [finding.hint for finding in jp.lint(text) if finding.code == "INVALID_ACTION"]

    assert MAX_FINDINGS_PER_RULE == len(hints)
    assert "there are more findings of this rule here; they are not listed" == hints[-1]
    assert hints[-1] not in hints[:-1]


def test_a_long_name_is_not_repeated_without_end() -> None:
    """A key of 300,000 characters with many wrong values gets findings, but not one more copy of it for each value."""
    subject = "x" * 300_000 + ".example.com:sub"
    provider = {"Federated": "accounts.google.com"}
    action, condition = "sts:AssumeRoleWithWebIdentity", {"StringLike": {subject: ["a*"] * 1_000}}
    findings = lint_text(_statement(Principal=provider, Action=action, Condition=condition), kind="trust").findings
    messages = [finding.message for finding in findings if finding.code == "WILDCARD_USAGE_TOO_PERMISSIVE"]

    assert messages
    assert 3_000_000 > sum(map(len, messages))


def test_findings_do_not_depend_on_what_was_linted_before() -> None:
    """The same test elsewhere is another place: nothing remembered of one document shows in the next."""
    block = '{"Version": "2012-10-17", "Statement": {%s"Effect": "Deny", "Action": "s3:*", "Resource": "*", '
    block += '"Condition": {"IpAddress": {"aws:SourceIp": ["office", "10.0.0.1/8"]}}}}'
    first, second = lint_text(block % "").findings, lint_text(block % '"Sid": "A", ').findings
    shift = len('"Sid": "A", ')

    assert [(one.code, one.span.start + shift) for one in first if one.span] == [
        (one.code, one.span.start) for one in second if one.span
    ]
