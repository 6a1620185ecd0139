from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from jfml_policies.linter.fixes.statement_removal import remove_statements
from jfml_policies.policy.parse import parse_text
from jfml_policies.policy.read import as_policy
from jfml_policies.text.edits import apply_edits

STATEMENT = {"Effect": "Deny", "Action": "s3:*", "Resource": "*"}


@given(st.lists(st.booleans(), min_size=1, max_size=6), st.sampled_from((None, 0, 2, "\t")))
def test_the_others_stay_in_their_order(going: list[bool], indent: int | str | None) -> None:
    """Whichever statements go, the rest is what stays; where none would stay there is no fix."""
    statements = [{**STATEMENT, "Sid": f"S{place}"} for place in range(len(going))]
    text = json.dumps({"Statement": statements}, indent=indent)
    policy = parse_text(text)
    removed = [statement for statement, goes in zip(policy.statements, going, strict=True) if goes]
    fix = remove_statements(policy, removed, "remove")

    assert all(going) == (fix is None)
    if fix is not None:
        left = [statement for statement, goes in zip(statements, going, strict=True) if not goes]
        assert left == json.loads(apply_edits(text, fix.edits))["Statement"]


def test_a_single_statement_or_two_lists_are_left_alone() -> None:
    """Without a list there is nothing to take out of; with two nobody knows which is read."""
    one = json.dumps(STATEMENT)
    for text in (f'{{"Statement": {one}}}', f'{{"Statement": [{one}], "Statement": [{one}, {one}]}}'):
        policy = parse_text(text)

        assert remove_statements(policy, policy.statements[:1], "remove") is None


def test_of_plain_values_only_the_title_is_told() -> None:
    """What was not read from a text has no edits."""
    policy = as_policy({"Statement": [STATEMENT, STATEMENT]})
    fix = remove_statements(policy, policy.statements[1:], "remove the copy", safe=True)

    assert fix is not None
    assert ("remove the copy", (), True) == (fix.title, fix.edits, fix.safe)
