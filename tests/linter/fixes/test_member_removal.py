from __future__ import annotations

import json

import pytest

from jfml_policies.linter.fixes.member_removal import remove_member, remove_test
from jfml_policies.policy.parse import parse_text
from jfml_policies.text.edits import apply_edits
from jfml_policies.text.parse import parse_json
from jfml_policies.text.tree import JsonObject


@pytest.mark.parametrize(
    ("condition", "left"),
    [
        ('{"Bool": {"aws:a": "true", "aws:b": "true"}}', {"Bool": {"aws:b": "true"}}),
        ('{"Bool": {"aws:a": "true"}, "Null": {"aws:a": "true"}}', {"Null": {"aws:a": "true"}}),
        ('{"Bool": {"aws:a": "true"}, "Null": {}}', {"Null": {}}),
        ('{"Bool": {"aws:a": ["true"]}}', None),
    ],
)
def test_what_is_left_empty_goes_as_well(condition: str, left: object) -> None:
    """A key goes; its operator when it held nothing else; the condition when that held nothing else."""
    text = f'{{"Statement": [{{"Effect": "Deny", "Action": "s3:*", "Resource": "*", "Condition": {condition}}}]}}'
    [statement] = parse_text(text).statements
    fix = remove_test(statement.tests[0], statement)

    assert fix is not None
    assert not fix.safe
    assert json.loads(apply_edits(text, fix.edits))["Statement"][0].get("Condition") == left


@pytest.mark.parametrize(
    "condition",
    [
        '{"Bool": {"aws:a": "true", "aws:a": "true"}}',
        '{"Bool": {"aws:a": "true"}, "Bool": {"aws:a": "true"}}',
        '{"Bool": {"aws:a": "true"}}, "Condition": {"Bool": {"aws:a": "true"}}',
        json.dumps({"Bool": {f"aws:k{number}": "true" for number in range(201)}}),
    ],
)
def test_a_test_that_cannot_be_told_from_another_is_left_alone(condition: str) -> None:
    """Where a name stands twice, or in a crowd, there is no fix."""
    [statement] = parse_text(f'{{"Statement": [{{"Effect": "Deny", "Condition": {condition}}}]}}').statements

    assert remove_test(statement.tests[0], statement) is None


def test_the_kept_member_is_not_removed() -> None:
    """An object does not lose the member that others are removed beside."""
    tree = parse_json('{"a": 1, "b": 2}')

    assert isinstance(tree, JsonObject)
    assert remove_member(tree, 0, "remove", kept=0) is None
    assert remove_member(tree, 0, "remove", kept=1) is not None
