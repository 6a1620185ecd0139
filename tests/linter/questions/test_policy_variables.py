from __future__ import annotations

import pytest

from jfml_policies.linter.questions.policy_variables import broken_variables, values_with_variables, variables_in
from jfml_policies.policy.parse import parse_text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a/${aws:username}/${*}", ["${aws:username}", "${*}"]),
        ("${AccountId}/${AWS::Region}", []),
        ("${aws:username", []),
        ("plain * text", []),
    ],
)
def test_variables_are_told_from_placeholders(text: str, expected: list[str]) -> None:
    """Variables and escapes are found as written; a template's placeholders and broken variables are not."""
    assert expected == variables_in(text)


def test_each_problem_is_found_under_its_name() -> None:
    """A text with several problems shows each only to the rule that asks for it."""
    text = "${}/${a b}/${a:b, c}/${open"

    assert ["${}"] == broken_variables(text, "empty")
    assert ["${a b}"] == broken_variables(text, "space-in-name")
    assert ["${a:b, c}"] == broken_variables(text, "missing-quote")
    assert ["${open"] == broken_variables(text, "missing-brace")


@pytest.mark.parametrize(
    ("operator", "expected"), [("StringLikeIfExists", 1), ("ArnEquals", 1), ("Bool", 0), ("Frobnicate", 0)]
)
def test_only_string_and_arn_operators_take_variables(operator: str, expected: int) -> None:
    """Values of other operators, and of unknown ones, are not read for variables."""
    policy = parse_text(f'{{"Statement": {{"Condition": {{"{operator}": {{"aws:username": "x"}}}}}}}}')

    assert expected == len(list(values_with_variables(policy.statements[0].tests[0])))
