"""What `*` comes down to is checked against an evaluator that follows the operators' rules to the letter."""

from __future__ import annotations

from itertools import product

import pytest

from jfml_policies.linter.questions.wildcard_outcome import wildcard_outcome
from jfml_policies.policy.parse import parse_document

QUALIFIERS = ("", "ForAllValues:", "ForAnyValue:")
BASES = ("StringLike", "StringNotLike")
SUFFIXES = ("", "IfExists")
#: A key that requests may lack, and one that all of them have.
KEYS = {"aws:PrincipalTag/team": (None, ["a"], ["a", "b"]), "aws:RequestedRegion": (["eu-west-1"],)}


def holds(qualifier: str, base: str, suffix: str, values: list[str] | None) -> bool:
    """The truth of a test with the value `*`, straight from the operators' rules."""
    if values is None and suffix:
        return True
    matches = [base == "StringLike" for _ in values or ()]
    if qualifier == "ForAllValues:":
        return all(matches)
    if qualifier == "ForAnyValue:":
        return any(matches)
    return matches[0] if matches else base == "StringNotLike"


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize(("qualifier", "base", "suffix"), list(product(QUALIFIERS, BASES, SUFFIXES)))
def test_outcome_is_what_the_operators_rules_say(key: str, qualifier: str, base: str, suffix: str) -> None:
    """For every form of the Like operators the outcome is the test's truth over all requests there can be."""
    operator = f"{qualifier}{base}{suffix}"
    policy = parse_document({"Statement": {"Effect": "Allow", "Condition": {operator: {key: ["x", "*"]}}}})
    found = wildcard_outcome(policy.statements[0].tests[0])
    truths = {values is not None: holds(qualifier, base, suffix, values) for values in KEYS[key]}
    present, absent = truths[True], truths.get(False, truths[True])
    expected = {(True, True): "always", (False, False): "never", (True, False): "present", (False, True): "absent"}

    assert found is not None
    assert expected[present, absent] == found[1]
    assert "*" == found[0].value


@pytest.mark.parametrize("operator", ["StringEquals", "ArnLike", "Null", "StringMatches"])
def test_other_operators_have_no_outcome(operator: str) -> None:
    """Under an operator that does not read `*` as any text nothing is said."""
    policy = parse_document({"Statement": {"Condition": {operator: {"aws:username": "*"}}}})

    assert wildcard_outcome(policy.statements[0].tests[0]) is None
