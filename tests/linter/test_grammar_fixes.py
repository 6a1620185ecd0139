from __future__ import annotations

import json

import pytest

from jfml_policies.linter import lint
from jfml_policies.text.edits import apply_edits

_RULES = ("grammar", "version", "sid", "effect", "organization", "role-trust-policy-syntax-error-resource")
_BROKEN = (
    ("identity", '{"Statement": [{"Sid": "", "effect": "Allow", "Action": "s3:*", "Resources": "*"}]}'),
    ("identity", '{"version": "2012-10-17", "Statement": {"Effect": "alow", "Action": "*", "Resource": "*"}}'),
    (
        "identity",
        """{"Version": "2012", "Statement": [
            {"Sid": "a b", "Effect": "Deny", "Action": "s3:*", "Resource": "*"},
            {"Sid": "a b", "Effect": "Deny", "Action": "s3:*", "Resource": "*"},
            {"Sid": "a b", "Effect": "Deny", "Action": "sqs:*", "Resource": "*", "Condition": {}}
        ]}""",
    ),
    ("scp", '{"Statement": {"Principal": "*", "Effect": "Deny", "Action": "s3:*", "Resource": "*"}}'),
    (
        "trust",
        """{"Statement": [{
            "Resource": "*", "Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "sts:AssumeRole",
            "NotResource": "*"
        }]}""",
    ),
)


@pytest.mark.parametrize(("kind", "text"), _BROKEN)
def test_fixes_one_after_the_other_end_in_a_document_without_these_findings(kind: str, text: str) -> None:
    """Whatever order fixes are made in, each leaves JSON, and none brings back what another one mended."""
    for _ in range(12):
        fixable = [found for found in lint(text, kind=kind, select=_RULES) if found.fix and found.fix.edits]
        if not fixable:
            break
        fix = fixable[-1].fix
        assert fix is not None
        text = apply_edits(text, fix.edits)
        json.loads(text)

    assert lint(text, kind=kind, select=_RULES) == []


def test_the_first_statement_is_not_removed_when_the_document_has_two_lists_of_statements() -> None:
    """Positions count in the list that is read; with two lists nothing is removed."""
    one = '{"Effect": "Deny", "Action": "s3:*", "Resource": "*"}'
    [finding] = lint(f'{{"Statement": [1, 2], "Statement": [{one}, {one}]}}', select=["redundant-statement"])

    assert finding.fix is None


def test_the_version_is_added_safely_only_where_nothing_can_be_a_variable() -> None:
    """The versions differ in policy variables: a `$` in any text makes the fix unsafe."""
    plain = {"Statement": {"Effect": "Deny", "Action": "s3:*", "Resource": "arn:aws:s3:::b/*"}}
    variable = {"Statement": {"Effect": "Deny", "Action": "s3:*", "Resource": ["arn:aws:s3:::b/${aws:username}"]}}
    fixes = [lint(document, select=["missing-version"])[0].fix for document in (plain, variable)]

    assert [fix.safe for fix in fixes if fix] == [True, False]


def test_an_unsupported_character_in_plain_values_is_not_judged() -> None:
    """Of values that never were a text nobody knows whether they will be written with escapes."""
    document = {"Statement": [{"Effect": "Deny", "Action": "s3:*", "Resource": "*\u2013"}]}

    assert [] == lint(document, kind="identity", select=["unsupported-character"])
    assert 1 == len(lint(json.dumps(document, ensure_ascii=False), kind="identity", select=["unsupported-character"]))
