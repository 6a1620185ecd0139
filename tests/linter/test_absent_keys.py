"""Rules that speak of requests without a key are right about what the evaluator makes of such requests."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest

from jfml_policies.access.evaluate import evaluate
from jfml_policies.access.request import Request
from jfml_policies.linter import lint

KEYS = ("aws:PrincipalTag/team", "aws:CalledVia", "aws:SourceVpc", "aws:MultiFactorAuthPresent", "s3:prefix")
OPERATORS = tuple(
    f"{qualifier}{base}{suffix}"
    for qualifier, base, suffix in product(
        ("", "ForAllValues:", "ForAnyValue:"),
        ("StringEquals", "StringNotEquals", "StringNotLike", "Bool", "Null"),
        ("", "IfExists"),
    )
)
VALUES = (["true"], ["false"], [""], ["ops", "o-*"])
PASSING = ("NEGATED_TEST_PASSES_WITHOUT_KEY", "FORALLVALUES_PASSES_WITHOUT_KEY", "MFA_NOT_NEEDED_WITH_ACCESS_KEY")
NEVER_CARRIED = "CONDITION_KEY_NEVER_CARRIED"
EVERYTHING = {"Effect": "Allow", "Action": "*", "Resource": "*"}


def outcomes(effect: str) -> Iterator[tuple[str, str, bool]]:
    """Code, message, and whether a request without the key is allowed, of each finding about one test of a key."""
    for operator, key, values in product(OPERATORS, KEYS, VALUES):
        guarded: dict[str, Any] = {
            "Effect": effect,
            "Action": "s3:GetObject",
            "Resource": "arn:aws:s3:::acme/*",
            "Condition": {operator: {key: values}},
        }
        statements = [guarded] if effect == "Allow" else [guarded, EVERYTHING]
        policy = {"Version": "2012-10-17", "Statement": statements}
        for finding in lint(policy, kind="identity", select=(*PASSING, NEVER_CARRIED)):
            decision = evaluate(policy, Request("s3:GetObject", "arn:aws:s3:::acme/key"), derive_keys=False)
            yield finding.code, f"{operator} {key}: {finding.message}", decision.outcome == "allowed"


@pytest.mark.parametrize(
    ("effect", "codes"),
    [("Allow", {*PASSING, NEVER_CARRIED}), ("Deny", {"MFA_NOT_NEEDED_WITH_ACCESS_KEY", NEVER_CARRIED})],
)
def test_what_is_said_of_a_request_without_the_key_is_so(effect: str, codes: set[str]) -> None:
    """A guard said to let requests without its key pass does; a key never carried has the outcome told."""
    found = list(outcomes(effect))
    wrong = [
        message
        for code, message, is_allowed in found
        if is_allowed is not (code in PASSING or "never refuses" in message)
    ]

    assert codes == {code for code, _, _ in found}
    assert [] == wrong
