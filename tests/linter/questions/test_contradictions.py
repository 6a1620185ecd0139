"""Condition tests that no request passes together."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jfml_policies import loads
from jfml_policies.linter.questions.contradictions import contradict
from jfml_policies.policy.parse import parse_text

OPERATORS = [
    f"{qualifier}{base}{suffix}"
    for qualifier in ("", "ForAnyValue:", "ForAllValues:")
    for base in ("StringEquals", "StringNotEquals", "StringLike", "StringNotLike", "StringEqualsIgnoreCase")
    for suffix in ("", "IfExists")
] + ["Null"]
VALUES = st.lists(st.sampled_from(("a", "b", "ab", "A", "a*", "*b", "?", "*")), min_size=1, max_size=2)


def _statement(first: str, values: list[str], second: str, others: list[str]) -> str:
    condition = {first: {"aws:username": values}, second: {"aws:username": others}}
    return json.dumps(
        {
            "Version": "2012-10-17",
            "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*", "Condition": condition},
        }
    )


@given(st.lists(st.sampled_from(OPERATORS), min_size=2, max_size=2, unique=True), VALUES, VALUES, st.booleans())
def test_a_contradiction_allows_nothing(
    operators: list[str], values: list[str], others: list[str], is_absent: bool
) -> None:
    """A statement whose tests contradict each other allows nothing, as the algebra of access says."""
    first, second = operators
    texts = [str(is_absent).lower()]
    text = _statement(first, texts if first == "Null" else values, second, texts if second == "Null" else others)

    if contradict(*parse_text(text).statements[0].tests):
        assert loads(text, kind="identity").access().is_empty()


@pytest.mark.parametrize(
    ("first", "values", "second", "others"),
    [
        ("StringEquals", ["a"], "StringLike", ["b*"]),
        ("StringEquals", ["a", "ab"], "StringNotLike", ["a*"]),
        ("StringEquals", ["a"], "Null", ["true"]),
        ("StringEqualsIgnoreCase", ["a"], "StringEquals", ["b"]),
    ],
)
def test_contradictions_are_found_in_either_order(
    first: str, values: list[str], second: str, others: list[str]
) -> None:
    """Which test stands first does not matter."""
    one, other = parse_text(_statement(first, values, second, others)).statements[0].tests

    assert contradict(one, other)
    assert contradict(other, one)


@pytest.mark.parametrize("value", ["${aws:PrincipalTag/name}", "${Parameter}"])
def test_what_is_not_known_contradicts_nothing(value: str) -> None:
    """A variable or a template's reference may be anything."""
    one, other = parse_text(_statement("StringEquals", [value], "StringLike", ["b*"])).statements[0].tests

    assert not contradict(one, other)
